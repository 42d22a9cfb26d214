"""Sums in a saved page, and what they are of a meter."""

from __future__ import annotations

import pytest

from readership.portability.sources.saved_page_figures import figures_of, read_figure, read_meter
from readership.portability.sources.saved_page_lines import Line, lines_of


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("0 $", 0, "USD"),
        ("$0", 0, "USD"),
        ("2,500 $", 250_000, "USD"),
        ("$2,500.50", 250_050, "USD"),
        ("2.500 €", 250_000, "EUR"),
        ("2.500,50 €", 250_050, "EUR"),
        ("2 500 €", 250_000, "EUR"),
        ("€1,440", 144_000, "EUR"),
        ("£12.5", 1_250, "GBP"),
        ("12'000 CHF", 1_200_000, "CHF"),
        ("1,234,567 $", 123_456_700, "USD"),
        ("5,000 ¥", 5_000, "JPY"),
        ("Raised: 1,440 $", 144_000, "USD"),
        ("€ 4.200 raised", 420_000, "EUR"),
    ],
)
def test_a_line_that_is_a_sum_is_read(text: str, minor: int, currency: str) -> None:
    figure = read_figure(Line(1, text, 0), dollar="USD")

    assert figure is not None
    assert (figure.minor, figure.currency) == (minor, currency)


@pytest.mark.parametrize(
    "text",
    ["2500", "$ and more", "We raised $5 today", "$5€", "5 XXL", "1.234.5 $", "¥5.5", "1,2,3.4,5 $", "2021", "3 days"],
)
def test_a_line_that_says_more_or_less_than_a_sum_is_none(text: str) -> None:
    assert read_figure(Line(1, text, 0), dollar="USD") is None


# start, marks, goal, raised; how sure
@pytest.mark.parametrize(
    ("texts", "expected", "certainty"),
    [
        (["0 $", "2,500 $", "5,000 $", "1,440 $"], (5_000, 1_440, [2_500]), "sure"),
        (["$0", "$5,000", "$1,440"], (5_000, 1_440, []), "sure"),
        (["0 €", "1.000 €", "2.000 €", "5.000 €", "700 €"], (5_000, 700, [1_000, 2_000]), "sure"),
        # Without the start, the fall still tells.
        (["2,500 $", "5,000 $", "1,440 $"], (5_000, 1_440, [2_500]), "sure"),
        # More than the goal: then all of them rise.
        (["0 $", "2,500 $", "5,000 $", "6,100 $"], (5_000, 6_100, [2_500]), "unsure"),
        (["1,440 $", "0 $", "2,500 $", "5,000 $"], (5_000, 1_440, [2_500]), "unsure"),
        (["1,440 $", "5,000 $"], (5_000, 1_440, []), "unsure"),
        (["Goal: $5,000", "Raised: $6,000"], (5_000, 6_000, []), "sure"),
    ],
)
def test_a_meter_is_read_from_its_figures(
    texts: list[str], expected: tuple[int, int, list[int]], certainty: str
) -> None:
    meter = read_meter(figures_of(lines_of("\n".join(texts)), dollar="USD"))

    assert meter is not None
    assert (int(meter.goal.value), int(meter.raised.value), [int(mark.value) for mark in meter.marks]) == expected
    assert meter.certainty == certainty


@pytest.mark.parametrize("texts", [["5 $"], ["5 $", "7 €"], ["9 $", "5 $", "9 $", "5 $"], ["0 $", "0 $"], ["1 $"] * 30])
def test_sums_that_make_no_meter_are_not_forced_into_one(texts: list[str]) -> None:
    assert read_meter(figures_of(lines_of("\n".join(texts)), dollar="USD")) is None
