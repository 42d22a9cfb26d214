from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.running import Running, copied, prepare, running


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with empty tables. No server runs on it: it is copied."""
    home = tmp_path_factory.mktemp("prepared")
    prepare(home)
    return home


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave it as it was."""
    with running(copied(prepared, tmp_path_factory.mktemp("shared"))) as started:
        yield started


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A home of its own, for a test that starts and ends its own server."""
    return copied(prepared, tmp_path)
