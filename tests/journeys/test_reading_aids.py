"""What helps in a long or lively thread: news, the invitation, marks of what is new, folds, people who are muted.

All of it is made by scripts. Without them a reader meets the whole thread, and links that lead to the same places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor, within

LATER = 21_000  # milliseconds: the next time that a page asks
LONG = "\n\n".join(f"Paragraph {number} about the tides, the quay and the ferry." for number in range(24))
Say = Callable[..., int]


@pytest.fixture
def story(newsroom: Newsroom) -> str:
    return newsroom.fresh_story()


@pytest.fixture
def say(another: Another, story: str) -> Say:
    """Somebody else writes under the story; the id of the comment."""
    numbers = itertools.count(1)

    def write(text: str = "", *, name: str = "Old Salt", answers: int | None = None) -> int:
        writer, text = another(), text or f"Words number {next(numbers)}."
        # Not the story's own address: that page would be kept for a moment as it is before.
        writer.go(f"/discuss/comments/{answers}/reply/" if answers else f"{story}?own=1")
        writer.fill(text, name=name)
        writer.send()
        return int(writer.path.rpartition("-")[2])

    return write


def _news(visitor: Visitor) -> Locator:
    return visitor.thread.locator("thread-news").get_by_role("status")


def _wait_for_news(visitor: Visitor) -> None:
    with visitor.page.expect_response(re.compile(r"/talk/\d+\.json")):
        visitor.page.clock.fast_forward(LATER)


def _marked(visitor: Visitor) -> list[int]:
    marks = visitor.thread.locator(".comment:has(> .comment__head .unread__mark)").all()
    return [int(str(one.get_attribute("id")).removeprefix("comment-")) for one in marks]


# News


def test_new_comments_are_announced_and_shown_on_demand_while_nothing_moves(
    visitor: Visitor, story: str, say: Say
) -> None:
    first = say()
    visitor.page.clock.install()
    visitor.go(story)
    if not visitor.has_script:
        expect(_news(visitor)).to_have_count(0)
        return
    expect(_news(visitor)).to_have_text("")
    visitor.comment(first).scroll_into_view_if_needed()
    before = visitor.comment(first).bounding_box()
    answer, second = say(answers=first), say()

    _wait_for_news(visitor)

    link = _news(visitor).get_by_role("link", name="2 new comments", exact=True)
    expect(link).to_be_visible()
    assert visitor.comment(first).bounding_box() == before
    expect(visitor.roots()).to_have_count(1)
    link.click()
    expect(visitor.comment(second)).to_be_in_viewport()
    assert sorted(_marked(visitor)) == [answer, second]


def test_one_new_comment_is_led_to_wherever_it_stands(visitor: Visitor, story: str, say: Say) -> None:
    if not visitor.has_script:
        return  # Nothing asks.
    first = say()
    visitor.page.clock.install()
    visitor.go(story)
    answer = say(answers=first)

    _wait_for_news(visitor)
    _news(visitor).get_by_role("link", name="1 new comment", exact=True).click()

    expect(visitor.comment(answer)).to_be_in_viewport()
    assert visitor.path == f"{story}?comment={answer}#comment-{answer}"


def test_news_are_shown_also_when_they_stand_on_the_address_that_is_open(
    visitor: Visitor, story: str, say: Say
) -> None:
    if not visitor.has_script:
        return  # Nothing asks.
    say()
    visitor.page.clock.install()
    visitor.go(f"{story}?sort=newest#comments")
    say()
    newest = say()

    _wait_for_news(visitor)
    _news(visitor).get_by_role("link").click()

    expect(visitor.comment(newest)).to_be_in_viewport()


def test_a_page_asks_less_and_less_often_and_not_while_nobody_looks(visitor: Visitor, story: str) -> None:
    if not visitor.has_script:
        return  # Nothing asks.
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url) if "/talk/" in request.url else None)
    visitor.page.clock.install()
    visitor.go(story)
    _wait_for_news(visitor)

    for _second in range(20):
        visitor.page.clock.run_for(1_000)
    assert len(asked) == 1
    _wait_for_news(visitor)
    assert len(asked) == 2
    visitor.page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    visitor.page.clock.fast_forward(3_600_000)
    # Whatever the page had asked by now would have been heard before this.
    with visitor.page.expect_response("**/healthz"):
        visitor.page.evaluate("fetch('/healthz')")
    assert len(asked) == 2
    visitor.page.evaluate("Object.defineProperty(document, 'hidden', { value: false, configurable: true })")
    with visitor.page.expect_response(re.compile(r"/talk/")):
        visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        visitor.page.clock.run_for(100)


def test_who_knows_the_news_gets_no_bytes_and_hears_within_a_second_when_they_change(
    newsroom: Newsroom, story: str, say: Say
) -> None:
    address = f"/talk/{newsroom.facts['thread_of'][story]}.json"
    etag = newsroom.server.ask(address).headers["etag"]

    known = newsroom.server.ask(address, If_None_Match=etag)
    assert (known.status, known.body) == (304, b"")
    newest = say()

    told = f'{{"count": 1, "newest": {newest}}}'.encode()
    assert within(2, lambda: newsroom.server.ask(address, If_None_Match=etag).body == told)


# The invitation


def _invitation(visitor: Visitor) -> Locator:
    return visitor.page.locator("talk-invitation .invitation")


def _read_on(visitor: Visitor) -> None:
    """Into the middle of the story: below the headline, above the end."""
    visitor.page.set_viewport_size({"width": 1280, "height": 450})
    visitor.page.locator(".story__body blockquote").first.evaluate("quote => quote.scrollIntoView()")


def test_a_reader_is_invited_and_led_to_the_form(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("busy"))
    _read_on(visitor)

    link = _invitation(visitor).get_by_role("link", name=re.compile("Would love your thoughts, please comment"))
    expect(link).to_have_accessible_name(re.compile(r"\d+ comments"))
    if visitor.has_script:
        expect(link).to_be_in_viewport()
    link.focus()
    visitor.page.keyboard.press("Enter")

    expect(visitor.write.locator("[name=text]")).to_be_in_viewport()
    if visitor.has_script:
        expect(visitor.write.locator("[name=text]")).to_be_focused()


def test_a_standing_page_invites_as_a_story_does(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("guestbook"))
    expect(_invitation(visitor)).to_be_visible()
    floats = visitor.page.locator("talk-invitation.is-floating")
    expect(floats).to_have_count(0)

    _read_on(visitor)

    expect(floats).to_have_count(1 if visitor.has_script else 0)


def test_the_invitation_stands_still_where_the_headline_its_own_place_or_the_thread_is_seen(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    if not visitor.has_script:
        return  # It never floats.
    visitor.go(newsroom.path("busy"))
    floats = visitor.page.locator("talk-invitation.is-floating")
    expect(floats).to_have_count(0)
    _read_on(visitor)
    expect(floats).to_have_count(1)

    visitor.thread.evaluate("thread => thread.scrollIntoView()")

    expect(floats).to_have_count(0)


def test_who_dismissed_the_invitation_never_sees_it_again(visitor: Visitor, newsroom: Newsroom, story: str) -> None:
    visitor.go(newsroom.path("busy"))
    if not visitor.has_script:
        expect(_invitation(visitor).get_by_role("button")).to_have_count(0)
        return
    _read_on(visitor)

    _invitation(visitor).get_by_role("button", name="Do not invite me again").click()

    expect(_invitation(visitor)).to_be_hidden()
    visitor.go(story)
    expect(_invitation(visitor)).to_be_hidden()


def test_who_just_wrote_is_not_invited(visitor: Visitor, story: str) -> None:
    if not visitor.has_script:
        return  # It is a line of the page, the same for everybody.
    visitor.go(story)
    expect(_invitation(visitor)).to_be_visible()

    visitor.post("I wrote.")

    expect(_invitation(visitor)).to_be_hidden()
    visitor.go(story)
    expect(_invitation(visitor)).to_be_hidden()


def test_the_invitation_says_what_is_new_and_covers_nothing_that_has_the_focus(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    if not visitor.has_script:
        return  # It never floats.
    visitor.go(newsroom.path("busy"))
    _read_on(visitor)
    expect(visitor.page.locator("talk-invitation.is-floating")).to_have_count(1)

    visitor.page.evaluate("document.dispatchEvent(new CustomEvent('thread-news', { detail: '3 new comments' }))")
    expect(_invitation(visitor)).to_contain_text("3 new comments")
    under = "link => { link.style.cssText = 'position: fixed; inset: auto 2rem 2rem auto'; link.focus(); }"
    visitor.page.locator(".story__body a").first.evaluate(under)

    expect(_invitation(visitor)).to_be_hidden()


# What is new


def test_the_first_visit_marks_nothing_and_the_next_what_was_written_since(
    visitor: Visitor, story: str, say: Say
) -> None:
    first = say()
    visitor.go(story)
    assert _marked(visitor) == []
    second = say()
    answer = say(answers=first)

    visitor.go(f"{story}?sort=oldest")

    assert _marked(visitor) == ([answer, second] if visitor.has_script else [])
    if not visitor.has_script:
        expect(visitor.thread.get_by_role("button", name="Next new comment")).to_have_count(0)
        return
    expect(visitor.comment(second).locator(".unread__mark").first).to_have_text("new")
    # The same visit goes on.
    visitor.go(f"{story}?sort=best")
    assert sorted(_marked(visitor)) == [second, answer]


def test_a_reader_goes_from_one_new_comment_to_the_next_by_button_and_by_key(
    visitor: Visitor, story: str, say: Say
) -> None:
    if not visitor.has_script:
        return  # Nothing is marked.
    first = say()
    visitor.go(story)
    answer, second = say(answers=first), say()
    visitor.go(story)
    visitor.comment(first).get_by_role("button", name="Hide 1 reply").click()
    expect(visitor.comment(answer)).to_be_hidden()

    visitor.thread.get_by_role("button", name="Next new comment (2)").click()
    expect(visitor.comment(second)).to_be_focused()
    visitor.page.keyboard.press("n")
    expect(visitor.comment(answer)).to_be_focused()
    expect(visitor.comment(answer)).to_be_in_viewport()

    # In a field N is a letter, outside the thread it is nothing.
    visitor.write.locator("[name=text]").click()
    visitor.page.keyboard.press("n")
    expect(visitor.write.locator("[name=text]")).to_have_value("n")
    visitor.page.get_by_role("banner").get_by_role("link").first.focus()
    visitor.page.keyboard.press("n")
    expect(visitor.comment(second)).not_to_be_focused()


def test_own_comments_are_not_new_to_their_writer(visitor: Visitor, story: str) -> None:
    visitor.go(story)
    visitor.post("I wrote.")
    assert _marked(visitor) == []

    # The page for everybody has it a second later.
    assert within(5, lambda: bool(visitor.go(story)) and visitor.roots().count() == 1)
    if visitor.has_script:
        expect(visitor.said("I wrote.").get_by_role("link", name=re.compile("Edit"))).to_be_visible()

    assert within(5, lambda: _marked(visitor) == [])


# Folds


def test_a_branch_is_hidden_and_shown_again(visitor: Visitor, newsroom: Newsroom) -> None:
    talk = newsroom.facts["talk"]
    visitor.go(newsroom.path("busy"))
    reply = visitor.comment(talk["answers"][0])
    expect(reply).to_be_visible()
    if not visitor.has_script:
        expect(visitor.thread.locator("[aria-expanded]")).to_have_count(0)
        return
    button = visitor.comment(talk["branch"]).locator("> .comment__head").get_by_role("button")
    # With those that are on another page.
    expect(button).to_have_accessible_name("Hide 9 replies")
    expect(button).to_have_attribute("aria-expanded", "true")

    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(reply).to_be_hidden()
    expect(button).to_have_text("Show 9 replies")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()

    visitor.page.keyboard.press("Enter")
    expect(reply).to_be_visible()


def test_an_address_leads_into_a_hidden_branch(visitor: Visitor, newsroom: Newsroom) -> None:
    if not visitor.has_script:
        return  # Nothing is hidden.
    talk = newsroom.facts["talk"]
    visitor.go(newsroom.path("busy"))
    branch, reply = visitor.comment(talk["branch"]), visitor.comment(talk["answers"][1])
    branch.locator("> .comment__head").get_by_role("button").click()
    expect(reply).to_be_hidden()

    visitor.page.evaluate(f"location.hash = 'comment-{talk['answers'][1]}'")

    expect(reply).to_be_in_viewport()
    expect(branch.locator("> .comment__head").get_by_role("button")).to_have_attribute("aria-expanded", "true")


def test_a_long_comment_is_shown_in_part_until_one_asks_for_all(visitor: Visitor, story: str, say: Say) -> None:
    long, short = say(LONG), say("A short one.")
    visitor.go(story)
    text, button = (
        visitor.comment(long).locator(".comment__text"),
        visitor.comment(long).get_by_role("button", name="Show all"),
    )
    whole = text.evaluate("text => text.scrollHeight")
    if not visitor.has_script:
        assert text.evaluate("text => text.clientHeight") == whole
        return
    assert text.evaluate("text => text.clientHeight") < whole - 200
    expect(visitor.comment(short).get_by_role("button", name="Show all")).to_have_count(0)

    button.click()

    assert text.evaluate("text => text.clientHeight") == whole
    expect(visitor.comment(long).get_by_role("button", name="Show less")).to_be_focused()


def test_who_was_sent_to_a_long_comment_reads_all_of_it(visitor: Visitor, story: str, say: Say) -> None:
    long = say(LONG)

    visitor.go(f"{story}?comment={long}#comment-{long}")

    text = visitor.comment(long).locator(".comment__text")
    assert text.evaluate("text => text.clientHeight == text.scrollHeight")


def test_what_is_loaded_later_has_all_aids_and_the_focus_goes_to_the_first_of_it(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    if not visitor.has_script:
        return  # The next page is a page.
    visitor.go(newsroom.path("busy"))
    visitor.page.evaluate(
        "for (const kept of [localStorage, sessionStorage]) kept.setItem(`seen ${document.querySelector('unread-marks').getAttribute('thread')}`, '1')"
    )
    visitor.go(newsroom.path("busy"))
    before = visitor.roots().count()
    known = set(_marked(visitor))
    visitor.thread.locator(".thread__next a").click()
    expect(visitor.roots()).not_to_have_count(before)

    fresh = visitor.roots().nth(before)
    expect(fresh).to_be_focused()
    expect(fresh.locator(".unread__mark")).to_have_count(1)
    expect(fresh.get_by_role("button", name="Mute")).to_have_count(1)
    assert len(set(_marked(visitor)) - known) == 20
    # A branch that is opened is another element, with the same aids.
    talk = newsroom.facts["talk"]
    branch = visitor.comment(talk["branch"])
    branch.locator(".more").click()
    expect(visitor.comment(talk["answers"][-1])).to_be_visible()
    expect(branch.locator("> .comment__head").get_by_role("button")).to_have_accessible_name("Hide 9 replies")
    expect(visitor.comment(talk["answers"][-1]).locator("> .comment__head .unread__mark")).to_have_count(1)


# People


def test_a_guest_is_muted_in_this_browser_and_heard_again(visitor: Visitor, story: str, say: Say) -> None:
    loud, answer = say("LOUD WORDS.", name="Loud Lou"), 0
    answer = say("A calm answer.", name="Calm Cora", answers=loud)
    more = say("LOUDER WORDS.", name="loud lou")
    visitor.go(story)
    if not visitor.has_script:
        expect(visitor.thread.get_by_text("Mute")).to_have_count(0)
        return

    visitor.comment(loud).locator("> .actions").get_by_role("button", name="Mute").click()

    expect(visitor.page.get_by_text("LOUD WORDS.")).to_be_hidden()
    expect(visitor.page.get_by_text("LOUDER WORDS.")).to_be_hidden()
    expect(visitor.comment(answer)).to_be_visible()
    expect(visitor.comment(more)).to_contain_text("Comment by a muted person.")
    show = visitor.comment(loud).get_by_role("button", name="Show", exact=True)
    expect(show).to_be_focused()

    # It stays so, on other stories too.
    visitor.go(story)
    expect(visitor.page.get_by_text("LOUD WORDS.")).to_be_hidden()
    show.click()
    expect(visitor.page.get_by_text("LOUD WORDS.")).to_be_visible()
    expect(visitor.page.get_by_text("LOUDER WORDS.")).to_be_hidden()

    visitor.comment(more).get_by_role("button", name="Unmute").click()
    expect(visitor.page.get_by_text("LOUDER WORDS.")).to_be_visible()
    expect(visitor.page.get_by_text("LOUD WORDS.")).to_be_visible()
    expect(visitor.comment(more).get_by_role("button", name="Mute")).to_be_focused()


def test_who_is_muted_is_listed_under_the_thread_and_taken_back_there(visitor: Visitor, story: str, say: Say) -> None:
    loud, rude = say(name="Loud Lou"), say(name="Rude Rudi")
    visitor.go(story)
    if not visitor.has_script:
        expect(visitor.page.get_by_text("muted")).to_have_count(0)
        return
    for comment in (loud, rude):
        visitor.comment(comment).get_by_role("button", name="Mute").click()
    visitor.page.get_by_text("2 people muted: manage").click()
    people = visitor.page.locator("muted-list").get_by_role("listitem")
    expect(people).to_have_text([re.compile("Loud Lou"), re.compile("Rude Rudi")])

    people.first.get_by_role("button", name="Unmute").click()

    expect(visitor.page.get_by_text("1 person muted: manage")).to_be_focused()
    expect(visitor.comment(loud).locator(".muted")).to_have_count(0)
    expect(visitor.comment(rude).locator(".muted")).to_have_count(1)
    people.first.get_by_role("button", name="Unmute").click()
    expect(visitor.page.locator("muted-list details")).to_have_count(0)
    expect(visitor.comment(rude).locator(".muted")).to_have_count(0)


def test_nobody_mutes_the_newsroom_or_themselves(visitor: Visitor, another: Another, story: str, say: Say) -> None:
    guest, staff = say(), another()
    staff.sign_in("moderator")
    staff.go(f"{story}?own=1")
    staff.write.locator("[name=text]").fill("From the newsroom.")
    staff.send()
    visitor.go(f"{story}?own=1")
    visitor.post("I wrote.")

    offers = visitor.comment(guest).get_by_role("button", name="Mute")
    expect(offers).to_have_count(1 if visitor.has_script else 0)
    expect(visitor.said("From the newsroom.")).to_contain_text("Newsroom")
    expect(visitor.said("From the newsroom.").get_by_role("button", name="Mute")).to_have_count(0)
    expect(visitor.said("I wrote.").get_by_role("button", name="Mute")).to_have_count(0)
