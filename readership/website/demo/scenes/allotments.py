"""Lammas Field in the week of the show: low sun, bean rows, painted sheds."""

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
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect, toward

HORIZON = 400.0
EYE: Point = (900.0, 330.0)


def draw(sheet: Sheet) -> None:
    props.sky(sheet, PAPER, ROSE, horizon=HORIZON, strength=0.75)
    sheet.glow((1180, 250), 260, LAMP, strength=1.0)
    sheet.fill(ellipse((1180, 250), 64), LAMP, rough=0.5)
    for centre, wide in (((330, 120), 320), ((760, 190), 240), ((1420, 130), 240)):
        props.cloud(sheet, centre, wide, PAPER, strength=0.9)
    _hills(sheet)
    _sheds(sheet)
    _beds(sheet)
    _beans(sheet)
    _path(sheet)
    _barrel(sheet)
    _pumpkins(sheet)
    _digger(sheet)
    for x, y, size in ((560, 210, 13), (610, 190, 9), (650, 226, 8)):
        props.gull(sheet, (x, y), size, DEEP)


def _hills(sheet: Sheet) -> None:
    far = [
        (-20, HORIZON),
        *curve((-20, 300), (400, 250), (900, 330)),
        *curve((900, 330), (1300, 370), (1640, 290)),
        (1640, HORIZON),
    ]
    sheet.fill(far, HAZE)
    sheet.shade(far, SLATE, down(400, 270), strength=(0.0, 0.5))
    near = [
        (-20, 430),
        *curve((-20, 360), (300, 330), (700, 386)),
        *curve((700, 386), (1200, 400), (1640, 350)),
        (1640, 430),
    ]
    sheet.fill(near, FERN)
    for x in range(0, WIDE, 34):
        y = 376 + 14 * ((x * 7) % 11) / 11
        sheet.fill(
            ellipse((x, y), sheet.chance(20, 36), sheet.chance(20, 34)),
            sheet.dice.choice((FERN, MOSS, OCHRE, FERN)),
            rough=1,
        )
    sheet.shade(rect(0, 330, WIDE, 430), INK, down(340, 440), strength=(0.0, 0.45))


def _sheds(sheet: Sheet) -> None:
    for x, y, wide, wall, roof in (
        (1080, 372, 96, SLATE, INK),
        (560, 366, 110, RUST, INK),
        (230, 352, 150, MIST, BRICK),
        (1300, 344, 170, FERN, INK),
    ):
        high = wide * 0.74
        sheet.fill(rect(x, y, x + wide, y + high), wall)
        for step in range(1, 8):
            sheet.line([(x + wide * step / 8, y), (x + wide * step / 8, y + high)], INK, 1.2)
        sheet.shade(rect(x, y, x + wide, y + high), INK, over(x + wide, x - 30), strength=(0.0, 0.7))
        sheet.fill(
            [
                (x - 12, y + 6),
                (x + wide * 0.25, y - wide * 0.34),
                (x + wide + 12, y - wide * 0.1),
                (x + wide + 12, y + 2),
            ],
            roof,
        )
        sheet.fill(rect(x + wide * 0.56, y + high * 0.22, x + wide * 0.84, y + high), PAPER if wall != MIST else DEEP)
        props.window(sheet, (x + wide * 0.14, y + high * 0.26, x + wide * 0.4, y + high * 0.62), LAMP)


def _bed(left: float, right: float, near: float, far: float) -> list[Point]:
    """A bed between two furrows that run to the vanishing point; heights are of its near and far ends."""
    spots = []
    for foot, y in ((left, near), (right, near), (right, far), (left, far)):
        part = (900 - y) / (900 - EYE[1])
        spots.append(toward((foot, 900), EYE, part))
    return spots


def _beds(sheet: Sheet) -> None:
    sheet.fill(rect(0, 424, WIDE, 900), MOSS, rough=2)
    sheet.shade(rect(0, 424, WIDE, 900), OCHRE, down(640, 420), strength=(0.0, 0.55))
    sheet.shade(rect(0, 424, WIDE, 900), FERN, down(520, 900), strength=(0.1, 0.8))
    plots = ((-900, -420), (-360, 160), (220, 560), (1020, 1380), (1440, 1900), (1960, 2500), (-1500, -960))
    for number, (left, right) in enumerate(plots):
        for near, far in ((930, 640), (615, 520), (506, 456)):
            soil = _bed(left, right, near, far)
            sheet.fill(soil, EARTH, rough=2)
            sheet.shade(soil, INK, down(440, 960), strength=(0.0, 0.6))
            _crops(sheet, (left, right), (near, far), number)


def _crops(sheet: Sheet, sides: tuple[float, float], ends: tuple[float, float], number: int) -> None:
    """Four rows of plants, the far ones first."""
    inks: tuple[Ink, ...] = ((FERN, MOSS), (MOSS, OCHRE), (SLATE, MIST), (FERN, RUST), (MOSS, FERN))[number % 5]
    near, far = ends
    for step in range(9):
        y = far + (near - far) * ((step + 0.6) / 9) ** 1.25
        part = (900 - y) / (900 - EYE[1])
        size = 30 * (1 - part)
        for row in range(4):
            foot = sides[0] + (sides[1] - sides[0]) * (row + 0.5) / 4
            x, at = toward((foot, 900), EYE, part)
            for lean in (-0.9, -0.3, 0.35, 0.9):
                leaf = ellipse((x + lean * size * 0.6, at - size * 0.5), size * 0.3, size * 0.7, turn=lean)
                sheet.fill(leaf, inks[0] if abs(lean) > 0.5 else inks[1], rough=0)


def _beans(sheet: Sheet) -> None:
    for step in range(9, -1, -1):
        part = 0.12 + step * 0.068
        left, right = toward((-330, 900), EYE, part), toward((190, 900), EYE, part)
        size = 1 - part
        top = ((left[0] + right[0]) / 2, left[1] - 470 * size)
        for foot in (left, right):
            sheet.line([foot, (top[0] + (top[0] - foot[0]) * 0.1, top[1] - 30 * size)], EARTH, 8 * size)
        for _ in range(16):
            foot, share = sheet.dice.choice((left, right)), sheet.chance(0.1, 0.95)
            x, y = toward(foot, top, share)
            leaf = ellipse((x + sheet.chance(-22, 22) * size, y), 21 * size, 15 * size, turn=sheet.chance(0, 3))
            sheet.fill(leaf, sheet.dice.choice((FERN, MOSS, OCHRE, FERN)), rough=0)
    near, far = toward((-70, 900), EYE, 0.12), toward((-70, 900), EYE, 0.74)
    sheet.line([(near[0], near[1] - 440), (far[0], far[1] - 126)], EARTH, 5)


def _path(sheet: Sheet) -> None:
    path = [(640, 905), (930, 905), toward((930, 900), EYE, 0.82), toward((640, 900), EYE, 0.82)]
    sheet.fill(path, SAND, rough=2)
    sheet.shade(path, MUD, down(480, 920), strength=(0.1, 0.7))


def _barrel(sheet: Sheet) -> None:
    body = [
        (1240, 610),
        *curve((1240, 610), (1222, 690), (1246, 770)),
        *curve((1246, 770), (1300, 788), (1354, 770)),
        *curve((1354, 770), (1378, 690), (1360, 610)),
    ]
    sheet.fill(body, DEEP)
    sheet.shade(body, INK, over(1330, 1230), strength=(0.0, 0.75))
    sheet.fill(ellipse((1300, 610), 60, 17), HAZE, rough=0.5)
    sheet.shade(ellipse((1300, 610), 60, 17), PAPER, over(1260, 1370), strength=(0.0, 0.9))
    for y in (646, 736):
        sheet.line(curve((1232, y), (1300, y + 22), (1368, y)), BONE, 5)
    can = [(1412, 720), (1492, 712), (1500, 790), (1416, 796)]
    sheet.fill(can, RUST)
    sheet.shade(can, INK, over(1490, 1400), strength=(0, 0.6))
    sheet.fill([(1494, 764), (1566, 700), (1574, 710), (1498, 784)], RUST)
    sheet.fill([(1556, 690), (1588, 716), (1578, 728), (1548, 702)], BRICK)
    sheet.line(curve((1414, 730), (1360, 690), (1420, 690)), RUST, 8)
    sheet.line(curve((1430, 716), (1450, 660), (1480, 714)), RUST, 8)


def _pumpkins(sheet: Sheet) -> None:
    for x, y, size in ((1090, 812, 62), (1210, 838, 46), (1010, 848, 36), (520, 850, 50)):
        sheet.shade(ellipse((x + 8, y + size * 0.66), size * 1.2, size * 0.2), INK, down(0, 1), strength=(0.7, 0.7))
        for side in (-0.5, 0.5, -0.25, 0.25, 0):
            lobe = ellipse((x + side * size, y), size * (0.62 - abs(side) * 0.3), size * 0.72)
            sheet.fill(lobe, (206, 122, 58), rough=0.5)
            sheet.shade(
                lobe,
                BRICK,
                over(x + side * size + size * 0.3, x + side * size - size * 0.7),
                strength=(0.0, 0.75),
            )
        sheet.line(
            curve((x, y - size * 0.6), (x, y - size * 0.9), (x + size * 0.25, y - size), steps=8),
            FERN,
            size * 0.16,
        )


def _digger(sheet: Sheet) -> None:
    sheet.shade([(716, 742), (744, 742), (560, 800), (520, 792)], INK, over(744, 520), strength=(0.8, 0.1))
    props.person(sheet, (730, 744), 208, coat=OCHRE, legs=NIGHT, hat=BRICK)
    sheet.line([(782, 590), (806, 740)], EARTH, 7)
    sheet.fill([(794, 726), (820, 722), (822, 758), (806, 770), (796, 760)], SLATE)
    sheet.line([(770, 592), (796, 588)], EARTH, 7)
