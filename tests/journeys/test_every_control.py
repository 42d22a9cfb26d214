"""Every control of a thread, reached and worked with nothing but a keyboard, with scripts and without.

| Control | Here | By hand and in detail |
|---|---|---|
| order, filter, “View all comments”, further comments, more replies | ✓ | test_reading, test_choosing |
| box, signs, names, preview, draft | ✓ (names, draft: there) | test_writing, test_writing_tools |
| reply, quote, cancel | ✓ | test_writing, test_writing_tools |
| vote | ✓ | test_voting |
| edit, its preview, earlier versions, withdraw | ✓ | test_writing, test_writing_tools, test_choosing |
| spoiler, link, lines for another site | ✓ | test_writing_tools, test_showing_elsewhere |
| collapse, mute in the browser, next new, news, invitation | ✓ (scripts) | test_reading_aids |
| moderators' tools, editors' picks, mute with an account | ✓ | test_choosing |
| feed of the thread | ✓ | discussion/tests/test_feeds.py |

Readers cannot report a comment yet; that comes with moderation.
"""

from __future__ import annotations

import itertools
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

FORM = "application/x-www-form-urlencoded"
FURTHEST = 150  # presses of Tab
_networks = itertools.count(1)
scripts_only = pytest.mark.parametrize("has_script", [True], ids=["with_script"])


@pytest.fixture
def story(newsroom: Newsroom) -> str:
    """Two others wrote under it; the first was answered five times."""
    address = newsroom.fresh_story()
    asked = write(newsroom, address, "It is ||gravel||.", name="Ann Teller")
    for number in range(5):
        write(newsroom, address, f"Answer {number}.", name="Bo", answers=asked)
    write(newsroom, address, "Sand, I say.", name="Cy")
    return address


def write(newsroom: Newsroom, story: str, text: str, *, name: str, answers: str = "") -> str:
    """As somebody else's browser sends it; the id of the comment."""
    number = next(_networks)
    answer = newsroom.server.ask(
        f"/discuss/threads/{newsroom.facts['thread_of'][story]}/comments/",
        method="POST",
        body=urlencode({"text": text, "name": name, "parent": answers}).encode(),
        Content_Type=FORM,
        Sec_Fetch_Site="same-origin",
        X_Forwarded_For=f"10.77.{number // 250}.{number % 250 + 1}",
    )
    assert answer.status == 303, answer.body
    return answer.headers["location"].rpartition("-")[2]


def tab_to(visitor: Visitor, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _press in range(FURTHEST):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way by keyboard to {wanted}")


def press(visitor: Visitor, wanted: Locator, key: str = "Enter") -> None:
    tab_to(visitor, wanted)
    visitor.page.keyboard.press(key)


def into_the_box(visitor: Visitor) -> None:
    """A script puts the focus there; without one a page of its own has opened."""
    text = visitor.write.locator("[name=text]")
    if visitor.has_script:
        expect(text).to_be_focused()
    else:
        tab_to(visitor, text)


def send(visitor: Visitor, *, name: str) -> None:
    tab_to(visitor, visitor.write.locator("[name=name]"))
    visitor.page.keyboard.type(name)
    tab_to(visitor, visitor.write.locator("[type=submit]"))
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def test_choosing_what_one_reads(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")
    thread = visitor.thread

    press(visitor, thread.get_by_role("link", name="Oldest", exact=True))
    expect(thread.get_by_role("navigation", name="Order of comments").locator("[aria-current]")).to_have_text("Oldest")
    expect(visitor.roots().first).to_contain_text("Ann Teller")

    choices = thread.get_by_role("navigation", name="Which comments")
    press(visitor, choices.get_by_role("link", name="Author and newsroom"))
    expect(choices.locator("[aria-current]")).to_have_text("Author and newsroom")
    expect(visitor.roots()).to_have_count(0)
    press(visitor, choices.get_by_role("link", name="View all comments"))
    expect(visitor.roots()).to_have_count(2)


def test_going_on_reading(visitor: Visitor, newsroom: Newsroom, story: str) -> None:
    visitor.go(f"{story}?own=1")
    last = visitor.thread.locator("article", has_text="Answer 4.").last
    expect(last).to_have_count(0)
    press(visitor, visitor.thread.get_by_role("link", name="2 more replies"))
    expect(last).to_be_visible()
    if visitor.has_script:
        expect(visitor.thread.locator("article", has_text="Answer 3.").last).to_be_focused()

    visitor.go(f"{newsroom.path('busy')}?sort=oldest")
    before = visitor.roots().count()
    more = visitor.thread.get_by_role("link", name="Show more comments")
    # Its place is far down: the way there by Tab is the way through the comments.
    more.locator("xpath=preceding::a[1]").focus()
    press(visitor, more)
    if visitor.has_script:
        expect(visitor.roots().nth(before)).to_be_focused()
        expect(visitor.roots().nth(before)).to_have_attribute("aria-posinset", str(before + 1))
    else:
        visitor.page.wait_for_url("**after=**")
        expect(visitor.roots().first).to_have_attribute("aria-posinset", str(before + 1))


def test_uncovering_voting_and_following_a_comment_to_another_site(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")
    comment = visitor.said("Sand, I say.")
    press(visitor, comment.get_by_role("button", name="Agree", exact=False).first, "Space")
    expect(comment.get_by_role("button", name="Agree 1", exact=True)).to_have_attribute("aria-pressed", "true")

    spoiler = visitor.thread.locator("summary", has_text="Spoiler")
    press(visitor, spoiler)
    expect(visitor.thread.locator("details[open]", has_text="gravel")).to_have_count(1)

    visitor.go(f"{story}?own=1")
    press(visitor, visitor.said("Sand, I say.").get_by_role("link", name="Link", exact=True))
    press(visitor, visitor.page.get_by_role("link", name="Show this comment on another site"))
    tab_to(visitor, visitor.page.get_by_role("textbox", name="The comment by Cy"))
    press(visitor, visitor.page.get_by_role("link", name="Back to the comments"))
    expect(visitor.said("Sand, I say.")).to_be_in_viewport()


def test_the_feed_is_on_the_way(visitor: Visitor, newsroom: Newsroom, story: str) -> None:
    visitor.go(f"{story}?own=1")
    feed = visitor.thread.get_by_role("link", name="Feed of these comments")

    tab_to(visitor, feed)

    assert (
        newsroom.server.ask(str(feed.get_attribute("href"))).headers["content-type"].startswith("application/atom+xml")
    )


def test_replying_and_quoting(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")
    press(visitor, visitor.said("Sand, I say.").get_by_role("link", name="Reply", exact=True))
    into_the_box(visitor)
    visitor.page.keyboard.type("Gravel, I say.")
    send(visitor, name="Grete")
    expect(visitor.said("Gravel, I say.")).to_have_accessible_name("Grete in reply to Cy (level 2)")

    visitor.go(f"{story}?own=1")
    press(visitor, visitor.said("Gravel, I say.").get_by_role("link", name="Quote", exact=True))
    expect(visitor.write.locator("[name=text]")).to_have_value("> Gravel, I say.\n\n")
    if visitor.has_script:
        cancel = visitor.write.get_by_role("button", name="Cancel")
        for _press in range(2):  # Past the row of signs, which is one stop.
            visitor.page.keyboard.press("Shift+Tab")
        expect(cancel).to_be_focused()
        visitor.page.keyboard.press("Enter")
        expect(visitor.write.locator("[name=parent]")).to_have_value("")


def test_writing_looking_editing_and_withdrawing(visitor: Visitor, newsroom: Newsroom) -> None:
    keyboard = visitor.page.keyboard
    visitor.go(newsroom.fresh_story())
    tab_to(visitor, visitor.write.locator("[name=text]"))
    keyboard.type("Gravel is *gravel*.")
    press(visitor, visitor.write.get_by_role("button", name="Preview"))
    expect(visitor.page.locator(".preview em")).to_have_text("gravel")
    visitor.write.locator("[name=text]").focus()
    send(visitor, name="Grete")

    press(visitor, visitor.thread.get_by_role("link", name=re.compile("Edit")))
    visitor.page.wait_for_url("**/edit/")
    edit = visitor.page.locator("main form.write")
    tab_to(visitor, edit.locator("[name=text]"))
    keyboard.press("Control+a")
    keyboard.type("Sand is *sand*.")
    press(visitor, edit.get_by_role("button", name="Preview"))
    expect(visitor.page.locator(".preview em")).to_have_text("sand")
    edit.locator("[name=text]").focus()
    with visitor.page.expect_navigation():
        press(visitor, edit.get_by_role("button", name="Save"))

    press(visitor, visitor.thread.get_by_role("link", name="edited"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("What Grete wrote")
    visitor.page.go_back()
    press(visitor, visitor.thread.get_by_role("link", name="Withdraw"))
    press(visitor, visitor.page.get_by_role("button", name="Withdraw it"))
    expect(visitor.thread).not_to_contain_text("Sand is")


def test_judging_picking_and_muting(visitor: Visitor, story: str) -> None:
    visitor.sign_in("moderator")
    visitor.go(f"{story}?own=1")
    press(visitor, visitor.said("Sand, I say.").get_by_role("link", name="Moderate"))
    press(visitor, visitor.page.get_by_role("button", name="Make it an editors’ pick"))
    expect(visitor.said("Sand, I say.")).to_contain_text("Editors’ pick")

    visitor.go(f"{story}?own=1")
    press(visitor, visitor.thread.get_by_role("complementary", name="Editors’ picks").get_by_role("link"))
    expect(visitor.said("Sand, I say.")).to_be_in_viewport()

    visitor.go(f"{story}?own=1")
    press(visitor, visitor.said("Sand, I say.").get_by_role("link", name="Mute"))
    press(visitor, visitor.page.get_by_role("button", name="Mute"))
    muted = visitor.thread.locator("details.comment__muted > summary")
    expect(muted).to_have_count(1)
    press(visitor, muted)
    expect(visitor.thread.get_by_text("Sand, I say.").last).to_be_visible()
    visitor.go("/discuss/mutes/")
    with visitor.page.expect_navigation():
        press(visitor, visitor.page.get_by_role("button", name="Read again"))
    visitor.go(f"{story}?own=1")
    expect(muted).to_have_count(0)


def test_the_invitation(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("guestbook"))
    invitation = visitor.page.locator("talk-invitation")
    press(visitor, invitation.get_by_role("link"))
    expect(visitor.write.locator("[name=text]")).to_be_in_viewport()
    if not visitor.has_script:
        return
    expect(visitor.write.locator("[name=text]")).to_be_focused()
    visitor.go(newsroom.path("guestbook"))

    press(visitor, invitation.get_by_role("button", name="Do not invite me again"))

    expect(invitation).to_be_hidden()
    expect(visitor.page.get_by_role("main")).to_be_focused()


@scripts_only
def test_the_row_of_signs(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("quiet"))
    text = visitor.write.locator("[name=text]")
    tab_to(visitor, text)
    visitor.page.keyboard.type("Gravel")
    visitor.page.keyboard.press("Control+a")

    visitor.page.keyboard.press("Shift+Tab")
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.write.get_by_role("button", name="Italic", exact=True)).to_be_focused()
    visitor.page.keyboard.press("Space")

    expect(text).to_have_value("*Gravel*")
    expect(text).to_be_focused()


@scripts_only
def test_what_only_scripts_can_do(visitor: Visitor, story: str) -> None:
    visitor.go_until_it_shows(story, "Sand, I say.")
    visitor.page.evaluate(
        "for (const kept of [localStorage, sessionStorage]) kept.setItem(`seen ${document.querySelector('unread-marks').getAttribute('thread')}`, '1')"
    )
    visitor.go(story)
    thread = visitor.thread

    press(visitor, thread.get_by_role("button", name=re.compile("Next new comment")))
    expect(visitor.said("Sand, I say.")).to_be_focused()

    fold = thread.get_by_role("button", name="Hide 5 replies")
    press(visitor, fold, "Space")
    folded = thread.get_by_role("button", name="Show 5 replies")
    expect(folded).to_be_focused()
    expect(thread.get_by_text("Answer 0.")).to_be_hidden()

    visitor.go(story)
    press(visitor, visitor.said("Sand, I say.").get_by_role("button", name="Mute"))
    expect(
        visitor.comment(_id(visitor, "Comment by a muted person.")).get_by_role("button", name="Show")
    ).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(thread.get_by_text("Sand, I say.")).to_be_visible()
    press(visitor, thread.get_by_role("button", name="Unmute").first)
    expect(thread.get_by_role("button", name="Unmute")).to_have_count(0)

    visitor.page.evaluate("document.querySelector('thread-news').tell({ count: 999, newest: 1 })")
    visitor.write.locator("[name=text]").focus()
    news = thread.locator("thread-news").get_by_role("link", name="992 new comments")
    press(visitor, news)
    visitor.page.wait_for_url("**sort=newest#comments")


def _id(visitor: Visitor, words: str) -> str:
    found = visitor.thread.locator("article", has_text=words).last.get_attribute("id")
    return str(found).removeprefix("comment-")


@pytest.mark.parametrize("has_script", [False], ids=["without_script"])
def test_without_scripts_nothing_is_offered_that_does_nothing(visitor: Visitor, story: str) -> None:
    visitor.go(f"{story}?own=1")

    for button in visitor.page.locator("button:visible").all():
        assert button.get_attribute("type") in {None, "submit"}
        assert button.evaluate("button => button.form?.action || button.formAction"), button
    for link in visitor.page.locator("a:visible").all():
        assert link.get_attribute("href")
    expect(visitor.thread.locator("[aria-expanded], [role=toolbar]:visible")).to_have_count(0)
