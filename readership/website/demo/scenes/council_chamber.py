"""The council chamber of an evening: tall windows, curved benches, a good many of them empty."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

from __future__ import annotations

import math

from readership.website.demo.inks import (
    BONE,
    BRICK,
    DEEP,
    EARTH,
    FERN,
    HAZE,
    INK,
    LAMP,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    RUST,
    SAND,
    SLATE,
    Ink,
)
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect

# Who sits where: the row, counted from the front, and the angle along its curve.
SEATED: tuple[tuple[int, float, Ink], ...] = (
    (0, 0.24, DEEP),
    (0, 0.7, RUST),
    (1, 0.14, OCHRE),
    (1, 0.42, NIGHT),
    (1, 0.83, FERN),
    (2, 0.27, BRICK),
    (2, 0.6, SLATE),
    (2, 0.77, INK),
)


def draw(sheet: Sheet) -> None:
    _room(sheet)
    for x in (330, 800, 1270):
        _window(sheet, x)
    _dais(sheet)
    _floor(sheet)
    for row in range(3):
        _bench(sheet, row)
    for x, size in ((560, 1.0), (1040, 1.0)):
        _lamp(sheet, x, size)


def _room(sheet: Sheet) -> None:
    sheet.fill(rect(0, 0, WIDE, 900), FERN, rough=0)
    sheet.shade(rect(0, 0, WIDE, 560), INK, down(480, -60), strength=(0.1, 0.75))
    sheet.fill(rect(0, 0, WIDE, 44), EARTH)
    sheet.fill(rect(0, 44, WIDE, 56), OCHRE)
    sheet.fill(rect(0, 400, WIDE, 560), EARTH)
    for x in range(0, WIDE, 92):
        sheet.fill(rect(x + 10, 416, x + 82, 548), (112, 90, 72))
        sheet.shade(rect(x + 10, 416, x + 82, 548), INK, over(x, x + 90), strength=(0.0, 0.45))
    sheet.fill(rect(0, 394, WIDE, 404), OCHRE)


def _window(sheet: Sheet, x: float) -> None:
    arch = [
        (x - 92, 384),
        (x - 92, 180),
        *[spot for spot in ellipse((x, 180), 92, 96) if spot[1] <= 180],
        (x + 92, 180),
        (x + 92, 384),
    ]
    frame = [
        (x - 106, 392),
        (x - 106, 180),
        *[spot for spot in ellipse((x, 180), 106, 112) if spot[1] <= 180],
        (x + 106, 180),
        (x + 106, 392),
    ]
    order = sorted(frame[2:-2], key=lambda spot: spot[0])
    sheet.fill([*frame[:2], *order, *frame[-2:]], BONE)
    order = sorted(arch[2:-2], key=lambda spot: spot[0])
    glass = [*arch[:2], *order, *arch[-2:]]
    sheet.fill(glass, NIGHT)
    sheet.shade(glass, SLATE, down(100, 400), strength=(0.0, 0.9))
    sheet.fill(
        [
            (x - 92, 384),
            (x - 92, 350),
            (x - 60, 322),
            (x - 30, 350),
            (x - 6, 350),
            (x + 20, 330),
            (x + 48, 352),
            (x + 92, 340),
            (x + 92, 384),
        ],
        INK,
    )
    sheet.fill(rect(x - 66, 352, x - 56, 366), LAMP, rough=0)
    sheet.fill(rect(x + 30, 360, x + 39, 372), LAMP, rough=0)
    for bar in (-31, 31):
        sheet.line([(x + bar, 96), (x + bar, 384)], BONE, 4)
    for y in (180, 248, 316):
        sheet.line([(x - 92, y), (x + 92, y)], BONE, 4)
    curtain = [
        (x - 150, 70),
        (x - 96, 70),
        *curve((x - 96, 70), (x - 92, 250), (x - 128, 392)),
        (x - 150, 392),
    ]
    for side in (1, -1):
        drape = [(x + side * (spot[0] - x), spot[1]) for spot in curtain]
        sheet.fill(drape, BRICK)
        sheet.shade(drape, INK, over(x + side * -90, x + side * -160), strength=(0.0, 0.8))


def _dais(sheet: Sheet) -> None:
    sheet.fill(rect(520, 520, 1080, 566), EARTH)
    chair = [(742, 520), (742, 376), *curve((742, 376), (800, 330), (858, 376)), (858, 520)]
    sheet.fill(chair, BRICK)
    sheet.shade(chair, INK, over(780, 870), strength=(0, 0.7))
    _sitter(sheet, (800, 486), 1.02, NIGHT)
    _sitter(sheet, (650, 500), 0.94, SLATE)
    _sitter(sheet, (950, 500), 0.94, DEEP)
    desk = rect(560, 484, 1040, 580)
    sheet.fill(desk, (150, 108, 72))
    sheet.fill(rect(548, 474, 1052, 488), SAND)
    sheet.shade(desk, INK, down(490, 610), strength=(0.05, 0.7))
    for x in (600, 700, 820, 920):
        sheet.line([(x, 500), (x, 574)], EARTH, 3)
    sheet.fill(ellipse((800, 530), 27), OCHRE)
    sheet.fill([(789, 540), (796, 516), (804, 516), (811, 540)], INK)
    for x in (640, 778, 936):
        sheet.fill([(x, 474), (x + 8, 464), (x + 52, 464), (x + 56, 474)], PAPER)


def _sitter(sheet: Sheet, seat: Point, size: float, coat: Ink) -> None:
    """Someone seen from the waist up."""
    x, y = seat
    body = [
        (x - 40 * size, y),
        *curve((x - 40 * size, y - 30 * size), (x - 38 * size, y - 62 * size), (x, y - 62 * size)),
        *curve((x, y - 62 * size), (x + 38 * size, y - 62 * size), (x + 40 * size, y - 30 * size)),
        (x + 40 * size, y),
    ]
    sheet.fill(body, coat)
    sheet.shade(body, INK, over(x, x + 44 * size), strength=(0, 0.7))
    sheet.fill(ellipse((x, y - 82 * size), 19 * size, 23 * size), ROSE, rough=0)
    hair = [(hx, hy) for hx, hy in ellipse((x, y - 87 * size), 21 * size, 22 * size) if hy <= y - 86 * size]
    sheet.fill(hair, sheet.dice.choice((INK, EARTH, MIST, BONE)), rough=0)


def _floor(sheet: Sheet) -> None:
    sheet.fill([(0, 560), (WIDE, 560), (WIDE, 900), (0, 900)], RUST)
    sheet.shade(rect(0, 560, WIDE, 900), INK, down(540, 960), strength=(0.15, 0.8))
    sheet.shade(ellipse((800, 610), 420, 40), LAMP, over(0, 1), strength=(0.18, 0.18))


def _row(row: int, part: float, *, lift: float = 0.0) -> Point:
    """A place on a curved bench, from its left end 0 to its right end 1; `lift` is above the floor."""
    angle = math.pi * (1.02 - 1.04 * part)
    wide, high = 560 + row * 200.0, 84 + row * 66.0
    return 800 + wide * math.cos(angle), 604 + row * 26.0 + high * math.sin(angle) - lift


def _bench(sheet: Sheet, row: int) -> None:
    parts = [step / 60 for step in range(61)]
    size = 1.0 + row * 0.3
    for number, part, coat in SEATED:
        if number == row:
            x, y = _row(row, part, lift=46 * size)
            _back(sheet, (x, y + 22 * size), size * 1.06, coat)
    front = [_row(row, part, lift=64 * size) for part in parts]
    foot = [_row(row, part, lift=-46 * size) for part in reversed(parts)]
    sheet.fill([*front, *foot], (138, 98, 66))
    sheet.shade([*front, *foot], INK, over(1000, 100), strength=(0.0, 0.35))
    sheet.shade([*front, *foot], INK, over(700, 1700), strength=(0.0, 0.75))
    for part in parts[::3]:
        sheet.line([_row(row, part, lift=54 * size), _row(row, part, lift=-46 * size)], EARTH, 2.4 * size, rough=0)
    rim = [_row(row, part, lift=76 * size) for part in parts]
    sheet.fill([*rim, *reversed(front)], SAND)


def _back(sheet: Sheet, seat: Point, size: float, coat: Ink) -> None:
    """Someone seen from behind: the bench hides the rest."""
    _sitter(sheet, seat, size, coat)
    x, y = seat
    sheet.fill(
        ellipse((x, y - 85 * size), 22.5 * size, 27 * size),
        sheet.dice.choice((INK, EARTH, HAZE, (128, 88, 60), BONE)),
        rough=0,
    )


def _lamp(sheet: Sheet, x: float, size: float) -> None:
    sheet.line([(x, 0), (x, 176)], INK, 3, rough=0)
    sheet.glow((x, 214), 190 * size, LAMP, strength=0.9)
    sheet.fill(ellipse((x, 212), 34 * size, 40 * size), LAMP, rough=0)
    sheet.shade(ellipse((x, 212), 34 * size, 40 * size), OCHRE, down(200, 256), strength=(0, 0.7))
    sheet.fill([(x - 20, 178), (x - 10, 162), (x + 10, 162), (x + 20, 178)], INK)
