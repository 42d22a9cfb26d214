from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from readership.config.tests.database import django_db_keepdb, django_db_modify_db_settings
from tests.journeys.newsroom import Newsroom, fill_newsroom, open_newsroom

__all__ = ["django_db_keepdb", "django_db_modify_db_settings"]


@pytest.fixture(scope="session")
def filled_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a newsroom that is filled and not served: made once for all processes of this run, and copied."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home = shared / "filled"
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            part = shared / "filled.part"
            part.mkdir()
            fill_newsroom(part)
            part.rename(home)
    return home


@pytest.fixture(scope="session")
def newsroom(filled_newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One real server with one small newsroom, for all journeys and sweeps of this process."""
    with open_newsroom(filled_newsroom, tmp_path_factory.mktemp("newsroom")) as opened:
        yield opened
