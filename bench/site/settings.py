"""The product, and the commands that fill a home for measuring and look at it from inside."""

from __future__ import annotations

from readership.config.settings import *  # noqa: F403
from readership.config.settings import INSTALLED_APPS as APPS_OF_THE_PRODUCT

INSTALLED_APPS = [*APPS_OF_THE_PRODUCT, "bench.site"]
