"""Pure: the figures of a fund-raising meter in a saved page, such as `0 $`, `2,500 $`, `5,000 $`, `1,440 $`.

A meter writes its scale first (start, marks on the way, goal) and then what is raised. The scale rises, so the first
figure that falls is what is raised; when none falls, the last one is taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from readership.funding.money import CURRENCIES, exponent
from readership.portability.sources.saved_page_lines import Certainty, Line

SIGNS = {
    "$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "€": "EUR", "£": "GBP",
    "¥": "JPY", "₽": "RUB", "₴": "UAH", "₹": "INR", "₺": "TRY", "₪": "ILS", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "kr": "SEK", "kr.": "DKK", "Fr.": "CHF",
}  # fmt: skip
DOLLARS = {"AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "USD"}
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)) + "|[A-Z]{3}"
_WORD = r"raised|so far|collected|received|goal|target|needed"
FIGURE = re.compile(
    rf"(?:(?P<word>{_WORD})\s*:?\s*)?(?:(?P<before>{_SIGN})\s*)?(?P<number>\d[\d.,'’ \u00a0\u202f]{{0,20}})\s*"
    rf"(?P<after>{_SIGN})?(?:\s+(?P<end>{_WORD}))?",
    re.IGNORECASE,
)
_DECIMALS = r"(?:(?P<point>[.,])(?P<decimals>\d{1,2}))?"
GROUPED = re.compile(rf"(?P<whole>\d{{1,3}}(?P<group>[.,'’ \u00a0\u202f])\d{{3}}(?:(?P=group)\d{{3}})*){_DECIMALS}")
PLAIN = re.compile(rf"(?P<whole>\d+){_DECIMALS}")
FEWEST, MOST = 2, 12
GOALS = {"goal", "target", "needed"}


@dataclass(frozen=True)
class Figure:
    """A line that is a sum and nothing else. `word`: "goal" or "raised" when the line says which it is."""

    line: Line
    value: Decimal
    currency: str
    word: str = ""

    @property
    def minor(self) -> int:
        return int(self.value.scaleb(exponent(self.currency)))


@dataclass(frozen=True)
class MeterFound:
    goal: Figure
    raised: Figure
    marks: tuple[Figure, ...]
    start: Figure | None
    certainty: Certainty
    why: str


def figures_of(lines: Sequence[Line], *, dollar: str) -> list[Figure]:
    """The first run of lines that are sums. `dollar`: whose dollar a bare $ is."""
    run: list[Figure] = []
    for line in lines:
        figure = read_figure(line, dollar=dollar)
        if figure:
            run.append(figure)
        elif len(run) >= FEWEST:
            break
        else:
            run = []
    return run if FEWEST <= len(run) <= MOST else []


def read_figure(line: Line, *, dollar: str) -> Figure | None:
    found = FIGURE.fullmatch(line.text)
    if not found or bool(found["before"]) == bool(found["after"]):
        return None
    sign = found["before"] or found["after"]
    currency = dollar if sign == "$" else SIGNS.get(sign, sign.upper())
    value = _value(found["number"])
    if currency not in CURRENCIES or value is None:
        return None
    if value.scaleb(exponent(currency)) % 1:
        return None
    word = (found["word"] or found["end"] or "").lower()
    return Figure(line, value, currency, ("goal" if word in GOALS else "raised") if word else "")


def _value(written: str) -> Decimal | None:
    """`2,500` and `2.500` are two thousand five hundred; `1,440.50` and `1.440,50` have a fraction."""
    found = GROUPED.fullmatch(written.strip()) or PLAIN.fullmatch(written.strip())
    if not found or ("group" in found.groupdict() and found["group"] == found["point"]):
        return None
    whole = "".join(character for character in found["whole"] if character.isdigit())
    return Decimal(f"{whole}.{found['decimals'] or 0}")


def read_meter(figures: Sequence[Figure]) -> MeterFound | None:
    """None when the figures make no meter: then they are shown as not understood."""
    if len(figures) < FEWEST or len({figure.currency for figure in figures}) > 1:
        return None
    found = _by_words(figures) or _by_order(figures)
    return found if found and found.goal.value > 0 else None


def _by_words(figures: Sequence[Figure]) -> MeterFound | None:
    goal = next((figure for figure in figures if figure.word == "goal"), None)
    raised = next((figure for figure in figures if figure.word == "raised"), None)
    if not goal or not raised:
        return None
    rest = [figure for figure in figures if figure not in (goal, raised)]
    return _found(goal, raised, rest, "sure", _("The figures say themselves which is the goal and which is raised."))


def _by_order(figures: Sequence[Figure]) -> MeterFound | None:
    *scale, last = figures
    if len(figures) == FEWEST:
        goal, raised = sorted(figures, key=lambda figure: -figure.value)
        return _found(goal, raised, [], "unsure", _("Of two figures, the larger is taken for the goal."))
    if _rises(scale):
        is_within = last.value <= scale[-1].value
        why = (
            _("The figures rise from start to goal; the last falls back, so it is what was raised.")
            if is_within
            else _("All figures rise; the last is taken for what was raised, more than the goal before it.")
        )
        return _found(scale[-1], last, scale[:-1], "sure" if is_within else "unsure", why)
    first, *others = figures
    if _rises(others):
        why = _("All figures but the first rise, so the first is taken for what was raised.")
        return _found(others[-1], first, others[:-1], "unsure", why)
    return None


def _rises(figures: Sequence[Figure]) -> bool:
    return all(before.value < after.value for before, after in pairwise(figures))


def _found(goal: Figure, raised: Figure, rest: Sequence[Figure], certainty: Certainty, why: str) -> MeterFound:
    start = next((figure for figure in rest if not figure.value), None)
    marks = tuple(figure for figure in rest if 0 < figure.value < goal.value)
    return MeterFound(goal, raised, marks, start, certainty, why)
