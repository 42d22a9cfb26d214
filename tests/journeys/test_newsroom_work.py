"""Those who work for the newsroom do it in the admin, and readers see the result. The admin needs scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor, within

SOON = 5.0  # seconds: a take-down is seen by all within these (J08)


@pytest.fixture
def has_script() -> bool:
    return True


def test_j08_a_story_is_written_handed_in_seen_by_two_published_and_taken_down(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    page, address = visitor.page, "/town/the-crane-is-back/"
    visitor.sign_in("editor")
    editing = _write_story(visitor, title="The crane is back", text="It came by barge.")
    assert newsroom.server.ask(address).status == 404

    _choose(page, "button[name=action-submit]")
    page.wait_for_url("**/admin/pages/*/")
    for step in ("Editing", "Final check"):
        assert newsroom.server.ask(address).status == 404
        page.goto(editing)
        expect(page.get_by_role("main")).to_contain_text(step)
        _choose(page, "button[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
        page.wait_for_url("**/admin/pages/*/")
    assert within(SOON, lambda: b"It came by barge." in newsroom.server.ask(address).body)
    assert b"/discuss/threads/" in newsroom.server.ask(address).body

    page.goto(editing)
    _choose(page, "a[href*='/unpublish/']")
    page.locator("form[action*='/unpublish/'] [type=submit]").click()
    assert within(SOON, lambda: newsroom.server.ask(address).status == 404)


def _write_story(visitor: Visitor, *, title: str, text: str) -> str:
    """Saves a draft; the address where it is edited."""
    page = visitor.page
    visitor.go(f"/admin/pages/add/stories/story/{visitor.newsroom.facts['town_id']}/")
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    assert within(20, lambda: _typed(page, text))
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return page.url


def _typed(page: Page, text: str) -> bool:
    """Whether the editor took the words: it takes none until it is ready, and does not say when it is."""
    editor = page.locator("[contenteditable=true]").last
    editor.press("Control+a")
    editor.press_sequentially(text)
    page.wait_for_timeout(500)
    return text in page.locator("[name=body-0-value]").input_value()


def _choose(page: Page, action: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.locator(f"footer {action}").click()


def test_a_gift_moves_the_meter_over_a_story_and_its_reversal_moves_it_back(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    page, reader = visitor.page, another()
    reader.go(newsroom.path("quiet"))
    before = _meter(reader)
    visitor.sign_in("treasurer")

    visitor.go("/admin/funding/record/")
    page.locator("[name=amount]").fill("15")
    page.locator("[name=giver_name]").fill("Old Salt")
    page.locator("form[action='/admin/funding/record/'] [type=submit]").click()
    undo = page.get_by_role("link", name="Undo")
    expect(undo).to_be_visible()
    assert within(SOON, lambda: _reloaded_meter(reader) == before + 15)

    undo.click()
    page.locator("[name=reason]").fill("Typed twice.")
    page.get_by_role("button", name="Reverse this gift").click()
    expect(page.get_by_text("Typed twice.").first).to_be_visible()
    assert within(SOON, lambda: _reloaded_meter(reader) == before)


def _reloaded_meter(reader: Visitor) -> float:
    reader.page.reload()
    return _meter(reader)


def _meter(reader: Visitor) -> float:
    return float(str(reader.page.get_by_role("meter").get_attribute("aria-valuenow")))


def test_a_moderator_publishes_a_held_comment(visitor: Visitor, another: Another, newsroom: Newsroom) -> None:
    story, writer = newsroom.fresh_story(), another()
    writer.go(story)
    writer.fill("See https://moderated.example/ for more.")
    writer.send()
    expect(writer.thread).to_contain_text("https://moderated.example/")
    assert b"moderated.example" not in newsroom.server.ask(story).body

    visitor.sign_in("moderator")
    visitor.go("/admin/comments/")
    row = visitor.page.get_by_role("row", name=re.compile("moderated.example"))
    row.locator("button[value=publish]").click()

    assert within(SOON, lambda: b"moderated.example" in newsroom.server.ask(story).body)
    visitor.go("/admin/comments/?state=published")
    visitor.page.get_by_role("row", name=re.compile("moderated.example")).locator("button[value=remove]").click()
    assert within(SOON, lambda: b"moderated.example" not in newsroom.server.ask(story).body)


def test_c06_those_who_may_not_are_sent_away(visitor: Visitor) -> None:
    visitor.sign_in("moderator")

    for path in ("/admin/funding/", "/admin/funding/gifts/download.csv", "/admin/users/"):
        visitor.go(path)
        expect(visitor.page.get_by_role("main")).not_to_contain_text("Old Salt")
        assert visitor.path != path or visitor.page.get_by_text("treasurers").count()
