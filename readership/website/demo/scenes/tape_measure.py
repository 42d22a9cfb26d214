"""The tape where new concrete meets old stone, seen from above."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

from __future__ import annotations

from readership.website.demo.inks import (
    BONE,
    DEEP,
    FERN,
    HAZE,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    RUST,
    SLATE,
    Ink,
)
from readership.website.demo.press import Point, Sheet, curve, down, ellipse, over, rect, toward

STONES: tuple[Ink, ...] = ((104, 92, 80), (118, 104, 90), (92, 84, 78), (126, 114, 98), (98, 94, 90))
JOINT = [(936.0, -10.0), (952.0, 210.0), (930.0, 420.0), (958.0, 640.0), (940.0, 910.0)]
# How a pen writes each figure: across and down, from 0 to 1.
STROKES: dict[str, tuple[Point, ...]] = {
    "0": ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9), (0.1, 0.1)),
    "1": ((0.2, 0.2), (0.5, 0), (0.5, 1)),
    "2": ((0, 0.15), (0.5, 0), (1, 0.25), (0, 1), (1, 1)),
    "3": ((0, 0), (1, 0), (0.4, 0.4), (1, 0.7), (0.5, 1), (0, 0.9)),
    "4": ((0.75, 1), (0.75, 0), (0, 0.65), (1, 0.65)),
    "5": ((1, 0), (0.1, 0), (0, 0.45), (0.9, 0.5), (0.9, 0.9), (0, 1)),
    "6": ((0.8, 0), (0.1, 0.5), (0.1, 1), (0.9, 1), (0.9, 0.55), (0.1, 0.55)),
    "7": ((0, 0), (1, 0), (0.3, 1)),
    "8": ((0.1, 0), (0.9, 0), (0.1, 1), (0.9, 1), (0.1, 0)),
    "9": ((0.9, 0.45), (0.1, 0.45), (0.1, 0), (0.9, 0), (0.9, 0.5), (0.3, 1)),
}
TAPE_START, TAPE_END = (-40.0, 690.0), (962.0, 470.0)


def draw(sheet: Sheet) -> None:
    _stone(sheet)
    _concrete(sheet)
    _puddle(sheet)
    _tape(sheet)
    _hook(sheet)
    _case(sheet)
    _weed(sheet)


def _stone(sheet: Sheet) -> None:
    sheet.fill(rect(880, -10, 1610, 910), (58, 54, 52), rough=0)
    for row in range(6):
        left = 860 - (row % 2) * 90.0
        while left < 1640:
            wide, top = sheet.chance(150, 270), row * 154 - 10.0
            stone = _lump(sheet, left + 6, top + 6, left + wide - 6, top + 146)
            sheet.fill(stone, sheet.dice.choice(STONES), rough=3)
            sheet.shade(stone, INK, ((left, top), (left + wide, top + 170)), strength=(0.0, 0.6))
            sheet.shade(stone, PAPER, ((left + wide * 0.6, top + 90), (left, top)), strength=(0.0, 0.3))
            left += wide
    for _ in range(26):
        spot = (sheet.chance(980, 1600), sheet.chance(0, 900))
        sheet.fill(
            ellipse(spot, sheet.chance(5, 16), sheet.chance(4, 12)),
            sheet.dice.choice((MOSS, BONE, OCHRE)),
            rough=2,
        )


def _lump(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> list[Point]:
    """A stone: a rectangle with its corners knocked off."""
    cut = [sheet.chance(14, 40) for _ in range(8)]
    return [
        (left + cut[0], top),
        (right - cut[1], top),
        (right, top + cut[2]),
        (right, bottom - cut[3]),
        (right - cut[4], bottom),
        (left + cut[5], bottom),
        (left, bottom - cut[6]),
        (left, top + cut[7]),
    ]


def _concrete(sheet: Sheet) -> None:
    slab = [(-10, -10), *JOINT, (-10, 910)]
    sheet.shade([(x + 26, y + 14) for x, y in slab], INK, over(900, 990), strength=(0.9, 0.9))
    sheet.fill(slab, BONE, rough=2)
    sheet.shade(slab, HAZE, ((900, 0), (100, 900)), strength=(0.0, 0.6))
    sheet.shade(slab, SLATE, down(520, 980), strength=(0.0, 0.6))
    edge = [*JOINT, *[(x - 22, y) for x, y in reversed(JOINT)]]
    sheet.fill(edge, PAPER, rough=1.5)
    for x in (250, 610):
        sheet.line([(x, -10), (x + 6, 910)], MIST, 9)
        sheet.line([(x + 5, -10), (x + 11, 910)], SLATE, 2.4)
    for _ in range(240):
        spot = (sheet.chance(0, 920), sheet.chance(0, 900))
        sheet.fill(ellipse(spot, sheet.chance(0.8, 3.4)), sheet.dice.choice((SLATE, MIST, PAPER)), rough=0)
    for x in (110, 430, 770):
        sheet.fill(ellipse((x, 150), 15), SLATE, rough=0.6)
        sheet.shade(ellipse((x, 150), 15), INK, down(166, 138), strength=(0, 0.9))


def _puddle(sheet: Sheet) -> None:
    pool = [
        *curve((40, 330), (240, 190), (470, 280)),
        *curve((470, 280), (700, 340), (560, 420)),
        *curve((560, 420), (330, 500), (160, 430)),
        *curve((160, 430), (0, 400), (40, 330)),
    ]
    sheet.fill(pool, HAZE, rough=1.5)
    sheet.shade(pool, DEEP, down(240, 470), strength=(0.0, 0.55))
    sheet.shade(pool, PAPER, ((420, 420), (180, 240)), strength=(0.0, 0.8))
    for radius in (26, 44, 66):
        sheet.line(ellipse((360, 350), radius, radius * 0.5), PAPER, 2, rough=0)


def _band(low: float, high: float, *, start: float = 0, end: float = 1) -> list[Point]:
    """Part of the tape: across it from `low` to `high`, along it from `start` to `end`."""
    spots = []
    for across, part in ((low, start), (low, end), (high, end), (high, start)):
        x, y = toward(TAPE_START, TAPE_END, part)
        spots.append((x + across * 0.214, y + across * 0.977))
    return spots


def _tape(sheet: Sheet) -> None:
    sheet.shade([(x + 12, y + 20) for x, y in _band(-42, 42)], INK, down(0, 1), strength=(0.55, 0.55))
    sheet.fill(_band(-42, 42), OCHRE, rough=0.4)
    sheet.shade(_band(-42, 42), RUST, over(700, -100), strength=(0.0, 0.45))
    sheet.fill(_band(-42, -36), INK, rough=0)
    sheet.fill(_band(36, 42), INK, rough=0)
    for tick in range(1, 100):
        long = 34 if tick % 10 == 0 else 24 if tick % 5 == 0 else 14
        part = tick / 100
        sheet.fill(_band(-38, -38 + long, start=part - 0.0011, end=part + 0.0011), INK, rough=0)
    for tens in range(1, 10):
        _figure(sheet, str(tens), 1 - tens / 10 - 0.009, RUST if tens == 1 else INK)
        _figure(sheet, "0", 1 - tens / 10 + 0.009, RUST if tens == 1 else INK)


def _figure(sheet: Sheet, figure: str, part: float, ink: Ink) -> None:
    """One figure of the tape's scale, in strokes."""
    strokes = [(part + (across - 0.5) * 0.011, 2 + low * 26) for across, low in STROKES[figure]]
    spots = [_band(low, 0, start=along)[0] for along, low in strokes]
    sheet.line(spots, ink, 4.4, rough=0)


def _hook(sheet: Sheet) -> None:
    sheet.fill(_band(-54, 54, start=0.985, end=1.012), MIST, rough=0.4)
    sheet.shade(_band(-54, 54, start=0.985, end=1.012), INK, down(440, 540), strength=(0.0, 0.8))
    for across in (-22, 22):
        x, y = toward(TAPE_START, TAPE_END, 0.975)
        sheet.fill(ellipse((x + across * 0.214, y + across * 0.977), 8), SLATE, rough=0)
        sheet.fill(ellipse((x + across * 0.214 - 2, y + across * 0.977 - 2), 3), PAPER, rough=0)


def _case(sheet: Sheet) -> None:
    """A notebook and a pencil, left lying."""
    page = [(560, 690), (800, 652), (846, 846), (600, 890)]
    sheet.shade([(x + 14, y + 16) for x, y in page], INK, down(0, 1), strength=(0.6, 0.6))
    sheet.fill(page, PAPER)
    for row in range(6):
        start = toward(toward(page[0], page[3], 0.2 + row * 0.13), toward(page[1], page[2], 0.2 + row * 0.13), 0.1)
        end = toward(start, (start[0] + 216, start[1] - 35), sheet.chance(0.5, 0.9))
        sheet.line([start, end], DEEP if row else RUST, 4)
    sheet.fill([(560, 690), (800, 652), (803, 666), (564, 705)], RUST)
    sheet.fill([(700, 880), (872, 720), (886, 734), (714, 894)], RUST)
    sheet.fill([(872, 720), (900, 704), (886, 734)], BONE)
    sheet.fill([(891, 709), (900, 704), (896, 714)], INK)


def _weed(sheet: Sheet) -> None:
    for x, y in ((962, 120), (956, 260), (968, 700), (960, 820), (1250, 310), (1420, 620)):
        for _ in range(13):
            tip = (x + sheet.chance(-14, 62), y + sheet.chance(-56, 40))
            sheet.line(curve((x, y), (x + sheet.chance(0, 34), y - sheet.chance(0, 30)), tip, steps=8), FERN, 4.4)
            sheet.fill(ellipse(tip, 5, 7), MOSS, rough=0)
