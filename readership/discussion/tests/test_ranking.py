"""Best is the Wilson lower bound: worked examples, and what must hold for any votes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readership.discussion.ranking import best_rank, wilson_lower_bound

votes = st.integers(min_value=0, max_value=1_000_000)


@pytest.mark.parametrize(
    ("up", "down", "bound"),
    [
        (0, 0, 0.0),
        (1, 0, 0.2065),
        (10, 0, 0.7225),
        (100, 0, 0.9630),
        (100, 10, 0.8407),
        (1, 1, 0.0945),
        (0, 5, 0.0),
    ],
)
def test_worked_examples(up: int, down: int, bound: float) -> None:
    assert wilson_lower_bound(up, down) == pytest.approx(bound, abs=0.0001)


def test_many_divided_votes_do_not_beat_fewer_clear_ones() -> None:
    assert best_rank(100, 0) > best_rank(1000, 900)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (best_rank(10, 0), best_rank(0, 0, is_featured=True)),
        (best_rank(6, 1), best_rank(1, 0, later=timedelta(days=5))),
        (best_rank(3, 0, is_featured=True), best_rank(4, 0)),
        (best_rank(0, 0, later=timedelta(days=1)), best_rank(0, 0)),
        (best_rank(5, 1, later=timedelta(days=3)), best_rank(5, 1)),
    ],
)
def test_votes_come_first_then_the_pick_and_the_day(better: int, worse: int) -> None:
    assert better > worse


def test_after_ten_days_the_day_counts_no_more_and_before_the_first_never() -> None:
    assert best_rank(1, 0, later=timedelta(days=10)) == best_rank(1, 0, later=timedelta(days=900))
    assert best_rank(1, 0, later=timedelta(days=-900)) == best_rank(1, 0)


@given(up=votes, down=votes)
def test_it_is_a_share(up: int, down: int) -> None:
    assert 0 <= best_rank(up, down) <= 1_000_000


@given(up=st.integers(0, 10_000), down=st.integers(0, 10_000))
def test_one_more_vote_for_never_lowers_it(up: int, down: int) -> None:
    assert best_rank(up + 1, down) >= best_rank(up, down)
