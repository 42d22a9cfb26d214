"""Classes of size make sense in their currency, and nobody stands alone in one (attack L13)."""

from __future__ import annotations

import pytest

from readership.funding.size_classes import SizeClass, Way, bounds, joined_classes, joined_ways


@pytest.mark.parametrize(
    ("currency", "edges"),
    [
        ("USD", [1_000, 5_000, 25_000]),
        ("JPY", [1_000, 5_000, 25_000]),
        ("KWD", [10_000, 50_000, 250_000]),
        ("INR", [100_000, 500_000, 2_500_000]),
        ("KRW", [10_000, 50_000, 250_000]),
    ],
)
def test_bounds_are_worth_about_the_same_everywhere(currency: str, edges: list[int]) -> None:
    assert [end for _begin, end in bounds(currency)] == [*edges, None]
    assert [begin for begin, _end in bounds(currency)] == [0, *edges]


def classes(*counts: int) -> list[SizeClass]:
    edges = [0, 10, 50, 250, None]
    return [SizeClass(edges[n] or 0, edges[n + 1], count, count * 100) for n, count in enumerate(counts)]


# Counts of givers in four classes, and what is left: (from, count).
@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ((3, 3, 3, 3), [(0, 3), (10, 3), (50, 3), (250, 3)]),
        ((0, 5, 0, 4), [(0, 0), (10, 5), (50, 0), (250, 4)]),
        ((1, 5, 3, 3), [(0, 6), (50, 3), (250, 3)]),
        ((3, 3, 3, 1), [(0, 3), (10, 3), (50, 4)]),
        ((1, 1, 1, 1), [(0, 4)]),
        ((1, 0, 0, 0), [(0, 1)]),
        ((5, 0, 0, 2), [(0, 7)]),
    ],
)
def test_a_class_of_too_few_goes_together_with_the_next(counts: tuple[int, ...], left: list[tuple[int, int]]) -> None:
    found = joined_classes(classes(*counts))

    assert [(one.at_least, one.givers_count) for one in found] == left
    assert sum(one.sum_minor for one in found) == 100 * sum(counts)
    assert found[-1].below is None


def way(kind: str, givers: int, minor: int) -> Way:
    return Way((kind,), givers, givers, minor)


@pytest.mark.parametrize(
    ("ways", "left"),
    [
        ([way("a", 5, 50), way("b", 3, 90)], [("b",), ("a",)]),
        ([way("a", 5, 50), way("b", 1, 90), way("c", 2, 10)], [("b", "c", "a")]),
        ([way("a", 5, 50), way("b", 4, 20), way("c", 1, 10)], [("a",), ("c", "b")]),
        ([way("a", 2, 50)], [("a",)]),
        ([], []),
    ],
)
def test_ways_of_too_few_are_told_together(ways: list[Way], left: list[tuple[str, ...]]) -> None:
    found = joined_ways(ways)

    assert [one.kinds for one in found] == left
    assert sum(one.sum_minor for one in found) == sum(one.sum_minor for one in ways)
