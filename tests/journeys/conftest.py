from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import visitor as visiting
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

Another = Callable[[], Visitor]


# Not for the whole session: while Playwright's loop runs in this thread, Django refuses to touch a database in it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with visiting.chromium() as started:
        yield started


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def has_script(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of a journey run JavaScript. A test about scripts alone overrides it."""
    return bool(request.param)


@pytest.fixture
def another(browser: Browser, newsroom: Newsroom, has_script: bool) -> Iterator[Another]:
    """Makes visitors. Whatever went wrong in any of their browsers fails the test."""
    came: list[Visitor] = []

    def come() -> Visitor:
        came.append(visiting.visitor(browser, newsroom, has_script=has_script))
        return came[-1]

    yield come

    for one in came:
        one.context.close()
    assert [wrong for one in came for wrong in one.watch.wrong] == []


@pytest.fixture
def visitor(another: Another) -> Visitor:
    return another()
