"""Pure: the meter as a picture of fixed size, for pages that can show a picture and nothing else.

SVG breaks no lines, so they are broken here, by widths that any sans-serif font keeps to.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from readership.funding.parts import Meter

WIDTH, MARGIN = 480, 20
TITLE_STEP, TITLE_LETTER = 24, 10
TEXT_STEP, TEXT_LETTER = 20, 8
GAP = 14
# One em of the drawing's labels, in which its own places are given.
EM = 13


@dataclass(frozen=True)
class TextLine:
    text: str
    y: int
    kind: str


@dataclass(frozen=True)
class Picture:
    """`start` is where lines of text begin: at the left, or at the right where text runs to the left."""

    meter: Meter
    lines: tuple[TextLine, ...]
    is_rtl: bool
    start: int
    rule_y: int
    rule_width: int
    height: int
    width: int = WIDTH
    margin: int = MARGIN


def picture(meter: Meter, *, is_rtl: bool) -> Picture:
    lines: list[TextLine] = []
    y = MARGIN - 4
    for text, kind, letter, step in (
        (meter.title, "title", TITLE_LETTER, TITLE_STEP),
        (meter.sentence, "said", TEXT_LETTER, TEXT_STEP),
        (meter.promised_text, "promised", TEXT_LETTER, TEXT_STEP),
    ):
        for part in broken(text, (WIDTH - 2 * MARGIN) // letter):
            y += step
            lines.append(TextLine(part, y, kind))
    rule_y = y + GAP
    return Picture(
        meter=meter,
        lines=tuple(lines),
        is_rtl=is_rtl,
        start=WIDTH - MARGIN if is_rtl else MARGIN,
        rule_y=rule_y,
        rule_width=WIDTH - 2 * MARGIN,
        height=rule_y + drawing_height(meter) + MARGIN // 2,
    )


def drawing_height(meter: Meter) -> int:
    """Of the rule and the rows of labels below it."""
    rows = 1 + max(tick.row for tick in meter.ticks)
    return (15 + 14 * rows) * EM // 10


def broken(text: str, room: int) -> list[str]:
    """Lines of at most `room` letters, broken between words; a longer word is broken where the line ends."""
    lines: list[str] = []
    for word in text.split():
        if lines and _letters(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room)
    return lines


def _pieces(word: str, room: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if _letters(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
