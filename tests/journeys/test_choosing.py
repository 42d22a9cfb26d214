"""Editors choose what stands first, moderators act in the page, readers choose what they see."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor, within

WORDS = "I was the keeper of that light."


def test_a_moderator_picks_a_comment_and_readers_find_it(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    story = written_by(another(), newsroom)
    sign_in(visitor, "moderator", story)

    link(visitor, "Moderate").click()
    visitor.page.get_by_role("button", name="Make it an editors’ pick").click()

    expect(visitor.said(WORDS)).to_contain_text("Editors’ pick")
    reader = another()
    assert within(5, lambda: finds_picks(reader, story))
    expect(picks(reader)).to_contain_text(WORDS)
    choice(reader, "Editors’ picks").click()
    expect(reader.roots()).to_have_count(1)
    expect(reader.thread).to_contain_text("Only what editors picked out")
    choice(reader, "View all comments").click()
    expect(reader.roots()).to_have_count(2)

    visitor.go(story if visitor.has_script else f"{story}?own=1")
    link(visitor, "Moderate").click()
    visitor.page.get_by_role("button", name="No longer an editors’ pick").click()
    expect(visitor.said(WORDS)).to_be_visible()
    assert within(5, lambda: not finds_picks(reader, story))


def test_a_moderator_removes_a_comment_and_brings_it_back(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    story = written_by(another(), newsroom)
    sign_in(visitor, "moderator", story)
    link(visitor, "Moderate").click()
    tools = visitor.path

    visitor.page.get_by_role("button", name="Remove it").click()

    expect(visitor.thread).to_be_visible()
    expect(visitor.thread).not_to_contain_text(WORDS)
    visitor.go(tools)
    visitor.page.get_by_role("button", name="Publish it").click()
    expect(visitor.said(WORDS)).to_be_visible()


def test_nobody_else_is_offered_to_moderate(visitor: Visitor, another: Another, newsroom: Newsroom) -> None:
    story = written_by(another(), newsroom)
    visitor.go(f"{story}?own=1")
    visitor.post("Me too.", name="Bo")

    visitor.go_until_it_shows(story if visitor.has_script else f"{story}?own=1", "Me too.")

    expect(visitor.said("Me too.").locator("a[href*='/edit/']")).to_be_visible()
    expect(visitor.thread.get_by_role("link", name="Moderate")).to_have_count(0)


def test_a_reader_with_an_account_mutes_somebody_and_takes_it_back(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    story = written_by(another(), newsroom)
    sign_in(visitor, "treasurer", story)

    expect(link(visitor, "Mute")).to_be_visible()
    expect(visitor.thread.get_by_role("button", name="Mute")).to_have_count(0)  # That one is kept in the browser.
    visitor.go(f"{story}?own=1")
    expect(visitor.said(WORDS).get_by_text("Mute", exact=True)).to_have_count(1)
    link(visitor, "Mute").click()
    visitor.page.get_by_role("button", name="Mute").click()

    muted = visitor.thread.locator("details.comment__muted", has_text=WORDS)
    expect(muted).to_have_count(1)
    expect(visitor.thread.get_by_text(WORDS)).not_to_be_visible()
    visitor.go(story if visitor.has_script else f"{story}?own=1")
    expect(muted).to_have_count(1)
    visitor.go("/discuss/mutes/")
    visitor.page.get_by_role("button", name="Read again").click()
    visitor.go(f"{story}?own=1")
    expect(visitor.thread.get_by_text(WORDS)).to_be_visible()


def test_after_a_reply_everybody_can_read_what_was_edited_away(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    story = newsroom.fresh_story()
    visitor.go(story)
    visitor.post("It was ninety metres.")
    friend = another()
    friend.go(f"{story}?own=1")
    friend.said("It was ninety metres.").locator("a[href$='/reply/']").click()
    friend.fill("Ninety?", name="Bo")
    friend.send()
    visitor.go(f"{story}?own=1")
    visitor.said("It was ninety metres.").locator("a[href*='/edit/']").first.click()
    visitor.page.locator("main [name=text]").fill("It was nine metres.")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form [type=submit]").click()

    friend.go(f"{story}?own=1")
    friend.said("It was nine metres.").get_by_role("link", name="edited").first.click()

    expect(friend.page.get_by_role("main")).to_contain_text("It was ninety metres.")
    expect(friend.page.get_by_role("main")).to_contain_text("It was nine metres.")


def written_by(writer: Visitor, newsroom: Newsroom) -> str:
    """A story with two comments by others; its address."""
    story = newsroom.fresh_story()
    writer.go(story)
    writer.post("A first word.", name="Ann Teller")
    writer.post(WORDS, name="Ann Teller")
    return story


def sign_in(visitor: Visitor, person: str, story: str) -> None:
    visitor.sign_in(person)
    visitor.go(story if visitor.has_script else f"{story}?own=1")


def link(visitor: Visitor, name: str) -> Locator:
    return visitor.said(WORDS).get_by_role("link", name=name)


def finds_picks(reader: Visitor, story: str) -> bool:
    """Others see a change within a second."""
    reader.go(story)
    return picks(reader).count() > 0


def picks(reader: Visitor) -> Locator:
    return reader.thread.get_by_role("complementary", name="Editors’ picks")


def choice(reader: Visitor, name: str) -> Locator:
    return reader.thread.get_by_role("navigation", name="Which comments").get_by_role("link", name=name)
