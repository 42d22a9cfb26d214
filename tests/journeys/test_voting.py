"""Readers vote, think again, and are told when they may not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor


@pytest.fixture
def story(another: Another, newsroom: Newsroom) -> str:
    """A story on which somebody else wrote."""
    writer, address = another(), newsroom.fresh_story()
    writer.go(address)
    writer.post("The bridge is open.")
    return address


def _buttons(visitor: Visitor) -> tuple[Locator, Locator]:
    buttons = visitor.said("The bridge is open.").locator("form[action*='/vote/'] button")
    return buttons.nth(0), buttons.nth(1)


def test_a_vote_is_cast_changed_and_taken_back(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")
    agree, disagree = _buttons(visitor)

    agree.click()
    expect(agree).to_have_accessible_name("Agree 1")
    expect(agree).to_have_attribute("aria-pressed", "true")

    disagree.click()
    expect(disagree).to_have_accessible_name("Disagree 1")
    expect(agree).to_have_accessible_name("Agree 0")

    disagree.click()
    expect(disagree).to_have_accessible_name("Disagree 0")
    expect(disagree).to_have_attribute("aria-pressed", "false")


def test_an_own_vote_is_marked_when_the_voter_comes_back(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")
    agree, _disagree = _buttons(visitor)
    agree.click()
    expect(agree).to_have_accessible_name("Agree 1")

    visitor.go_until_it_shows(story if visitor.has_script else f"{story}?own=1", "The bridge is open.")

    expect(agree).to_have_attribute("aria-pressed", "true")


def test_the_focus_stays_on_the_button(visitor: Visitor, story: str) -> None:
    if not visitor.has_script:
        return  # The whole page is new then, and starts at the comment.
    visitor.go(f"{story}?own=1")
    agree, _disagree = _buttons(visitor)

    agree.focus()
    visitor.page.keyboard.press("Enter")

    expect(agree).to_have_accessible_name("Agree 1")
    expect(agree).to_be_focused()


def test_two_voters_are_both_counted(visitor: Visitor, another: Another, story: str) -> None:
    for voter in (visitor, another()):
        voter.go(f"{story}?own=1")
        _buttons(voter)[0].click()
        expect(_buttons(voter)[0]).to_have_attribute("aria-pressed", "true")

    visitor.go(f"{story}?own=1")
    expect(_buttons(visitor)[0]).to_have_accessible_name("Agree 2")


def test_f04_nobody_votes_on_an_own_comment(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("The bridge is open.")

    for button in _buttons(visitor):
        expect(button).to_be_disabled()
