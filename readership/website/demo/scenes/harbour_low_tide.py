"""Brinmouth harbour with the water out, from the customs office window."""

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import (
    BONE,
    BRICK,
    DEEP,
    EARTH,
    FERN,
    HAZE,
    INK,
    MIST,
    MUD,
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

QUAY = 452.0


def draw(sheet: Sheet) -> None:
    props.sky(sheet, PAPER, HAZE, horizon=QUAY, strength=0.8)
    props.cloud(sheet, (300, 120), 330, PAPER, strength=0.9)
    props.cloud(sheet, (1300, 90), 300, PAPER, strength=0.9)
    _hill(sheet)
    _houses(sheet)
    _quay(sheet)
    _mud(sheet)
    _boat(sheet, (1180, 668), 0.8, RUST, -0.13)
    _boat(sheet, (690, 640), 0.62, DEEP, 0.12)
    _boat(sheet, (350, 790), 1.25, OCHRE, -0.1)
    _small_things(sheet)
    for x, y, size in ((840, 150, 22), (910, 190, 13), (760, 206, 11)):
        props.gull(sheet, (x, y), size, INK)


def _hill(sheet: Sheet) -> None:
    hill = [
        (-20, QUAY),
        *curve((-20, 300), (360, 150), (860, 262)),
        *curve((860, 262), (1260, 330), (1640, 210)),
        (1640, QUAY),
    ]
    sheet.fill(hill, HAZE)
    sheet.shade(hill, FERN, down(440, 190), strength=(0.0, 0.6))


def _houses(sheet: Sheet) -> None:
    walls: tuple[Ink, ...] = (BONE, SLATE, ROSE, PAPER, OCHRE, MIST, BRICK, BONE, HAZE, SAND, ROSE, PAPER)
    left = -30.0
    for number, wall in enumerate(walls):
        wide, high = sheet.chance(112, 158), sheet.chance(120, 196)
        top = QUAY - high
        sheet.fill(rect(left + wide * 0.16, top - 64, left + wide * 0.3, top + 10), BRICK)
        props.gable(sheet, (left, top, left + wide, QUAY), wall, INK if number % 3 else NIGHT, rise=wide * 0.46)
        for x in (0.2, 0.58):
            for row in range(int(high // 68)):
                y = top + 14 + row * 62
                props.window(sheet, (left + wide * x, y, left + wide * (x + 0.2), y + 34), DEEP)
        door = left + wide * (0.42 if number % 2 else 0.2)
        sheet.fill(rect(door, QUAY - 46, door + 22, QUAY), (RUST, FERN, DEEP)[number % 3])
        left += wide - 1


def _quay(sheet: Sheet) -> None:
    sheet.fill(rect(0, QUAY, WIDE, QUAY + 16), BONE)
    wall = rect(0, QUAY + 14, WIDE, QUAY + 120)
    sheet.fill(wall, SLATE)
    for row in range(4):
        left = -20 - row * 23.0
        while left < WIDE:
            long = sheet.chance(44, 92)
            y = QUAY + 18 + row * 26
            sheet.shade(
                rect(left + 2, y, left + long - 2, y + 22),
                sheet.dice.choice((INK, MIST, EARTH)),
                down(y, y + 22),
                strength=(0.16, 0.3),
            )
            left += long
    sheet.shade(wall, INK, down(QUAY + 10, QUAY + 120), strength=(0.05, 0.5))
    sheet.fill(
        [
            (0, QUAY + 84),
            *curve((0, QUAY + 92), (800, QUAY + 70), (WIDE, QUAY + 94)),
            (WIDE, QUAY + 122),
            (0, QUAY + 122),
        ],
        FERN,
        rough=5,
    )
    for x in (210, 968, 1440):
        for side in (0, 20):
            sheet.line([(x + side, QUAY + 4), (x + side, QUAY + 116)], INK, 3)
        for y in range(10, 116, 12):
            sheet.line([(x, QUAY + y), (x + 20, QUAY + y)], INK, 2.4)
    for x, coat in ((560, RUST), (592, DEEP), (1330, OCHRE)):
        props.person(sheet, (x, QUAY + 6), 62, coat=coat, hat=INK)
    for x in (120, 400, 820, 1120, 1500):
        sheet.fill([(x, QUAY + 4), (x + 3, QUAY - 16), (x + 16, QUAY - 16), (x + 19, QUAY + 4)], INK)


def _mud(sheet: Sheet) -> None:
    sheet.fill(rect(0, QUAY + 116, WIDE, 900), MUD, rough=3)
    sheet.shade(rect(0, QUAY + 116, WIDE, 900), EARTH, down(540, 900), strength=(0.0, 0.75))
    sheet.shade(rect(0, QUAY + 116, WIDE, 640), PAPER, down(690, 560), strength=(0, 0.3))
    stream = [
        *curve((1640, 610), (1180, 560), (900, 690)),
        *curve((900, 690), (740, 790), (860, 920)),
        *curve((1190, 920), (960, 790), (1060, 716)),
        *curve((1060, 716), (1250, 610), (1640, 660)),
    ]
    sheet.fill(stream, HAZE, rough=2)
    sheet.shade(stream, PAPER, down(900, 600), strength=(0.0, 0.8))
    sheet.shade(stream, SLATE, down(640, 900), strength=(0.0, 0.7))
    for _ in range(150):
        near = sheet.chance(0, 1)
        x, y = sheet.chance(0, WIDE), 590 + near * 300
        sheet.fill(ellipse((x, y), 8 + near * 30, 0.8 + near * 1.6), sheet.dice.choice((EARTH, BONE, EARTH)), rough=0)


def _boat(sheet: Sheet, keel: Point, size: float, ink: Ink, lean: float) -> None:
    """A boat aground, leaning on her bilge: drawn upright about the keel, then turned."""

    def at(*spots: Point) -> list[Point]:
        return [(keel[0] + (x - y * lean) * size, keel[1] + (y + x * lean * 0.45) * size) for x, y in spots]

    sheet.shade(
        ellipse((keel[0], keel[1] + 4 * size), 240 * size, 20 * size),
        INK,
        over(keel[0] - 1, keel[0]),
        strength=(0.6, 0.6),
    )
    sheet.line(at((-20, -90), (-20, -420)), INK, 7 * size)
    for end in ((-210, -100), (150, -88)):
        sheet.line(at((-20, -415), end), INK, 1.5, rough=0)
    sheet.line(at((-20, -140), (140, -250)), EARTH, 5 * size)
    sheet.fill(at((-24, -140), (130, -250), (134, -236), (-18, -124)), BONE)
    hull = at(
        (-226, -122),
        *curve((-226, -122), (-20, -66), (196, -104)),
        *curve((196, -104), (186, -40), (140, 0)),
        *curve((140, 0), (-60, 14), (-150, 0)),
        (-196, -40),
    )
    sheet.fill(hull, ink)
    band = at(
        (-216, -84),
        *curve((-216, -84), (-20, -30), (186, -62)),
        *curve((186, -62), (170, -24), (140, 0)),
        *curve((140, 0), (-60, 14), (-150, 0)),
        (-196, -40),
    )
    sheet.fill(band, NIGHT if ink != DEEP else RUST)
    top = [*curve((-226, -122), (-20, -66), (196, -104)), *curve((196, -92), (-20, -54), (-224, -110))]
    sheet.fill(at(*top), PAPER)
    sheet.shade(hull, INK, (at((0, -100))[0], at((40, 20))[0]), strength=(0.0, 0.6))
    house = at((20, -92), (20, -166), (120, -160), (128, -92))
    sheet.fill(house, PAPER)
    sheet.shade(house, SLATE, over(house[0][0] + 30 * size, house[3][0]), strength=(0, 0.8))
    sheet.fill(at((36, -148), (62, -147), (62, -122), (36, -122)), NIGHT)
    sheet.fill(at((76, -146), (104, -145), (104, -121), (76, -121)), NIGHT)
    sheet.fill(at((10, -164), (12, -176), (130, -170), (130, -158)), RUST if ink != RUST else DEEP)


def _small_things(sheet: Sheet) -> None:
    for x, y, size in ((930, 632, 12), (1440, 740, 20), (604, 836, 24)):
        sheet.line([(x, y), *curve((x, y), (x + 40, y + 26), (x + 110, y + 14))], INK, 2)
        sheet.fill(ellipse((x, y), size), RUST, rough=0)
        sheet.shade(ellipse((x, y), size), INK, over(x - size * 0.2, x + size), strength=(0, 0.7))
    sheet.line([(1290, 870), (1330, 800)], INK, 7)
    sheet.line([*curve((1240, 838), (1290, 900), (1352, 862))], INK, 8)
