from __future__ import annotations

from collections.abc import Iterator

import pytest

from readership.config.tests.database import django_db_keepdb, django_db_modify_db_settings
from tests.journeys.newsroom import Newsroom, open_newsroom

__all__ = ["django_db_keepdb", "django_db_modify_db_settings"]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One real server with one small newsroom, for all journeys and sweeps of this process."""
    with open_newsroom(tmp_path_factory.mktemp("newsroom")) as opened:
        yield opened
