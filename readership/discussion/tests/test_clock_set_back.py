"""F-19: somebody sets the server's clock back by an hour while people write. Nobody's words get lost or doubled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from readership.discussion.models import Comment, Thread
from readership.discussion.posting import Submission, post_comment
from readership.discussion.queries import minutes_left
from readership.discussion.tests.makers import make_thread
from readership.discussion.tests.test_reading_a_thread import following, ids, show
from readership.readers.speaking import NOBODY

pytestmark = pytest.mark.django_db


def post(thread: Thread, number: int, now: datetime, parent: Comment | None = None) -> Comment:
    submission = Submission(
        text=f"Number {number}.",
        name="Old Salt",
        key=f"key-{number}",
        network=f"n{number}",
        parent_id=parent.pk if parent else None,
    )
    return post_comment(thread=thread, speaker=NOBODY, submission=submission, now=now).comment


@pytest.mark.parametrize("sort", ["newest", "oldest", "voted", "best", "discussed"])
def test_every_comment_is_read_once_in_any_order(sort: str) -> None:
    thread, now = make_thread(), timezone.now()
    before = [post(thread, number, now + timedelta(minutes=number)) for number in range(15)]
    after = [post(thread, number + 100, now - timedelta(minutes=60 - number)) for number in range(15)]

    part = show(thread, sort=sort)
    seen = ids(part)
    while part.next_url:
        part = show(thread, sort=sort, after=following(part))
        seen += ids(part)

    assert sorted(seen) == sorted(comment.pk for comment in [*before, *after])


def test_a_reply_that_seems_older_than_what_it_answers_is_under_it() -> None:
    thread, now = make_thread(), timezone.now()
    root = post(thread, 1, now)

    reply = post(thread, 2, now - timedelta(hours=1), parent=root)

    shown = show(thread).comments[0]
    assert (shown.id, [part.id for part in shown.replies]) == (root.pk, [reply.pk])


@pytest.mark.parametrize(("written_ago", "is_left"), [(-60, True), (14, True), (16, False)])
def test_what_seems_to_come_from_the_future_can_still_be_edited_and_not_for_ever(
    written_ago: int, is_left: bool
) -> None:
    comment = post(make_thread(), 1, timezone.now() - timedelta(minutes=written_ago))

    assert (minutes_left(comment) > 0) == is_left


@pytest.mark.parametrize("taken_from", ["oldest", "voted", "best", "discussed"])
def test_a_cursor_of_another_order_leads_to_a_page_and_shows_nothing_twice(taken_from: str) -> None:
    thread, now = make_thread(), timezone.now()
    for number in range(25):
        post(thread, number, now - timedelta(minutes=number))
    foreign = following(show(thread, sort=taken_from))

    shown = ids(show(thread, sort="newest", after=foreign))

    assert shown
    assert len(shown) == len(set(shown))


def test_beyond_the_last_page_is_the_first_one_and_a_sentence() -> None:
    thread, now = make_thread(), timezone.now()
    comment = post(thread, 1, now)

    part = show(thread, sort="newest", after="0_1")

    assert ids(part) == [comment.pk]
    assert "could not be found" in str(part.notice)
