"""The product's settings, but for what would only make tests slow."""

import os

from readership.config.settings import *  # noqa: F403
from readership.config.settings import DATABASE_ADDRESS, DATABASES, INSTALLED_APPS, STORAGES

# Collecting 1,500 files for each run would cost more than it tells; tests/serving collects them for real.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Hashing a password is slow on purpose; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASE_ADDRESS:
    # The limits on a statement are for readers who wait; a test that measures memory is slow on purpose.
    DATABASES["default"]["OPTIONS"] = {}
    # A database that is migrated already, where the run made one: each process begins with a copy of it.
    if template := os.environ.get("READERSHIP_TEST_TEMPLATE"):
        DATABASES["default"]["TEST"] = {"TEMPLATE": template}
# Mounted for the tests of signing in elsewhere; which place it is, each test says.
INSTALLED_APPS = [*INSTALLED_APPS, "allauth.socialaccount.providers.openid_connect"]
