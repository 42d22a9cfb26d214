"""The product with a few pages more: probes that tell what they saw, wait, or change something."""

from __future__ import annotations

from readership.config.settings import *  # noqa: F403
from readership.config.settings import INSTALLED_APPS as APPS_OF_THE_PRODUCT
from readership.config.settings import STORAGES as STORAGES_OF_THE_PRODUCT

INSTALLED_APPS = [*APPS_OF_THE_PRODUCT, "tests.serving.probes"]
ROOT_URLCONF = "tests.serving.probes.urls"
# The home of these tests holds no collected files, so that each start is quick.
STORAGES = {
    **STORAGES_OF_THE_PRODUCT,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
