from __future__ import annotations

import pytest
from django.core.cache import cache

from readership.lib import rate_limit
from tests.sweeps.site import Site, make_site


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests() -> None:
    rate_limit.forget_all()
    cache.clear()


@pytest.fixture
def site(db: None) -> Site:
    return make_site()
