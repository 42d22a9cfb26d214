"""Fixtures in the place of pytest-django's own: the test database begins as a copy of one that is migrated already."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from readership.config.tests.prepared import copy_database


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was put in place is taken as it is; PostgreSQL has a template for the same purpose (`settings.py`)."""
    return _is_file()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    if _is_file():
        copy_database(Path(connection.settings_dict["TEST"]["NAME"]))


def _is_file() -> bool:
    return not settings.DATABASE_ADDRESS
