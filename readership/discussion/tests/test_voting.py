"""Votes: one per person, changeable; counts equal rows (attacks F01 to F04, C04)."""

from __future__ import annotations

from threading import Thread as Runner

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from readership.discussion.errors import NotThere, VoteRefused, VotesFrozen
from readership.discussion.models import Comment, State, Vote
from readership.discussion.ranking import best_rank
from readership.discussion.tests.makers import make_comment, make_guest, make_reader, make_thread, write
from readership.discussion.voting import Cast, cast_vote, freeze_votes, thaw_votes
from readership.readers.models import Guest
from readership.readers.speaking import NOBODY, Speaker


def vote(comment: Comment, value: int, speaker: Speaker = NOBODY, network: str = "here") -> Cast:
    cast = cast_vote(comment_id=comment.pk, speaker=speaker, value=value, network=network, now=timezone.now())
    comment.refresh_from_db()
    return cast


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("votes", "up", "down"),
    [
        ([1], 1, 0),
        ([1, 1], 1, 0),  # the same vote again changes nothing
        ([1, -1], 0, 1),  # changed
        ([1, 0], 0, 0),  # taken back
        ([-1, 0, 1], 1, 0),
        ([0], 0, 0),
    ],
)
def test_a_person_has_one_vote(votes: list[int], up: int, down: int) -> None:
    comment = make_comment(make_thread())
    reader = Speaker(reader=make_reader())

    for value in votes:
        vote(comment, value, reader)

    assert (comment.up_count, comment.down_count, comment.net_count) == (up, down, up - down)
    assert comment.best_rank == best_rank(up, down)
    assert Vote.objects.count() == up + down


@pytest.mark.django_db
def test_f01_a_guest_who_throws_the_cookie_away_changes_the_first_vote() -> None:
    comment = make_comment(make_thread())

    vote(comment, 1, network="here")
    for _try in range(5):
        vote(comment, 1, network="here")
    vote(comment, 1, network="elsewhere")

    assert comment.up_count == comment.guest_up_count == Vote.objects.count() == 2


@pytest.mark.django_db
def test_f01_votes_of_guests_are_counted_apart() -> None:
    comment = make_comment(make_thread())

    vote(comment, 1, Speaker(reader=make_reader()))
    vote(comment, -1, make_guest(), network="a")
    vote(comment, 1, make_guest(), network="b")

    assert (comment.up_count, comment.down_count) == (2, 1)
    assert (comment.guest_up_count, comment.guest_down_count) == (1, 1)


@pytest.mark.django_db
def test_f01_frozen_votes_wait_for_guests_only() -> None:
    comment = make_comment(make_thread())
    freeze_votes(comment_id=comment.pk, now=timezone.now())

    with pytest.raises(VotesFrozen):
        vote(comment, 1)
    vote(comment, 1, Speaker(reader=make_reader()))
    thaw_votes(comment_id=comment.pk)
    vote(comment, 1)

    assert comment.up_count == 2


@pytest.mark.django_db
def test_f04_nobody_votes_on_the_own_comment() -> None:
    guest = make_guest()
    comment = write(make_thread(), speaker=guest).comment

    with pytest.raises(VoteRefused):
        vote(comment, 1, guest)
    assert Vote.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_f04_what_is_not_shown_takes_no_votes(state: State) -> None:
    comment = make_comment(make_thread(), state=state)

    with pytest.raises(NotThere):
        vote(comment, 1)
    assert Guest.objects.count() == 0


@pytest.mark.django_db
def test_c04_a_guest_and_a_reader_of_the_same_number_are_two_people() -> None:
    comment = make_comment(make_thread())
    reader, guest = make_reader(), make_guest()
    Guest.objects.filter(pk=guest.guest.pk).update(id=reader.pk)  # type: ignore[union-attr]
    twin = Speaker(guest=Guest.objects.get(pk=reader.pk))

    vote(comment, 1, Speaker(reader=reader))
    vote(comment, 1, twin)

    assert comment.up_count == 2


@pytest.mark.django_db(transaction=True)
def test_f02_votes_at_the_same_moment_are_all_counted() -> None:
    comment = make_comment(make_thread())
    voters = [make_guest(f"Guest {number}") for number in range(8)]

    def one(number: int) -> None:
        try:
            for value in (1, -1, 1):
                cast_vote(
                    comment_id=comment.pk,
                    speaker=voters[number],
                    value=value,
                    network=str(number),
                    now=timezone.now(),
                )
        finally:
            connection.close()

    runners = [Runner(target=one, args=(number,)) for number in range(8)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    close_old_connections()

    comment.refresh_from_db()
    assert comment.up_count == Vote.objects.filter(value=1).count() == 8
    assert comment.down_count == 0
