"""The mark “agreed across groups” is set and cleared from the votes of the whole site, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from readership.discussion.agreeing import mark_agreed
from readership.discussion.models import Badge, Comment, State, Thread, Vote
from readership.discussion.tests.makers import make_comment, make_reader, make_thread
from readership.discussion.wording import agreed_sentence
from readership.pagecache.generations import Generations, counters
from readership.readers.models import Guest, Reader
from readership.readers.speaking import Speaker

pytestmark = pytest.mark.django_db
NOW = timezone.now()
VOTERS = 40


@pytest.fixture
def voters() -> list[Reader | Guest]:
    """Twenty readers and twenty guests, in turn; so that each camp has both."""
    readers = Reader.objects.bulk_create([Reader(email=f"{n}@example.org", name=f"Reader {n}") for n in range(20)])
    guests = Guest.objects.bulk_create([Guest(secret_hash=f"{n:064}") for n in range(20)])
    voters: list[Reader | Guest] = []
    for number in range(0, 20, 2):
        voters += [*readers[number : number + 2], *guests[number : number + 2]]
    return voters


def vote(comment: Comment, voters: Iterable[Reader | Guest], value: int = 1) -> None:
    Vote.objects.bulk_create(
        Vote(
            comment=comment,
            reader=one if isinstance(one, Reader) else None,
            guest=one if isinstance(one, Guest) else None,
            value=value,
        )
        for one in voters
    )


def make_camps(thread: Thread, voters: list[Reader | Guest]) -> list[Comment]:
    """Eight comments, each loved by one half of the voters and not by the other."""
    comments = [make_comment(thread, text=f"Claim {number}") for number in range(8)]
    for number, comment in enumerate(comments):
        vote(comment, voters[number % 2 :: 2])
        vote(comment, voters[(number + 1) % 2 :: 2], -1)
    return comments


def marked() -> set[int]:
    return set(Comment.objects.filter(agreed_at__isnull=False).values_list("pk", flat=True))


def test_what_both_camps_like_is_marked_in_whichever_thread_it_stands(voters: list[Reader | Guest]) -> None:
    make_camps(make_thread(), voters)
    bridge = make_comment(make_thread(), text="The pier leaks.")
    vote(bridge, voters)

    assert mark_agreed(now=NOW) == 1

    assert marked() == {bridge.pk}
    bridge.refresh_from_db()
    assert bridge.agreed_at == NOW


def test_a_mark_stays_as_it_was_set_and_goes_when_votes_no_longer_bear_it(voters: list[Reader | Guest]) -> None:
    make_camps(make_thread(), voters)
    bridge = make_comment(make_thread())
    vote(bridge, voters)
    mark_agreed(now=NOW)

    assert mark_agreed(now=NOW + timedelta(days=1)) == 0
    bridge.refresh_from_db()
    assert bridge.agreed_at == NOW

    bridge.votes.filter(pk__in=bridge.votes.order_by("pk").values("pk")[: VOTERS // 2 + 10]).update(value=-1)
    assert mark_agreed(now=NOW + timedelta(days=2)) == 1
    assert marked() == set()


def test_too_few_voters_leave_nothing_marked(voters: list[Reader | Guest]) -> None:
    bridge = make_comment(make_thread())
    Comment.objects.filter(pk=bridge.pk).update(agreed_at=NOW)
    vote(bridge, voters)

    mark_agreed(now=NOW)

    assert marked() == set()


@pytest.mark.parametrize("values", [{"state": State.REMOVED}, {"state": State.HELD}, {"votes_frozen_at": NOW}])
def test_what_is_not_shown_or_in_doubt_is_not_marked(voters: list[Reader | Guest], values: dict[str, Any]) -> None:
    make_camps(make_thread(), voters)
    bridge = make_comment(make_thread())
    vote(bridge, voters)
    mark_agreed(now=NOW)
    Comment.objects.filter(pk=bridge.pk).update(**values)

    mark_agreed(now=NOW)

    assert marked() == set()


def test_money_rank_and_age_of_an_account_raise_nothing(voters: list[Reader | Guest]) -> None:
    """Two comments with the same votes of one camp; all that a writer can have stands behind the second."""
    thread = make_thread()
    make_camps(thread, voters)
    Reader.objects.filter(pk__in=[one.pk for one in voters[::2] if isinstance(one, Reader)]).update(
        is_staff=True, joined_at=NOW - timedelta(days=9_000)
    )
    plain = make_comment(thread, minutes_ago=1)
    old_staff = make_reader(is_staff=True)
    grand = make_comment(thread, speaker=Speaker(reader=old_staff), minutes_ago=900_000, is_pinned=True, up=900)
    Comment.objects.filter(pk=grand.pk).update(badge=Badge.STAFF, featured_at=NOW)
    for comment in (plain, grand):
        vote(comment, voters[::2])

    mark_agreed(now=NOW)
    assert marked() == set()

    vote(plain, voters[1::2])
    mark_agreed(now=NOW)
    assert marked() == {plain.pk}


def test_only_the_threads_that_changed_are_drawn_anew(
    voters: list[Reader | Guest], django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    camps, thread = make_thread(), make_thread()
    make_camps(camps, voters)
    vote(make_comment(thread), voters)
    generations = Generations(counters())
    before = generations.snapshot()

    with django_capture_on_commit_callbacks(execute=True):
        mark_agreed(now=NOW)

    assert not generations.are_unchanged(generations.tags({thread.tag}, at=before))
    assert generations.are_unchanged(generations.tags({camps.tag}, at=before))


def test_readers_and_guests_of_one_number_are_two_voters(voters: list[Reader | Guest]) -> None:
    """Reader 7 and guest 7 stand in different camps: taken for one, the camps would be gone."""
    readers = [one for one in voters if isinstance(one, Reader)]
    guests = [one for one in voters if isinstance(one, Guest)]
    thread = make_thread()
    for number in range(8):
        comment = make_comment(thread)
        vote(comment, readers, 1 if number % 2 else -1)
        vote(comment, guests, -1 if number % 2 else 1)
    bridge = make_comment(thread)
    vote(bridge, voters)

    mark_agreed(now=NOW)

    assert marked() == {bridge.pk}


def test_the_number_of_queries_does_not_grow_with_the_votes(
    voters: list[Reader | Guest], django_assert_max_num_queries: Any
) -> None:
    make_camps(make_thread(), voters)
    for _each in range(5):
        vote(make_comment(make_thread()), voters)

    with django_assert_max_num_queries(8):  # of them two savepoints
        assert mark_agreed(now=NOW) == 5


def test_the_command_says_what_it_did(voters: list[Reader | Guest], capsys: pytest.CaptureFixture[str]) -> None:
    make_camps(make_thread(), voters)
    vote(make_comment(make_thread()), voters)

    call_command("mark_agreed")

    assert "1 comments marked or cleared." in capsys.readouterr().out


def test_the_mark_explains_itself_where_it_stands() -> None:
    comment = make_comment(make_thread())
    assert agreed_sentence(comment) == ""

    comment.agreed_at = timezone.now()
    assert "usually vote differently" in agreed_sentence(comment)

    comment.state = State.REMOVED
    assert agreed_sentence(comment) == ""
