"""The last wooden shed on Slip Street: a hull on the stocks, the tall doors open."""

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
    MUD,
    NIGHT,
    OCHRE,
    PAPER,
    RUST,
    SAND,
    SLATE,
    Ink,
)
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect, toward

EYE: Point = (860.0, 430.0)
DOORS = (640.0, 190.0, 1090.0, 560.0)


def draw(sheet: Sheet) -> None:
    sheet.fill(rect(0, 0, WIDE, 900), EARTH, rough=0)
    _walls(sheet)
    _view(sheet)
    _floor(sheet)
    _roof(sheet)
    _light(sheet)
    _bench(sheet)
    _hull(sheet)
    _builders(sheet)


def _walls(sheet: Sheet) -> None:
    left, _, right, _ = DOORS
    for side, edge in ((left - 190, 0), (right + 190, WIDE)):
        for number in range(18):
            part, after = (number / 18) ** 1.6, ((number + 1) / 18) ** 1.6
            x, next_x = side + (edge - side) * part, side + (edge - side) * after
            tone: Ink = sheet.dice.choice(((84, 69, 58), (92, 76, 63), (74, 62, 54), (98, 82, 68)))
            sheet.fill([(x, 0), (next_x, 0), (next_x, 900), (x, 900)], tone, rough=1)
            sheet.line([(x, 0), (x, 900)], INK, 1.6 + 2.5 * part)
    back = [(left - 190, 620), (left - 190, 150), (EYE[0], 10), (right + 190, 150), (right + 190, 620)]
    sheet.fill(back, (70, 58, 51))
    for x in range(int(left - 190), int(right + 190), 26):
        sheet.line([(x, 40), (x, 610)], INK, 1.6)
    sheet.shade(rect(0, 0, 520, 900), INK, over(460, 0), strength=(0.15, 0.8))
    sheet.shade(rect(1180, 0, WIDE, 900), INK, over(1240, 1600), strength=(0.15, 0.8))


def _view(sheet: Sheet) -> None:
    left, top, right, bottom = DOORS
    sheet.fill(rect(*DOORS), PAPER)
    sheet.shade(rect(*DOORS), HAZE, down(400, 160), strength=(0, 0.7))
    sheet.fill(rect(left, 402, right, bottom), SLATE)
    sheet.shade(rect(left, 402, right, bottom), DEEP, down(400, 560), strength=(0, 0.8))
    props.ripples(sheet, PAPER, top=406, bottom=480, count=30, left=left + 40, right=right - 40)
    sheet.fill([(left, 402), *curve((left, 376), (760, 350), (900, 402))], DEEP)
    sheet.fill([(960, 402), (985, 330), (990, 402)], PAPER)
    sheet.fill([(940, 404), (1010, 404), (1000, 416), (950, 416)], RUST)
    sheet.fill([(720, bottom), (800, 440), (930, 440), (1010, bottom)], BONE)
    sheet.shade([(720, bottom), (800, 440), (930, 440), (1010, bottom)], MUD, down(440, 560), strength=(0.1, 0.6))
    for edge, hinge in ((left, left - 150), (right, right + 150)):
        leaf = [(edge, top), (hinge, top - 46), (hinge, bottom + 74), (edge, bottom)]
        sheet.fill(leaf, BRICK)
        sheet.shade(leaf, INK, over(edge, hinge), strength=(0.1, 0.75))
        for part in (0.25, 0.5, 0.75):
            sheet.line([toward(leaf[0], leaf[1], part), toward(leaf[3], leaf[2], part)], INK, 2)
    sheet.fill(rect(left - 12, top - 20, right + 12, top), INK)


def _floor(sheet: Sheet) -> None:
    sheet.fill([(450, 612), (1280, 612), (1900, 900), (-300, 900)], MUD, rough=2)
    sheet.shade([(450, 612), (1280, 612), (1900, 900), (-300, 900)], INK, down(600, 930), strength=(0.05, 0.7))
    for _ in range(90):
        x, y = sheet.chance(200, 1450), 640 + sheet.chance(0, 1) ** 1.4 * 250
        sheet.line(curve((x, y), (x + 8, y - 9), (x + 17, y + 1), steps=6), SAND, 2.4, rough=0)


def _roof(sheet: Sheet) -> None:
    for step in range(6):
        part = step / 5
        wide, rise = 430 + 700 * part**1.5, 130 + 40 * part
        foot = 160 - 300 * part**1.4
        beam = [(EYE[0] - wide, foot + 60), (EYE[0], foot - rise), (EYE[0] + wide, foot + 60)]
        sheet.line(beam, INK, 9 + 16 * part)
        sheet.line([(EYE[0] - wide, foot + 60), (EYE[0] + wide, foot + 60)], (52, 44, 40), 8 + 18 * part)


def _light(sheet: Sheet) -> None:
    left, top, right, bottom = DOORS
    pool = [(left + 10, bottom + 30), (right - 10, bottom + 30), (1330, 900), (380, 900)]
    sheet.shade(pool, LAMP, down(570, 930), strength=(0.75, 0.1))
    beam = [(left, top), (right, top), (1440, 900), (280, 900)]
    sheet.shade(beam, PAPER, down(250, 900), strength=(0.0, 0.14))


def _bench(sheet: Sheet) -> None:
    for x, y, long, ink in ((70, 200, 210, MUD), (110, 250, 210, SAND), (60, 306, 230, EARTH)):
        sheet.fill([(x, y), (x + long, y + 14), (x + long, y + 24), (x, y + 12)], ink)
    sheet.fill([(0, 592), (330, 566), (352, 584), (0, 622)], SAND)
    sheet.fill([(0, 622), (352, 584), (352, 604), (0, 650)], EARTH)
    for x in (60, 300):
        sheet.fill([(x, 620), (x + 26, 616), (x + 26, 790 - x * 0.3), (x, 800 - x * 0.3)], INK)
    for x, y, ink in ((70, 574, RUST), (128, 566, OCHRE), (226, 560, MIST)):
        sheet.fill(rect(x, y - 30, x + 26, y + 12), ink)
        sheet.shade(rect(x, y - 30, x + 26, y + 12), INK, over(x, x + 30), strength=(0, 0.7))
    sheet.line([(420, 160), (420, 236)], INK, 2, rough=0)
    sheet.fill([(396, 262), (408, 236), (432, 236), (444, 262)], RUST)
    sheet.glow((420, 268), 150, LAMP, strength=0.8)
    sheet.fill(ellipse((420, 264), 14, 9), LAMP, rough=0)


def _rib(part: float) -> tuple[Point, Point, Point]:
    """A rib of the hull between bow 0 and stern 1: gunwale, turn of the bilge, keel."""
    x = 560 + 640 * part
    full = 1 - (2 * part - 0.95) ** 2 * 0.8
    sheer = 540 - 330 * (part - 0.62) ** 2
    return (x - 40 * full, sheer - 10), (x - 70 * full, 690 - 26 * (1 - full)), (x + 26, 750)


def _hull(sheet: Sheet) -> None:
    sheet.shade(ellipse((880, 812), 420, 34), INK, over(0, 1), strength=(0.75, 0.75))
    for x in (690, 880, 1080):
        sheet.fill(rect(x - 34, 752, x + 34, 812), EARTH)
        sheet.shade(rect(x - 34, 752, x + 34, 812), INK, over(x - 20, x + 40), strength=(0, 0.8))
    parts = [number / 22 for number in range(23)]
    for part in parts:
        sheet.line(curve(*_rib(part)), SAND, 8)
        sheet.line([(spot[0] + 4, spot[1]) for spot in curve(*_rib(part))], EARTH, 3)
    for plank in range(5):
        low, high = 0.98 - plank * 0.1, 0.98 - (plank + 1) * 0.1 - 0.02
        lower = [curve(*_rib(part), steps=50)[int(low * 50)] for part in parts]
        upper = [curve(*_rib(part), steps=50)[int(high * 50)] for part in reversed(parts)]
        sheet.fill([*lower, *upper], (OCHRE, (204, 146, 66), (220, 168, 82))[plank % 3], rough=0.5)
        sheet.shade([*lower, *upper], EARTH, over(760, 1260), strength=(0.0, 0.7))
    sheet.line([_rib(part)[0] for part in parts], OCHRE, 12)
    sheet.fill(
        [
            (508, 392),
            (542, 386),
            *curve((542, 396), (560, 640), (616, 748)),
            (1230, 748),
            (1234, 772),
            (600, 774),
            *curve((590, 760), (516, 640), (508, 392)),
        ],
        BRICK,
    )
    sheet.shade([(600, 748), (1230, 748), (1234, 772), (600, 774)], INK, over(600, 1200), strength=(0.1, 0.7))


def _builders(sheet: Sheet) -> None:
    props.person(sheet, (1344, 812), 262, coat=DEEP, legs=NIGHT, skin=(176, 128, 106), hat=INK)
    props.person(sheet, (448, 786), 224, coat=RUST, legs=NIGHT, skin=(128, 88, 66), hat=OCHRE)
    sheet.fill([(1130, 636), (1340, 668), (1340, 682), (1130, 652)], SAND)
