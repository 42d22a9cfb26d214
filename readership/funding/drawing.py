"""Pure: where things stand in the pictures we draw. Whole numbers only; positions are SVG attributes.

SVG takes percents of its own width without a viewBox: the pictures fit any width and text is never stretched.
No picture needs a style attribute, which our content policy would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from readership.funding.money import Money
from readership.funding.parts import MeterMark, MonthPair, MonthSum, Share, Tick

FULL = 10_000  # hundredths of a percent
# A phone 320 px wide leaves 288 px for the rule; a letter of the label takes about 7 of them.
LETTER = FULL * 7 // 288
GAP = LETTER
FEWEST_BARS = 6  # of fewer months each is drawn no wider
FIRST_LINE, LINE = 22, 14  # tenths of an em from the top: the first row of labels, and from row to row


def place(minor: int, goal_minor: int) -> int:
    """Where `minor` stands on a rule that ends at `goal_minor`: hundredths of a percent, never rounded up."""
    return min(max(minor * FULL // goal_minor, 0), FULL)


def stretch(raised: Money, coming: Money, goal: Money, *, is_rtl: bool) -> tuple[str, str]:
    """Where what is promised begins and ends on the rule: from the end of what was raised, and never past the goal."""
    begin, end = place(raised.minor, goal.minor), place((raised + coming).minor, goal.minor)
    return (percent(FULL - begin), percent(FULL - end)) if is_rtl else (percent(begin), percent(end))


def percent(hundredths: int) -> str:
    """2880 → "28.8%". A string, so that no template writes it with a comma."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def em(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}em"


def ticks(start: str, goal: str, marks: tuple[MeterMark, ...], goal_minor: int, *, is_rtl: bool) -> tuple[Tick, ...]:
    """Start, goal and marks, their labels below their places, each in the first row where it touches none."""
    wanted = [(start, 0, False), (goal, FULL, False)]
    wanted += [(f"{mark.text} {mark.label}", place(mark.at_minor, goal_minor), True) for mark in marks]
    rows: list[list[tuple[int, int]]] = []
    placed = []
    for text, at, is_mark in wanted:
        anchor, begin, end = _span(at, _width(text))
        row = _free_row(rows, begin, end)
        x = FULL - at if is_rtl else at
        placed.append(Tick(text, percent(x), anchor, row, em(FIRST_LINE + LINE * row), is_mark))
    return tuple(placed)


def height(placed: tuple[Tick, ...]) -> str:
    return em(FIRST_LINE + LINE * max(tick.row for tick in placed) + LINE // 2)


def _span(at: int, width: int) -> tuple[str, int, int]:
    """(text-anchor, begin, end): centred below its place unless it would leave the rule."""
    if at - width // 2 < 0:
        return "start", at, at + width
    if at + width // 2 > FULL:
        return "end", at - width, at
    return "middle", at - width // 2, at + width // 2


def _free_row(rows: list[list[tuple[int, int]]], begin: int, end: int) -> int:
    for number, row in enumerate(rows):
        if all(end + GAP <= left or right + GAP <= begin for left, right in row):
            row.append((begin, end))
            return number
    rows.append([(begin, end)])
    return len(rows) - 1


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text) * LETTER


@dataclass(frozen=True)
class Bar:
    month: MonthSum
    x: str
    width: str
    y: str
    height: str
    middle: str


def bars(months: list[MonthSum], *, is_rtl: bool) -> tuple[Bar, ...]:
    """One bar a month, the largest as high as the picture; a month without gifts has none."""
    largest = max((month.sum.minor for month in months), default=0)
    step = FULL // max(len(months), FEWEST_BARS)
    drawn = []
    for number, month in enumerate(months):
        left = FULL - step * (number + 1) if is_rtl else step * number
        tall = place(month.sum.minor, largest) if largest > 0 else 0
        drawn.append(
            Bar(
                month,
                x=percent(left + step // 8),
                width=percent(step * 3 // 4),
                y=percent(FULL - tall),
                height=percent(tall),
                middle=percent(left + step // 2),
            )
        )
    return tuple(drawn)


@dataclass(frozen=True)
class PairOfBars:
    pair: MonthPair
    first: Place
    second: Place
    middle: str


@dataclass(frozen=True)
class Place:
    """Of one upright bar: SVG attributes."""

    x: str
    width: str
    y: str
    height: str


def pairs(months: list[MonthPair], *, is_rtl: bool) -> tuple[PairOfBars, ...]:
    """Two bars a month on one scale, the larger count of all as high as the picture."""
    largest = max((max(month.first, month.second) for month in months), default=0)
    step = FULL // max(len(months), 1)
    drawn = []
    for number, month in enumerate(months):
        left = FULL - step * (number + 1) if is_rtl else step * number
        sides = (left + step // 2, left + step // 8) if is_rtl else (left + step // 8, left + step // 2)
        first, second = (
            _upright(at, step * 3 // 8, count, largest)
            for at, count in zip(sides, (month.first, month.second), strict=True)
        )
        drawn.append(PairOfBars(month, first, second, percent(left + step // 2)))
    return tuple(drawn)


def _upright(left: int, width: int, count: int, largest: int) -> Place:
    tall = place(count, largest) if largest > 0 else 0
    return Place(x=percent(left), width=percent(width), y=percent(FULL - tall), height=percent(tall))


@dataclass(frozen=True)
class Lying:
    """One lying bar, `width` of the largest."""

    share: Share
    x: str
    width: str


def lying(shares: list[Share], *, is_rtl: bool) -> tuple[Lying, ...]:
    """Bars that lie below each other, the largest as long as the picture is wide."""
    largest = max((share.sum.minor for share in shares), default=0)
    drawn = []
    for share in shares:
        long = place(share.sum.minor, largest) if largest > 0 else 0
        drawn.append(Lying(share, x=percent(FULL - long if is_rtl else 0), width=percent(long)))
    return tuple(drawn)
