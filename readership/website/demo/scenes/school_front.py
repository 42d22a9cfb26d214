"""Marram Hill School on an autumn morning."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

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
    LAMP,
    MIST,
    MOSS,
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

GROUND = 640.0


def draw(sheet: Sheet) -> None:
    props.sky(sheet, PAPER, HAZE, horizon=GROUND, strength=0.8)
    props.cloud(sheet, (260, 150), 320, PAPER, strength=0.95)
    props.cloud(sheet, (1340, 110), 280, PAPER, strength=0.95)
    _hill(sheet)
    _building(sheet)
    _tower(sheet)
    _porch(sheet)
    _yard(sheet)
    _tree(sheet)
    _children(sheet)


def _hill(sheet: Sheet) -> None:
    hill = [
        (-20, GROUND),
        *curve((-20, 420), (300, 380), (640, 470)),
        *curve((1100, 470), (1420, 380), (1640, 430)),
        (1640, GROUND),
    ]
    sheet.fill(hill, MOSS)
    sheet.shade(hill, HAZE, down(620, 380), strength=(0.0, 0.7))


def _building(sheet: Sheet) -> None:
    wall = rect(180, 300, 1440, GROUND)
    sheet.fill(wall, BRICK)
    for _ in range(420):
        x, y = sheet.chance(184, 1420), 304 + int(sheet.chance(0, 42)) * 8
        sheet.fill(rect(x, y, x + 16, y + 6), sheet.dice.choice(((156, 84, 64), (126, 62, 50), RUST)), rough=0)
    sheet.shade(wall, INK, over(900, 180), strength=(0.0, 0.55))
    roof = [(150, 304), (250, 206), (1370, 206), (1470, 304)]
    sheet.fill(roof, DEEP)
    sheet.shade(roof, INK, down(200, 320), strength=(0.1, 0.75))
    for y in range(222, 300, 14):
        sheet.line([(254 - (y - 206), y), (1366 + (y - 206), y)], INK, 1.4)
    sheet.fill(rect(150, 300, 1470, 314), PAPER)
    for x in (330, 520, 1100, 1290):
        sheet.fill(rect(x, 150, x + 34, 220), BRICK)
        sheet.shade(rect(x, 150, x + 34, 220), INK, over(x, x + 40), strength=(0, 0.6))
        sheet.fill(rect(x - 5, 144, x + 39, 156), PAPER)
    for column, x in enumerate((222, 326, 430, 534, 1000, 1104, 1208, 1312)):
        for y, high in ((344, 104), (488, 110)):
            glass = LAMP if column > 3 else SLATE
            props.window(sheet, (x, y, x + 70, y + high), glass, across=3, up=4)
            sheet.fill(rect(x - 10, y + high + 5, x + 80, y + high + 14), PAPER)
    sheet.fill(rect(180, 472, 1440, 480), SAND)


def _tower(sheet: Sheet) -> None:
    sheet.fill(rect(756, 96, 844, 214), PAPER)
    sheet.shade(rect(756, 96, 844, 214), SLATE, over(786, 850), strength=(0, 0.8))
    arch = [(778, 176), (778, 134), *curve((778, 134), (800, 102), (822, 134)), (822, 176)]
    sheet.fill(arch, NIGHT)
    sheet.fill(
        [(790, 158), *curve((790, 158), (790, 124), (800, 124)), *curve((800, 124), (810, 124), (810, 158))],
        OCHRE,
    )
    sheet.fill([(740, 98), *curve((740, 98), (790, 80), (800, 26)), *curve((800, 26), (810, 80), (860, 98))], DEEP)
    sheet.shade([(800, 26), (860, 98), (800, 98)], INK, over(796, 850), strength=(0, 0.8))
    sheet.line([(800, 30), (800, -2)], INK, 3, rough=0)


def _porch(sheet: Sheet) -> None:
    front = [(640, GROUND), (640, 300), (800, 196), (960, 300), (960, GROUND)]
    sheet.fill(front, (160, 84, 64))
    sheet.shade(front, INK, over(820, 980), strength=(0, 0.6))
    sheet.fill([(622, 306), (800, 186), (978, 306), (978, 318), (800, 202), (622, 318)], PAPER)
    sheet.fill(ellipse((800, 290), 38), PAPER, rough=0.4)
    sheet.fill(ellipse((800, 290), 31), BONE, rough=0)
    sheet.line([(800, 290), (776, 277)], INK, 4, rough=0)
    sheet.line([(800, 290), (784, 292)], INK, 4, rough=0)
    for x in (680, 772, 864):
        props.window(sheet, (x, 360, x + 56, 448), LAMP, across=2, up=3)
    arch = [
        (728, GROUND),
        (728, 556),
        *curve((728, 556), (732, 494), (800, 492)),
        *curve((800, 492), (868, 494), (872, 556)),
        (872, GROUND),
    ]
    sheet.fill([((x - 800) * 1.16 + 800, GROUND - (GROUND - y) * 1.09) for x, y in arch], PAPER)
    sheet.fill(arch, FERN)
    sheet.shade(arch, INK, down(500, 660), strength=(0.1, 0.6))
    sheet.fill(rect(797, 494, 803, GROUND), INK)
    for x in (746, 814):
        sheet.fill(rect(x, 540, x + 40, 586), LAMP)
    for step in range(3):
        sheet.fill(
            rect(700 - step * 18, 634 + step * 11, 900 + step * 18, 646 + step * 11),
            (PAPER, BONE, SAND)[step],
        )


def _yard(sheet: Sheet) -> None:
    sheet.fill(rect(0, 664, WIDE, 900), SLATE, rough=0)
    sheet.fill(rect(0, GROUND, 664, 668), MOSS)
    sheet.fill(rect(936, GROUND, WIDE, 668), MOSS)
    yard = rect(0, 664, WIDE, 900)
    sheet.shade(yard, MIST, down(940, 640), strength=(0.0, 0.8))
    sheet.shade(yard, INK, down(700, 940), strength=(0.0, 0.6))
    squares = [(0.0, 0), (0.0, 1), (-0.5, 2), (0.5, 2), (0.0, 3), (-0.5, 4), (0.5, 4), (0.0, 5)]
    for across, row in squares:
        near, far = 890 - row * 30 * (1 - row * 0.02), 890 - (row + 1) * 30 * (1 - row * 0.02)
        box = [
            _chalk(across - 0.5, near),
            _chalk(across + 0.5, near),
            _chalk(across + 0.5, far),
            _chalk(across - 0.5, far),
        ]
        sheet.line([*box, box[0]], PAPER, 3.4)
    for _ in range(70):
        x, y = sheet.chance(20, 760), sheet.chance(684, 890)
        leaf = ellipse((x, y), sheet.chance(5, 11), sheet.chance(2.5, 4.5), turn=sheet.chance(0, 3))
        sheet.fill(leaf, sheet.dice.choice((OCHRE, RUST, BRICK)), rough=0)


def _chalk(across: float, y: float) -> Point:
    return 1090 + (y - 560) * (across * 0.3) - (890 - y) * 0.5, y


def _tree(sheet: Sheet) -> None:
    trunk = [(96, 800), *curve((96, 800), (128, 640), (112, 420)), *curve((150, 420), (160, 640), (196, 804))]
    sheet.fill(trunk, INK)
    for start, bend, end in (
        ((128, 560), (60, 460), (-10, 420)),
        ((138, 500), (210, 420), (320, 390)),
        ((128, 460), (96, 330), (30, 240)),
        ((134, 440), (170, 300), (250, 210)),
    ):
        sheet.line(curve(start, bend, end), INK, 12)
    for centre, wide in (
        ((40, 250), 130),
        ((230, 210), 140),
        ((130, 150), 150),
        ((310, 370), 100),
        ((-10, 410), 110),
        ((150, 320), 130),
    ):
        crown = ellipse(centre, wide, wide * 0.72)
        sheet.shade(crown, OCHRE, down(centre[1] + wide * 0.9, centre[1] - wide * 0.4), strength=(0.35, 1.0))
        sheet.shade(crown, RUST, down(centre[1] - wide * 0.2, centre[1] + wide), strength=(0.0, 0.75))


def _children(sheet: Sheet) -> None:
    coats: tuple[tuple[float, float, float, Ink, Ink, Ink], ...] = (
        (620, 744, 116, RUST, DEEP, ROSE),
        (684, 754, 104, OCHRE, FERN, (150, 106, 84)),
        (1020, 706, 90, DEEP, RUST, ROSE),
        (1180, 792, 138, FERN, OCHRE, (176, 130, 106)),
        (420, 800, 134, NIGHT, RUST, ROSE),
        (860, 690, 82, ROSE, INK, ROSE),
        (1400, 760, 112, OCHRE, DEEP, ROSE),
        (1446, 766, 158, SLATE, INK, (150, 106, 84)),
    )
    for x, y, tall, coat, hat, skin in coats:
        sheet.shade(ellipse((x + tall * 0.2, y), tall * 0.36, tall * 0.06), INK, down(0, 1), strength=(0.6, 0.6))
        props.person(sheet, (x, y), tall, coat=coat, skin=skin, hat=hat)
        sheet.fill(
            rect(x - tall * 0.19, y - tall * 0.68, x - tall * 0.09, y - tall * 0.46),
            EARTH if coat != BRICK else INK,
        )
