from __future__ import annotations

from pathlib import Path

import pytest

from readership.pagecache.tests.makers import Cache, Clock, Site


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(site: Site, tmp_path: Path, clock: Clock) -> Cache:
    return Cache(site, tmp_path, clock)
