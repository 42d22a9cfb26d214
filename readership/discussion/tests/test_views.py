"""What a browser without JavaScript meets: forms, answers, sentences (attacks C01 to C09, D01, F05, F06, I08, J09)."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageViewRestriction

from readership.discussion.models import Comment, State, Thread, Vote
from readership.discussion.paging import microseconds
from readership.discussion.tests.makers import make_comment, make_reader, make_thread
from readership.stories.tests.makers import make_author, make_picture, make_story, make_topic

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


def send(browser: Client, thread: Thread, **fields: object) -> Any:
    form = {"text": "The pier is new.", "name": "Old Salt", "submission_key": "one", **fields}
    return browser.post(f"/discuss/threads/{thread.pk}/comments/", form)


def page_of(browser: Client, thread: Thread, query: str = "") -> str:
    answer = browser.get(f"{thread.page.url}{query}")  # type: ignore[union-attr]
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_comment_is_posted_and_its_writer_sees_it_at_once(browser: Client) -> None:
    thread = make_thread()

    answer = send(browser, thread, text="Gravel is *gravel*.")

    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"?own=1&comment={comment.pk}#comment-{comment.pk}")
    own = browser.get(answer["Location"])
    assert "Gravel is <em>gravel</em>." in own.content.decode()
    assert "Edit (15 minutes left)" in own.content.decode()


def test_the_first_write_sets_the_cookies_and_reading_sets_none(browser: Client) -> None:
    thread = make_thread()

    assert not browser.get(thread.page.url).cookies  # type: ignore[union-attr]
    cookies = send(browser, thread).cookies

    assert cookies[settings.GUEST_COOKIE_NAME]["httponly"]
    assert cookies["acted"].value == "1"


def test_j09_the_shared_page_holds_nothing_personal(browser: Client) -> None:
    thread = make_thread()
    send(browser, thread)

    # Made anew at each rendering, and the same for all who get that rendering.
    keys = re.compile(r'name="submission_key" value="[^"]+"')
    assert keys.sub("", page_of(browser, thread)) == keys.sub("", page_of(Client(), thread))
    assert "Edit (" not in page_of(browser, thread)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "the comment is empty"),
        ({"text": "\u200b \u2060"}, "the comment is empty"),
        ({"text": "x" * 5001}, "That is 5001 characters."),
        ({"name": ""}, "Please give a name"),
        ({"name": "http://spam.example"}, "cannot hold a link"),
        ({"name": "Editor"}, "belongs to somebody here"),
        ({"email": "not an address"}, "does not look like an e-mail"),
        ({"parent": "x"}, "could not be found"),
        ({"parent": "999999"}, "no longer shown"),
        ({"parent": "9" * 30}, "could not be found"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_text(browser: Client, fields: dict[str, str], sentence: str) -> None:
    answer = send(browser, make_thread(), **{"text": "Words I thought about.", **fields})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert ("x" * 5001 if len(fields.get("text", "")) > 5000 else fields.get("text", "Words I thought about.")).strip(
        "\u200b\u2060 "
    ) in page
    assert Comment.objects.count() == 0


def test_g03_an_address_of_a_provider_that_the_newsroom_refuses_is_not_taken(
    browser: Client, settings: Settings
) -> None:
    settings.REFUSED_MAIL_DOMAINS = frozenset({"bin.example"})

    answer = send(browser, make_thread(), email="salt@bin.example")

    assert answer.status_code == 400
    assert "We cannot take addresses of this provider" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a02_a_name_with_markup_is_only_text(browser: Client) -> None:
    thread = make_thread()

    send(browser, thread, name="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in page_of(browser, thread)
    assert "&lt;img src=x" in page_of(browser, thread)


def test_f06_a_second_click_leads_to_the_same_comment(browser: Client) -> None:
    thread = make_thread()

    first = send(browser, thread)
    second = send(Client(headers=OURS), thread)

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_f05_a_flood_is_held_and_says_so(browser: Client) -> None:
    thread = make_thread()

    for number in range(4):
        send(browser, thread, text=f"Number {number}", submission_key=str(number))

    last = Comment.objects.latest("pk")
    assert last.state == State.HELD
    own = page_of(browser, thread, f"?own=1&comment={last.pk}")
    assert "A moderator reads" in own
    assert "Number 3" in own
    assert "Number 3" not in page_of(browser, thread)


def test_a_closed_thread_says_so_and_gives_the_text_back(browser: Client) -> None:
    thread = make_thread(is_open=False)

    answer = send(browser, thread, text="Too late, I fear.")

    assert answer.status_code == 403
    assert "Comments on this story are closed" in page_of(browser, thread)
    assert "Your text is below" in answer.content.decode()
    assert "Too late, I fear." in answer.content.decode()


def test_an_empty_thread_invites(browser: Client) -> None:
    assert "No comments yet" in page_of(browser, make_thread())


@pytest.mark.parametrize("query", ["?sort=loudest", "?after=nonsense", "?comment=999999", "?replies=999999"])
def test_an_address_that_makes_no_sense_is_answered_with_a_sentence(browser: Client, query: str) -> None:
    thread = make_thread()
    make_comment(thread)

    page = page_of(browser, thread, query)

    assert 'class="notice"' in page
    assert "The pier is new." in page


def test_a_vote_is_cast_changed_and_taken_back(browser: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread)

    for value, expected in (("1", [1]), ("-1", [-1]), ("0", [])):
        answer = browser.post(f"/discuss/comments/{comment.pk}/vote/", {"value": value})
        assert answer.status_code == 303
        assert list(Vote.objects.values_list("value", flat=True)) == expected
    assert 'aria-pressed="true"' not in page_of(browser, thread, f"?own=1&comment={comment.pk}")


def test_the_own_vote_is_said_in_words(browser: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread)

    browser.post(f"/discuss/comments/{comment.pk}/vote/", {"value": "1"})

    page = page_of(browser, thread, f"?own=1&comment={comment.pk}")
    assert "your vote" in page
    assert 'aria-pressed="true"' in page


@pytest.mark.parametrize("value", ["", "2", "up", "1e9", "-1.0"])
def test_a_vote_that_is_none_changes_nothing(browser: Client, value: str) -> None:
    comment = make_comment(make_thread())

    assert browser.post(f"/discuss/comments/{comment.pk}/vote/", {"value": value}).status_code == 403
    assert Vote.objects.count() == 0


def test_c07_reading_addresses_never_write(browser: Client) -> None:
    comment = make_comment(make_thread())

    for verb in ("vote", "edit", "withdraw", "reply"):
        browser.get(f"/discuss/comments/{comment.pk}/{verb}/")

    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED
    assert Vote.objects.count() == 0


ACTIONS = ["vote", "edit", "withdraw"]


@pytest.mark.parametrize("verb", ACTIONS)
def test_c01_all_that_is_not_mine_or_not_shown_answers_alike(browser: Client, verb: str) -> None:
    """Matrix: every action × a comment that is held, removed, on a draft, on a restricted story, or not there."""
    held = make_comment(make_thread(), state=State.HELD)
    removed = make_comment(make_thread(), state=State.REMOVED)
    on_draft = make_comment(make_thread(live=False))
    restricted = make_thread()
    PageViewRestriction.objects.create(page=restricted.page, restriction_type="password", password="x")
    behind_password = make_comment(restricted)

    answers = {
        (answer.status_code, re.sub(r"\d+", "", answer.content.decode()))
        for pk in (held.pk, removed.pk, on_draft.pk, behind_password.pk, 999_999)
        for answer in [browser.post(f"/discuss/comments/{pk}/{verb}/", {"value": "1", "text": "x"})]
    }

    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert Vote.objects.count() == 0


def test_c02_a_draft_takes_no_comment(browser: Client) -> None:
    assert send(browser, make_thread(live=False)).status_code == 404
    assert Comment.objects.count() == 0


def test_c03_only_the_device_that_wrote_may_edit(browser: Client) -> None:
    thread = make_thread()
    send(browser, thread, email="salt@example.org")
    comment = Comment.objects.get()

    stranger = Client(headers=OURS)
    stranger.cookies["email"] = "salt@example.org"
    assert stranger.post(f"/discuss/comments/{comment.pk}/edit/", {"text": "hijacked"}).status_code == 404
    assert browser.post(f"/discuss/comments/{comment.pk}/edit/", {"text": "mended"}).status_code == 303

    comment.refresh_from_db()
    assert comment.text_source == "mended"


def test_after_the_time_for_editing_it_is_over(browser: Client) -> None:
    send(browser, make_thread())
    comment = Comment.objects.get()
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))

    for verb in ("edit", "withdraw"):
        answer = browser.post(f"/discuss/comments/{comment.pk}/{verb}/", {"text": "late"})
        assert answer.status_code == 403
        assert "The time for changing this comment is over" in answer.content.decode()


def test_withdrawing_asks_first_and_then_does_it(browser: Client) -> None:
    thread = make_thread()
    send(browser, thread)
    comment = Comment.objects.get()
    address = f"/discuss/comments/{comment.pk}/withdraw/"

    assert "Withdraw your comment?" in browser.get(address).content.decode()
    answer = browser.post(address)

    assert "Your comment is withdrawn." in browser.get(answer["Location"]).content.decode()
    assert "The pier is new." not in page_of(browser, thread)


def test_c09_fields_that_no_form_has_change_nothing(browser: Client) -> None:
    reader = make_reader()

    send(browser, make_thread(), badge="staff", state="published", reader=reader.pk, up_count=99, is_pinned="1")

    comment = Comment.objects.get()
    assert (comment.badge, comment.reader, comment.up_count, comment.is_pinned) == ("guest", None, 0, False)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}, {}])
def test_d01_another_sites_form_is_refused(headers: dict[str, str]) -> None:
    thread = make_thread()
    comment = make_comment(thread)
    elsewhere = Client(headers=headers)

    assert send(elsewhere, thread).status_code == 403
    for verb in ACTIONS:
        assert elsewhere.post(f"/discuss/comments/{comment.pk}/{verb}/", {"value": "1"}).status_code == 403
    assert Comment.objects.count() == 1
    assert Vote.objects.count() == 0


def test_the_reply_page_carries_whom_it_answers(browser: Client) -> None:
    comment = make_comment(make_thread(), name="Ama B.")

    page = browser.get(f"/discuss/comments/{comment.pk}/reply/").content.decode()

    assert "Reply to Ama B." in page
    assert f'name="parent" value="{comment.pk}"' in page


def test_what_is_personal_comes_by_itself(browser: Client) -> None:
    thread = make_thread()
    other = make_comment(thread)
    send(browser, thread)
    browser.post(f"/discuss/comments/{other.pk}/vote/", {"value": "-1"})
    own = Comment.objects.latest("pk")

    answer = browser.get(f"/discuss/mine/?thread={thread.pk}&shown={own.pk},{other.pk},x,,999")

    assert answer["Cache-Control"].count("no-store") == 1
    assert answer.json()["votes"] == {str(other.pk): -1}
    assert [mine["id"] for mine in answer.json()["own"]] == [own.pk]
    assert Client().get(f"/discuss/mine/?thread={thread.pk}&shown={own.pk}").json() == {
        "votes": {},
        "own": [],
        "muted": [],
        "mute_label": "",
        "tools_label": "",
        "account_label": "",
        "held_html": "",
    }


@pytest.mark.django_db(transaction=True)  # Nothing is remembered from inside a transaction.
@pytest.mark.parametrize("view", ["first page", "further page", "one reply", "whole branch"])
def test_a_story_with_a_full_thread_costs_at_most_twelve_queries(
    browser: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]], view: str
) -> None:
    thread, topic = make_thread(), make_topic()
    others = [make_story(title=title, topics=[topic]) for title in ("The ferry", "The pier")]
    body = [("text", "<p>See also.</p>"), *(("related_story", {"story": other}) for other in others)]
    thread.page = make_story(body=body, topics=[topic], authors=[make_author()], lead_image=make_picture(alt="A pier"))
    thread.save()
    roots = [make_comment(thread, text=f"root {number}") for number in range(45)]
    replies = [make_comment(thread, text=f"reply {number}", answers=roots[20 + number // 5]) for number in range(30)]
    query = {
        "first page": "?sort=oldest",
        "further page": f"?sort=oldest&after={microseconds(roots[19].created_at)}_{roots[19].pk}",
        "one reply": f"?sort=oldest&comment={replies[4].pk}",
        "whole branch": f"?replies={roots[20].pk}",
    }[view]

    page_of(browser, thread, query)  # What nearly every page needs is remembered from here on.
    with django_assert_max_num_queries(12):
        page = page_of(browser, thread, query)

    shown = {"first page": 20, "further page": 20 + 6 * 3, "one reply": 20 + 6 * 3 + 1, "whole branch": 1 + 5}
    assert page.count('<article class="comment') == shown[view]
    assert page.count('class="related"') == len(others)
