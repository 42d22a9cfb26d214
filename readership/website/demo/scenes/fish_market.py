"""Fish Quay market at half past seven: awnings, ice, two people behind the slab."""

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import (
    BONE,
    BRICK,
    DEEP,
    EARTH,
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


def draw(sheet: Sheet) -> None:
    _hall(sheet)
    _sellers(sheet)
    _slab(sheet)
    _awning(sheet)
    _scale(sheet)
    _crates(sheet)
    for x in (330, 1270):
        _lamp(sheet, x)


def _hall(sheet: Sheet) -> None:
    sheet.fill(rect(0, 0, WIDE, 900), MIST, rough=0)
    sheet.shade(rect(0, 0, WIDE, 520), SLATE, down(520, 60), strength=(0.0, 0.5))
    for row in range(9):
        y = 170 + row * 40
        for step in range(27):
            left = step * 64 - (row % 2) * 32
            sheet.shade(
                rect(left + 2, y + 2, left + 62, y + 38),
                PAPER,
                down(y + 40, y),
                strength=(sheet.chance(0.2, 0.5), 0.9),
            )
    sheet.fill(rect(0, 330, WIDE, 346), DEEP)
    for x in (120, 1480):
        sheet.fill(rect(x - 19, 120, x + 19, 620), DEEP)
        sheet.shade(rect(x - 19, 120, x + 19, 620), INK, over(x - 10, x + 24), strength=(0, 0.8))
    board = rect(620, 210, 980, 318)
    sheet.fill(board, INK)
    for row, long in enumerate((230, 180, 250)):
        y = 232 + row * 28
        sheet.fill(rect(644, y, 644 + long, y + 8), BONE, rough=0.5)
        sheet.fill(rect(910, y, 954, y + 8), OCHRE, rough=0.5)


def _awning(sheet: Sheet) -> None:
    stripes = 20
    for step in range(stripes):
        left, right = step * WIDE / stripes, (step + 1) * WIDE / stripes
        ink = RUST if step % 2 else PAPER
        panel = [(left * 0.96 + 32, -4), (right * 0.96 + 32, -4), (right, 128), (left, 128)]
        sheet.fill(panel, ink, rough=0.5)
        flap = [(left, 126), (right, 126), *curve((right, 126), ((left + right) / 2, 216), (left, 126))]
        sheet.fill(flap, ink, rough=0.3)
        sheet.shade(flap, INK, down(120, 230), strength=(0.25, 0.1))
    sheet.shade(rect(0, 0, WIDE, 128), INK, down(150, -60), strength=(0.0, 0.5))
    sheet.shade(rect(0, 160, WIDE, 330), INK, down(160, 330), strength=(0.3, 0.0))


def _sellers(sheet: Sheet) -> None:
    _seller(sheet, (560, 660), coat=NIGHT, hat=OCHRE, skin=ROSE)
    _seller(sheet, (1080, 668), coat=SLATE, hat=INK, skin=(150, 106, 84))


def _seller(sheet: Sheet, feet: Point, *, coat: Ink, hat: Ink, skin: Ink) -> None:
    x, y = feet
    props.person(sheet, (x, y), 330, coat=coat, skin=skin, hat=hat)
    apron = [(x - 32, y - 222), (x + 32, y - 222), (x + 44, y - 90), (x - 44, y - 90)]
    sheet.fill(apron, PAPER)
    sheet.shade(apron, SLATE, over(x - 6, x + 52), strength=(0, 0.7))
    for side in (-1, 1):
        arm = [
            (x + side * 34, y - 262),
            (x + side * 62, y - 232),
            (x + side * 66, y - 150),
            (x + side * 44, y - 146),
            (x + side * 38, y - 206),
        ]
        sheet.fill(arm, coat)
        sheet.fill(ellipse((x + side * 55, y - 140), 13), skin, rough=0)


def _slab(sheet: Sheet) -> None:
    ice = [(70, 520), (1530, 520), (1640, 700), (-40, 700)]
    sheet.fill(ice, PAPER, rough=2)
    sheet.shade(ice, HAZE, down(500, 720), strength=(0.1, 0.75))
    rows: tuple[tuple[float, float, Ink], ...] = ((556, 0.8, SLATE), (604, 1.0, RUST), (660, 1.22, DEEP))
    for y, size, ink in rows:
        for number in range(int(13 / size)):
            x = 130 + (number + 0.3) * 118 * size
            _fish(sheet, (x, y + sheet.chance(-4, 4)), size, ink if number % 5 else OCHRE)
    for x in (300, 720, 1160, 1420):
        sheet.line([(x, 560), (x, 506)], EARTH, 4)
        sheet.fill([(x - 34, 470), (x + 34, 466), (x + 35, 508), (x - 33, 511)], BONE)
        sheet.fill(rect(x - 20, 480, x + 18, 486), INK, rough=0.4)
        sheet.fill(rect(x - 12, 494, x + 12, 500), RUST, rough=0.4)
    front = rect(-10, 698, 1610, 800)
    sheet.fill(front, BONE)
    sheet.shade(front, SLATE, down(690, 830), strength=(0.1, 0.7))
    sheet.fill(rect(-10, 692, 1610, 706), PAPER)
    for x in range(0, WIDE, 100):
        sheet.line([(x, 708), (x, 798)], SLATE, 2)
    sheet.fill(rect(0, 798, WIDE, 900), SLATE)
    sheet.shade(rect(0, 798, WIDE, 900), INK, down(790, 910), strength=(0.3, 0.8))
    for x in (520, 1050):
        sheet.shade(ellipse((x, 858), 190, 18), MIST, over(0, 1), strength=(0.35, 0.35))


def _fish(sheet: Sheet, at: Point, size: float, ink: Ink) -> None:
    x, y = at
    body = [
        *curve((x - 44 * size, y), (x - 4 * size, y - 26 * size), (x + 34 * size, y - 2 * size)),
        (x + 54 * size, y - 14 * size),
        (x + 50 * size, y + 2 * size),
        (x + 54 * size, y + 16 * size),
        *curve((x + 34 * size, y + 2 * size), (x - 4 * size, y + 24 * size), (x - 44 * size, y)),
    ]
    sheet.fill(body, ink, rough=0)
    sheet.shade(body, PAPER, down(y - 4 * size, y + 15 * size), strength=(0, 0.75))
    sheet.fill(ellipse((x - 31 * size, y - 3 * size), 3.4 * size), PAPER, rough=0)
    sheet.fill(ellipse((x - 31 * size, y - 3 * size), 1.6 * size), INK, rough=0)
    sheet.line(
        curve((x - 20 * size, y - 9 * size), (x - 15 * size, y), (x - 20 * size, y + 9 * size), steps=8),
        INK,
        1.6 * size,
        rough=0,
    )


def _scale(sheet: Sheet) -> None:
    sheet.fill([(786, 520), (800, 470), (868, 470), (882, 520)], OCHRE)
    sheet.shade([(786, 520), (800, 470), (868, 470), (882, 520)], INK, over(830, 890), strength=(0, 0.6))
    sheet.fill(ellipse((834, 492), 19), PAPER, rough=0)
    sheet.line([(834, 492), (844, 480)], RUST, 3, rough=0)
    sheet.fill([(770, 452), (898, 452), (878, 470), (790, 470)], SLATE)
    _fish(sheet, (834, 446), 0.9, DEEP)


def _crates(sheet: Sheet) -> None:
    for x, y, ink in (
        (60, 770, DEEP),
        (84, 690, RUST),
        (1330, 786, OCHRE),
        (1290, 862, DEEP),
        (40, 850, OCHRE),
    ):
        box = rect(x, y, x + 230, y + 78)
        sheet.fill(box, ink)
        sheet.shade(box, INK, over(x + 60, x + 260), strength=(0, 0.55))
        sheet.fill(rect(x + 84, y + 16, x + 146, y + 32), INK)
        sheet.fill(rect(x, y, x + 230, y + 9), (min(255, ink[0] + 26), min(255, ink[1] + 26), min(255, ink[2] + 26)))
    for number in range(5):
        x = 1362 + number * 38
        sheet.fill(ellipse((x, 782), 22, 15), BRICK, rough=1)
        sheet.shade(ellipse((x, 782), 22, 15), SAND, down(790, 766), strength=(0, 0.5))
        for side in (-1, 1):
            sheet.line(
                curve((x + side * 14, 776), (x + side * 26, 764), (x + side * 16, 756), steps=6),
                BRICK,
                6,
                rough=0,
            )


def _lamp(sheet: Sheet, x: float) -> None:
    sheet.line([(x, 120), (x, 250)], INK, 3, rough=0)
    sheet.glow((x, 292), 170, LAMP, strength=0.85)
    sheet.fill([(x - 46, 284), (x - 20, 248), (x + 20, 248), (x + 46, 284)], INK)
    sheet.fill(ellipse((x, 288), 24, 14), LAMP, rough=0)
