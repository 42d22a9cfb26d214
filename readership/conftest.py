"""What every test starts from."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from readership.config.tests.database import django_db_keepdb, django_db_modify_db_settings
from readership.lib import rate_limit

__all__ = ["django_db_keepdb", "django_db_modify_db_settings"]


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests() -> None:
    rate_limit.forget_all()
    cache.clear()  # allauth counts there
