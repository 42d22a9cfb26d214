"""How one wants to read is chosen once and holds on every page; without scripts the device decides."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor


def scheme(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))


def size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


@pytest.mark.parametrize("has_script", [True], ids=["with_script"])
def test_colours_size_and_order_are_chosen_once_and_hold_everywhere(visitor: Visitor, newsroom: Newsroom) -> None:
    story = newsroom.path("busy")
    visitor.go("/preferences/")
    usual = size(visitor.page)
    for label in ("Dark", "Larger", "Oldest"):
        visitor.page.get_by_label(label, exact=True).check()
    expect(visitor.page.get_by_text("Kept.")).to_be_visible()

    visitor.go(story)

    assert scheme(visitor.page) == "dark"
    assert size(visitor.page) > usual * 1.2
    expect(visitor.thread.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")

    visitor.go("/preferences/")
    expect(visitor.page.get_by_label("Dark", exact=True)).to_be_checked()
    for label in ("As my device is set", "Usual", "As the newsroom chose"):
        visitor.page.get_by_label(label, exact=True).check()
    visitor.go(story)
    assert scheme(visitor.page) == "light dark"
    assert size(visitor.page) == usual
    expect(visitor.thread.get_by_role("link", name="Newest")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("has_script", [True], ids=["with_script"])
def test_an_address_that_asks_for_an_order_gets_it_whatever_was_chosen(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go("/preferences/")
    visitor.page.get_by_label("Oldest", exact=True).check()

    visitor.go(f"{newsroom.path('busy')}?sort=voted")

    expect(visitor.thread.get_by_role("link", name="Most voted")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("has_script", [False], ids=["without_script"])
def test_without_scripts_the_page_says_what_decides_instead(visitor: Visitor) -> None:
    visitor.go("/preferences/")

    expect(visitor.page.locator(".notice")).to_contain_text("Without it your device decides")
    expect(visitor.page.locator(".notice")).to_be_visible()
    expect(visitor.page.get_by_role("radio")).to_have_count(0)
