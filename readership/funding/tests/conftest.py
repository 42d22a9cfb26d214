"""Funding's tests that commit for good."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from readership.funding.tests.counter import Counter, counter_open
from readership.funding.tests.tampering import empty_the_ledger


@pytest.fixture
def books_for_good(transactional_db: None) -> Iterator[None]:
    """`transactional_db` for tests that book: takes the entries out before the tables are emptied."""
    yield
    empty_the_ledger()


@pytest.fixture
def counter(settings: Settings, db: None) -> Iterator[Counter]:
    with counter_open(settings) as opened:
        yield opened
