"""Pure: signed sums as CSV files write them: "-1.234,56", "1'234.50 CHF", "12,00-", "(12.00)", "+5"."""

from __future__ import annotations

import re

from readership.funding.bank.figures import join, unclear_sum

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
# A currency before or behind the figures, with the sign on either side of it.
CURRENCY = r"(?:[A-Za-z]{2,3}\.?|zł|[€$£¥])"
AROUND = re.compile(rf"^([-+(]?){CURRENCY}|{CURRENCY}([-+)]?)$")
MARKS = {",": r"[.'’]", ".": r"[,'’]"}  # between thousands, by what stands before decimals
GRAMMARS = {
    point: re.compile(rf"([0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]{{1,15}})(?:{re.escape(point)}([0-9]{{0,6}}))?")
    for point, mark in MARKS.items()
}
NOT_FIGURES = re.compile(r"[^0-9]")


def read_signed(text: str, *, decimal_mark: str, currency: str) -> int:
    """In minor units. What could be two sums is refused. Raises LineUnclear."""
    figures = SPACES.sub("", text).replace("−", "-").replace("–", "-")
    figures = AROUND.sub(lambda found: (found[1] or "") + (found[2] or ""), figures)
    is_negative = figures.startswith(("-", "(")) or figures.endswith("-")
    match = GRAMMARS[decimal_mark].fullmatch(figures.strip("+-()"))
    if not match:
        raise unclear_sum(text)
    minor = join(NOT_FIGURES.sub("", match[1]), match[2] or "", currency, text)
    return -minor if is_negative else minor


def decimal_mark_of(sums: list[str]) -> str:
    """The sign that stands before decimals in these: the last one of two kinds, or one that is no thousands mark."""
    votes = {",": 0, ".": 0}
    for text in sums:
        marks = [letter for letter in text if letter in votes]
        if len(set(marks)) > 1 or (marks and not re.search(r"[.,][0-9]{3}(?![0-9])", text)):
            votes[marks[-1]] += 1
    return "." if votes["."] > votes[","] else ","
