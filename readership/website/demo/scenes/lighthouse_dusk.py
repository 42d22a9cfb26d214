"""The Cobble Point light at dusk, with the coal store at its foot."""

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import (
    DEEP,
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
    SLATE,
)
from readership.website.demo.press import WIDE, Sheet, curve, down, ellipse, over, rect

HORIZON = 610.0
LAMP_AT = (1090.0, 190.0)


def draw(sheet: Sheet) -> None:
    props.sky(sheet, ROSE, NIGHT, horizon=HORIZON, strength=1.0)
    sheet.shade(rect(0, 0, WIDE, 330), NIGHT, down(330, 0), strength=(0, 0.75))
    sheet.shade(rect(0, 430, WIDE, HORIZON), OCHRE, down(430, HORIZON), strength=(0, 0.5))
    _stars(sheet)
    for centre, wide in (((300, 440), 320), ((720, 500), 240), ((1420, 470), 300)):
        props.cloud(sheet, centre, wide, SLATE, strength=0.75)
    _beam(sheet)
    _sea(sheet)
    _headland(sheet)
    _store(sheet)
    _tower(sheet)


def _stars(sheet: Sheet) -> None:
    for _ in range(70):
        spot = (sheet.chance(0, WIDE), sheet.chance(10, 300) ** 1.0)
        sheet.fill(ellipse(spot, sheet.chance(0.8, 2.1)), PAPER, rough=0)


def _beam(sheet: Sheet) -> None:
    x, y = LAMP_AT
    sheet.shade([(x, y - 9), (-60, 60), (-60, 330), (x, y + 9)], LAMP, over(x, -160), strength=(0.85, 0.0))
    sheet.shade([(x, y - 8), (1660, 96), (1660, 236), (x, y + 8)], LAMP, over(x, 1760), strength=(0.6, 0.0))
    sheet.glow(LAMP_AT, 120, LAMP, strength=1.2)


def _sea(sheet: Sheet) -> None:
    sheet.fill(rect(0, HORIZON, WIDE, 900), DEEP, rough=0)
    sheet.shade(rect(0, HORIZON, WIDE, 900), INK, down(HORIZON, 900), strength=(0.05, 0.85))
    sheet.shade(rect(0, HORIZON, WIDE, 690), ROSE, down(690, HORIZON), strength=(0, 0.6))
    props.ripples(sheet, SLATE, top=HORIZON + 4, bottom=890, count=110, right=1000)
    props.ripples(sheet, HAZE, top=HORIZON + 4, bottom=760, count=36, right=820)
    ship = [(208, 596), (330, 596), (318, 613), (222, 613)]
    sheet.fill(ship, INK)
    sheet.fill(rect(290, 576, 312, 597), INK)
    sheet.fill(ellipse((301, 584), 2.4), LAMP, rough=0)
    sheet.fill(ellipse((216, 590), 1.8), RUST, rough=0)


def _headland(sheet: Sheet) -> None:
    back = [*curve((1180, 640), (1420, 520), (WIDE + 20, 500)), (WIDE + 20, 760), (1180, 760)]
    sheet.fill(back, NIGHT, rough=2)
    ground = [
        (560, 900),
        (600, 812),
        (662, 790),
        (690, 730),
        (760, 706),
        *curve((800, 690), (980, 606), (1130, 614)),
        *curve((1130, 614), (1400, 620), (WIDE + 20, 700)),
        (WIDE + 20, 900),
    ]
    sheet.fill(ground, FERN, rough=2.4)
    sheet.shade(ground, INK, ((1080, 600), (760, 960)), strength=(0.1, 1.0))
    for _ in range(150):
        x = sheet.chance(780, WIDE)
        y = 640 + sheet.chance(0, 1) ** 0.6 * 240
        sheet.line([(x, y), (x + sheet.chance(-5, 9), y - sheet.chance(8, 22))], INK, 1.6, rough=0)
    for x, y, wide in ((548, 880, 66), (470, 896, 44), (640, 850, 52), (386, 905, 30)):
        sheet.fill(ellipse((x, y), wide, wide * 0.46), INK, rough=2)
        sheet.fill(ellipse((x - 6, y + wide * 0.36), wide * 1.15, 3), MIST, rough=0.6)


def _store(sheet: Sheet) -> None:
    wall = rect(1188, 566, 1344, 648)
    sheet.fill(wall, MIST)
    sheet.shade(wall, NIGHT, over(1120, 1344), strength=(0.1, 0.9))
    sheet.fill([(1172, 568), (1214, 512), (1322, 512), (1362, 568)], INK)
    sheet.fill(rect(1296, 474, 1318, 530), NIGHT)
    props.window(sheet, (1216, 588, 1250, 624), LAMP, frame=INK)
    sheet.fill(rect(1284, 588, 1312, 648), RUST)
    path = [
        (1284, 648),
        (1312, 648),
        *curve((1312, 650), (1330, 760), (1190, 905)),
        *curve((1110, 905), (1280, 760), (1284, 650)),
    ]
    sheet.shade(path, MIST, down(640, 900), strength=(0.55, 0.25))


def _tower(sheet: Sheet) -> None:
    body = [(1046, 262), (1134, 262), (1160, 640), (1020, 640)]
    sheet.fill(body, PAPER)
    sheet.fill([(1038, 376), (1142, 376), (1149, 478), (1031, 478)], RUST)
    sheet.shade(body, NIGHT, over(1060, 1160), strength=(0.0, 0.95))
    sheet.shade(body, NIGHT, down(420, 660), strength=(0, 0.45))
    for y in (300, 420, 530):
        sheet.fill(rect(1080, y, 1096, y + 30), INK)
    sheet.fill(rect(1076, 590, 1106, 642), INK)
    sheet.fill(rect(1024, 246, 1156, 264), INK)
    for x in range(1028, 1156, 14):
        sheet.line([(x, 246), (x, 220)], INK, 2, rough=0)
    sheet.line([(1024, 220), (1156, 220)], INK, 3, rough=0)
    sheet.fill(rect(1054, 152, 1126, 246), LAMP)
    for x in (1054, 1078, 1102, 1126):
        sheet.line([(x, 152), (x, 246)], INK, 3.4, rough=0)
    sheet.fill(ellipse(LAMP_AT, 15, 26), PAPER, rough=0)
    sheet.fill([(1044, 154), (1090, 104), (1136, 154)], INK)
    sheet.line([(1090, 110), (1090, 74)], INK, 4, rough=0)
