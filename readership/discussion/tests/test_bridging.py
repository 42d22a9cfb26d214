"""What counts as liked by groups that usually disagree, on worked examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import numpy as np
import pytest

from readership.discussion.bridging import Votes, agreed_comments

BRIDGE, ONE_CAMP = 100, 101
Rows = list[tuple[int, int, int]]


def camps(*, size: int = 30, comments: int = 12) -> Rows:
    """Two camps, even voters and odd ones. Even comments please the even, odd ones the odd; some votes are missing."""
    return [
        (voter, comment, 1 if voter % 2 == comment % 2 else -1)
        for voter in range(2 * size)
        for comment in range(comments)
        if (voter + comment) % 4
    ]


def vote(comment: int, voters: Iterable[int], value: int = 1) -> Rows:
    return [(voter, comment, value) for voter in voters]


def agreed(rows: Rows) -> set[int]:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return set(agreed_comments(Votes(*columns)))


def test_a_comment_that_both_camps_like_is_marked_and_those_of_one_camp_are_not() -> None:
    assert agreed(camps() + vote(BRIDGE, range(0, 60, 3))) == {BRIDGE}


def test_a_comment_that_only_one_camp_voted_on_is_not_marked() -> None:
    assert agreed(camps() + vote(BRIDGE, range(60)) + vote(ONE_CAMP, range(0, 60, 2))) == {BRIDGE}


def test_many_votes_of_one_camp_do_not_outweigh_the_other() -> None:
    rows = vote(ONE_CAMP, range(0, 60, 2)) + vote(ONE_CAMP, range(1, 11, 2), 1) + vote(ONE_CAMP, range(11, 21, 2), -1)

    assert agreed(camps() + rows) == set()


def test_two_stray_votes_from_the_other_camp_are_not_agreement() -> None:
    assert agreed(camps() + vote(ONE_CAMP, [*range(0, 60, 2), 1, 3])) == set()


@pytest.mark.parametrize("rows", [[], [(1, 1, 1)], camps(size=14) + vote(BRIDGE, range(28))])
def test_too_few_voters_say_nothing(rows: Rows) -> None:
    assert agreed(rows) == set()


def test_too_few_votes_on_a_comment_say_nothing_of_it() -> None:
    assert agreed(camps() + vote(BRIDGE, range(9))) == set()
    assert agreed(camps() + vote(BRIDGE, range(10))) == {BRIDGE}


def test_a_few_of_another_mind_are_no_group() -> None:
    few = [row for row in camps() if row[0] % 2 == 0 or row[0] < 18]

    assert agreed(few + vote(BRIDGE, range(60))) == set()


def test_where_nearly_everything_is_liked_to_be_liked_says_nothing() -> None:
    liked_by_all = [row for comment in range(200, 230) for row in vote(comment, range(60))]

    assert agreed(camps() + liked_by_all) == set()


def test_a_brigade_of_two_hundred_new_voters_marks_nothing() -> None:
    strangers = range(1_000, 1_200)

    assert agreed(camps() + vote(ONE_CAMP, [*range(0, 60, 2), *strangers])) == set()
    assert agreed(camps() + vote(ONE_CAMP, strangers)) == set()


def test_who_voted_only_a_few_times_speaks_for_no_side() -> None:
    newcomers = range(1_001, 1_061, 2)
    partisan = [row for number in range(4) for row in vote(number, newcomers, 1 if number % 2 else -1)]
    rows = vote(BRIDGE, range(0, 60, 2)) + vote(BRIDGE, newcomers)

    assert agreed(camps() + rows + partisan[:90]) == set()
    assert agreed(camps() + rows + partisan) == {BRIDGE}


def test_a_brigade_that_votes_often_is_a_camp_and_needs_the_others_too() -> None:
    brigade = [row for comment in range(200, 206) for row in vote(comment, range(1_000, 1_200))]

    assert agreed(camps() + brigade + vote(BRIDGE, range(60))) <= {BRIDGE}


def test_a_brigade_cannot_take_a_mark_away() -> None:
    assert agreed(camps() + vote(BRIDGE, range(60)) + vote(BRIDGE, range(1_000, 1_200), -1)) == {BRIDGE}


def test_where_all_like_the_same_there_are_no_groups_and_nothing_is_said() -> None:
    rows = [(voter, comment, 1 if comment % 3 else -1) for voter in range(60) for comment in range(12)]

    assert agreed(rows) == set()


def test_where_votes_are_chance_nothing_is_said() -> None:
    chance = np.random.default_rng(7)
    rows = [(v, c, int(chance.choice([-1, 1]))) for v in range(200) for c in range(40) if chance.random() < 0.5]

    assert agreed(rows + vote(BRIDGE, range(200))) == set()


def test_where_camps_are_noisy_the_bridge_is_still_found() -> None:
    chance = np.random.default_rng(7)
    noisy = [(voter, comment, value if chance.random() < 0.85 else -value) for voter, comment, value in camps(size=60)]

    assert agreed(noisy + vote(BRIDGE, range(120))) == {BRIDGE}


def test_neither_the_order_of_votes_nor_the_numbers_of_voters_matter() -> None:
    rows = camps() + vote(BRIDGE, range(0, 60, 3))
    renumbered = [(-7 * voter - 1, comment, value) for voter, comment, value in rows]

    assert agreed(rows) == agreed(rows[::-1]) == agreed(renumbered) == {BRIDGE}


def test_there_is_nothing_but_votes_that_could_raise_a_comment() -> None:
    assert [field.name for field in fields(Votes)] == ["voters", "comments", "values"]
