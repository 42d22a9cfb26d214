from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.newsroom import Newsroom, open_newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One real server with one small newsroom, for every journey and for the sweeps that need the whole front."""
    with open_newsroom(tmp_path_factory.mktemp("newsroom")) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that need the newsroom run in one process, so that it is filled once."""
    for item in items:
        if "newsroom" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("newsroom"))
