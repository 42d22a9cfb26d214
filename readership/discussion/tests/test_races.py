"""What happens at the same moment: first that the race is there, then that the lock ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from readership.discussion import counting, voting
from readership.discussion.closing import close_thread
from readership.discussion.errors import ThreadClosed
from readership.discussion.models import Comment, Thread, Vote
from readership.discussion.tests.makers import make_comment, make_reader, make_thread, write
from readership.discussion.voting import cast_vote
from readership.readers.models import Reader
from readership.readers.speaking import Speaker

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
VOTERS = 8
VOTES_EACH = 25


def at_once(*doings: Callable[[], object]) -> list[BaseException]:
    """Do all of them in threads of their own; what any of them raised."""
    raised: list[BaseException] = []

    def run(do: Callable[[], object]) -> None:
        try:
            do()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(do,)) for do in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def make_voters(count: int = VOTERS) -> list[Reader]:
    return [make_reader(name=f"Voter {number}", email=f"voter{number}@example.org") for number in range(count)]


def vote(comment: Comment, reader: Reader, value: int = 1) -> None:
    cast_vote(comment_id=comment.pk, speaker=Speaker(reader=reader), value=value, network="", now=timezone.now())


def _store_after(meeting: threading.Barrier) -> Any:
    """Every voter has read the counts before the first one writes: the race, made certain where nothing prevents it."""
    store = voting._store

    def wait_and_store(*given: Any) -> None:
        # With the lock, only one gets here at a time.
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        store(*given)

    return wait_and_store


def test_f02_without_the_lock_votes_at_once_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    comment, voters = make_comment(make_thread()), make_voters()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(voting, "_store", _store_after(threading.Barrier(VOTERS)))

    at_once(*(lambda voter=voter: vote(comment, voter) for voter in voters))

    comment.refresh_from_db()
    assert comment.up_count < VOTERS


def test_f02_with_the_lock_the_same_votes_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    comment, voters = make_comment(make_thread()), make_voters(4)
    monkeypatch.setattr(voting, "_store", _store_after(threading.Barrier(4)))

    raised = at_once(*(lambda voter=voter: vote(comment, voter) for voter in voters))

    comment.refresh_from_db()
    assert raised == []
    assert comment.up_count == comment.net_count == 4


def test_f02_eight_who_change_their_minds_all_the_time_leave_counts_that_agree_with_the_votes() -> None:
    comment, voters = make_comment(make_thread()), make_voters()

    def dither(voter: Reader) -> None:
        for number in range(VOTES_EACH):
            vote(comment, voter, (1, -1, 0)[number % 3])

    raised = at_once(*(lambda voter=voter: dither(voter) for voter in voters))

    comment.refresh_from_db()
    values = list(Vote.objects.values_list("value", flat=True))
    assert raised == []
    assert (comment.up_count, comment.down_count) == (values.count(1), values.count(-1))
    assert list(counting.differences()) == []


def test_f06_one_form_sent_by_eight_at_once_is_one_comment() -> None:
    thread = make_thread()

    raised = at_once(*[lambda: write(thread, key="one")] * VOTERS)

    thread.refresh_from_db()
    assert raised == []
    assert Comment.objects.count() == thread.comments_count == 1


def test_comments_and_replies_at_once_are_all_counted() -> None:
    thread = make_thread()
    root = make_comment(thread)

    raised = at_once(
        *(lambda n=n: write(thread, key=str(n), answers=root, name=f"Neighbour {n}") for n in range(VOTERS))
    )

    root.refresh_from_db()
    thread.refresh_from_db()
    assert raised == []
    assert (root.replies_count, thread.comments_count) == (VOTERS, VOTERS + 1)


def test_closing_and_posting_do_not_cross() -> None:
    thread = make_thread()

    raised = at_once(
        *(lambda n=n: write(thread, key=str(n), name=f"Neighbour {n}") for n in range(VOTERS)),
        lambda: close_thread(thread=Thread.objects.get(pk=thread.pk), at=timezone.now()),
    )

    thread.refresh_from_db()
    assert thread.closed_at
    assert all(isinstance(error, ThreadClosed) for error in raised)
    assert Comment.objects.count() == thread.comments_count == VOTERS - len(raised)
