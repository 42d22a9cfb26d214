"""Labels stand below their places and touch no other, on the narrowest phone too."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from readership.funding import drawing
from readership.funding.parts import MeterMark, Tick

marks = st.lists(
    st.builds(MeterMark, st.integers(1, 499_999), st.text("ab c", max_size=30), st.just("$2,500"), st.just(0)),
    max_size=5,
)


def _span(tick: Tick) -> tuple[float, float]:
    at = float(tick.x.rstrip("%")) * 2.88
    width = 7 * len(tick.text)
    begin = {"start": at, "middle": at - width / 2, "end": at - width}[tick.anchor]
    return begin, begin + width


@given(marks.map(tuple))
def test_no_two_labels_of_a_row_touch_at_320_pixels(wanted: tuple[MeterMark, ...]) -> None:
    placed = drawing.ticks("$0", "$5,000", wanted, 500_000, is_rtl=False)

    for one, other in combinations(placed, 2):
        (_left, left_end), (right, _right_end) = sorted([_span(one), _span(other)])
        assert one.row != other.row or left_end <= right + 1, (one, other)


@given(marks.map(tuple), st.booleans())
def test_every_label_stands_at_its_true_place(wanted: tuple[MeterMark, ...], is_rtl: bool) -> None:
    placed = drawing.ticks("$0", "$5,000", wanted, 500_000, is_rtl=is_rtl)

    for tick, mark in zip(placed[2:], wanted, strict=True):
        at = mark.at_minor / 5_000
        assert abs(float(tick.x.rstrip("%")) - (100 - at if is_rtl else at)) < 0.01 + 1e-9


@given(st.integers(-(10**9), 10**12), st.integers(1, 10**12))
def test_the_drawn_part_is_never_more_than_the_truth(minor: int, goal: int) -> None:
    drawn = drawing.place(minor, goal)

    assert 0 <= drawn <= drawing.FULL
    assert drawn * goal <= max(minor, 0) * drawing.FULL


def test_percents_are_written_with_a_point_in_every_language() -> None:
    assert [drawing.percent(number) for number in (0, 5, 2_880, 2_801, 10_000)] == [
        "0%",
        "0.05%",
        "28.8%",
        "28.01%",
        "100%",
    ]
