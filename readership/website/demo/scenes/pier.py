"""The pier at ten to six: iron legs, a shut pavilion, a low sun."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import (
    BONE,
    DEEP,
    HAZE,
    INK,
    LAMP,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    RUST,
    SLATE,
)
from readership.website.demo.press import WIDE, Point, Sheet, down, ellipse, over, rect, toward

HORIZON = 520.0
NEAR_LEFT, NEAR_RIGHT = (-260.0, 640.0), (-260.0, 870.0)
FAR_LEFT, FAR_RIGHT = (1105.0, 478.0), (1105.0, 486.0)
RAIL_POSTS = [0.275 * number * (1 + number**2 / 1200) for number in range(1, 66)]


def draw(sheet: Sheet) -> None:
    props.sky(sheet, ROSE, HAZE, horizon=HORIZON)
    sheet.shade(rect(0, 300, WIDE, HORIZON), PAPER, down(300, HORIZON), strength=(0, 0.6))
    sheet.glow((380, 418), 190, PAPER, strength=1.4)
    sheet.fill(ellipse((380, 418), 58), LAMP, rough=0.5)
    for centre, wide in (((760, 180), 330), ((1380, 120), 280), ((250, 250), 260)):
        props.cloud(sheet, centre, wide, PAPER, strength=0.6)
    _water(sheet)
    _pavilion(sheet)
    _legs(sheet)
    _deck(sheet)
    _lamps(sheet)
    _anglers(sheet)
    for x, y, size in ((880, 300, 26), (800, 340, 17), (985, 255, 15), (1020, 330, 10)):
        props.gull(sheet, (x, y), size, DEEP)


def _water(sheet: Sheet) -> None:
    sheet.fill(rect(0, HORIZON, WIDE, 900), SLATE, rough=0)
    sheet.shade(rect(0, HORIZON, WIDE, 900), NIGHT, down(HORIZON, 930), strength=(0, 0.9))
    sheet.shade(rect(0, HORIZON, WIDE, 640), ROSE, down(640, HORIZON), strength=(0, 0.65))
    for step in range(34):
        y, half = HORIZON + 3 + step * 5.2, 56 - step + sheet.chance(-14, 14)
        sheet.fill(ellipse((380 + sheet.chance(-12, 12), y), max(8, half), 1.5), LAMP, rough=0)
    props.ripples(sheet, HAZE, top=HORIZON + 4, bottom=890, count=120)
    props.ripples(sheet, DEEP, top=HORIZON + 40, bottom=890, count=80)


def _part(distance: float) -> float:
    return 0.42 * distance / (1 + 0.42 * distance)


def _left(distance: float) -> Point:
    return toward(NEAR_LEFT, FAR_LEFT, _part(distance))


def _right(distance: float) -> Point:
    return toward(NEAR_RIGHT, FAR_RIGHT, _part(distance))


def _legs(sheet: Sheet) -> None:
    """Pairs of iron legs with a cross between, each with its reflection; far ones first."""
    for number in range(26, 0, -1):
        left, right = _left(number * 0.55), _right(number * 0.55)
        size = (right[1] - left[1]) / 230
        foot = 512 + 480 * size
        for x, y in (left, right):
            sheet.shade(
                rect(x - 7 * size, foot, x + 12 * size, foot + 150 * size),
                INK,
                down(foot + 150 * size, foot),
                strength=(0, 0.9),
            )
            sheet.fill(
                [(x - 5 * size, y), (x + 7 * size, y), (x + 11 * size, foot), (x - 8 * size, foot)],
                INK,
                rough=0.3,
            )
        mid = (left[1] + foot) / 2
        sheet.line([(left[0], mid - 40 * size), (right[0], foot - 30 * size)], NIGHT, max(1.2, 5 * size))
        sheet.line([(left[0], foot - 40 * size), (right[0], mid)], NIGHT, max(1.2, 5 * size))


def _deck(sheet: Sheet) -> None:
    deck = [NEAR_LEFT, FAR_LEFT, FAR_RIGHT, NEAR_RIGHT]
    sheet.fill(deck, BONE)
    sheet.shade(deck, SLATE, over(1100, 100), strength=(0.15, 0.75))
    for number in range(1, 120):
        at = number * 0.05 * (1 + number * 0.012)
        sheet.line([_left(at), _right(at)], DEEP, max(0.8, 3 - at * 0.5))
    edge = [NEAR_RIGHT, FAR_RIGHT, (1105, 491), (-260, 912)]
    sheet.fill(edge, INK)
    _rail(sheet, left=True)
    _rail(sheet, left=False)


def _rail(sheet: Sheet, *, left: bool) -> None:
    spot = _left if left else _right
    posts = [spot(at) for at in RAIL_POSTS]
    tops = []
    for at, (x, y) in zip(RAIL_POSTS, posts, strict=True):
        size = (_right(at)[1] - _left(at)[1]) / 230
        sheet.line([(x, y), (x, y - 150 * size)], INK, max(1, 6 * size))
        tops.append((x, y - 150 * size))
    mids = [toward(top, foot, 0.5) for top, foot in zip(tops, posts, strict=True)]
    sheet.line(tops, INK, 3.4, rough=0)
    sheet.line(mids, INK, 2, rough=0)


def _pavilion(sheet: Sheet) -> None:
    for x in range(1070, 1480, 34):
        sheet.fill(rect(x, 500, x + 7, 556), INK)
    sheet.shade(rect(1060, 548, 1480, 640), INK, down(640, 548), strength=(0, 0.75))
    sheet.fill(rect(1050, 480, 1490, 504), INK)
    hall = rect(1098, 372, 1440, 482)
    sheet.fill(hall, BONE)
    sheet.shade(hall, SLATE, over(1150, 1460), strength=(0, 0.7))
    for x in range(1116, 1420, 40):
        sheet.fill(rect(x, 404, x + 27, 478), DEEP)
        for y in range(410, 476, 8):
            sheet.fill(rect(x, y, x + 27, y + 2.4), SLATE, rough=0)
    sheet.fill([(1076, 374), (1150, 316), (1390, 316), (1462, 374)], RUST)
    sheet.shade([(1076, 374), (1150, 316), (1390, 316), (1462, 374)], INK, over(1150, 1480), strength=(0, 0.6))
    sheet.fill([(1222, 316), *[(x, y) for x, y in ellipse((1270, 316), 52, 62) if y <= 316], (1318, 316)], MIST)
    sheet.shade(
        [(x, y) for x, y in ellipse((1270, 316), 52, 62) if y <= 316],
        DEEP,
        over(1250, 1325),
        strength=(0, 0.8),
    )
    sheet.line([(1270, 258), (1270, 196)], INK, 3)
    sheet.fill([(1270, 198), (1318, 206), (1270, 220)], OCHRE)


def _lamps(sheet: Sheet) -> None:
    for number in (1.1, 1.8, 2.9, 4.8, 8.0):
        x, y = _left(number)
        size = (_right(number)[1] - y) / 230
        head = y - 420 * size
        sheet.line([(x, y), (x, head)], INK, max(1.4, 9 * size))
        sheet.fill(ellipse((x, head), 16 * size, 20 * size), LAMP, rough=0)
        sheet.fill([(x - 20 * size, head - 12 * size), (x, head - 36 * size), (x + 20 * size, head - 12 * size)], INK)


def _anglers(sheet: Sheet) -> None:
    for distance, coat in ((2.1, RUST), (2.35, OCHRE), (3.6, DEEP)):
        x, y = toward(_left(distance), _right(distance), 0.72)
        size = _right(distance)[1] - _left(distance)[1]
        props.person(sheet, (x, y), size * 0.98, coat=coat, hat=INK)
        sheet.line([(x + size * 0.1, y - size * 0.55), (x + size * 1.0, y - size * 1.25)], INK, 2, rough=0)
        sheet.line([(x + size * 1.0, y - size * 1.25), (x + size * 1.1, y + size * 0.9)], PAPER, 1, rough=0)
