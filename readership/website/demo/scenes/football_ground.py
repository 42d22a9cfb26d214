"""Gasworks Lane on a grey Saturday: the goal, the stand, the fence, the gasholder."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

from __future__ import annotations

import math

from readership.website.demo import props
from readership.website.demo.inks import (
    BONE,
    BRICK,
    DEEP,
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
    SLATE,
    Ink,
)
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect, toward

TOUCHLINE = 488.0


def draw(sheet: Sheet) -> None:
    props.sky(sheet, MIST, SLATE, horizon=TOUCHLINE, strength=0.7)
    for centre, wide in (((300, 130), 360), ((860, 90), 330), ((1400, 170), 320)):
        props.cloud(sheet, centre, wide, PAPER, strength=0.75)
    _gasholder(sheet)
    _town(sheet)
    _stand(sheet)
    _fence(sheet)
    _crowd(sheet)
    _pitch(sheet)
    _floodlight(sheet, 150, 60)
    _floodlight(sheet, 1010, 100)
    _goal(sheet)
    _players(sheet)


def _gasholder(sheet: Sheet) -> None:
    sheet.fill(rect(1130, 260, 1480, TOUCHLINE), HAZE)
    sheet.fill([*curve((1130, 262), (1305, 206), (1480, 262))], HAZE)
    sheet.shade(rect(1130, 234, 1480, TOUCHLINE), DEEP, over(1160, 1500), strength=(0.0, 0.85))
    for step in range(9):
        x = 1305 - 205 * math.cos(math.pi * step / 8)
        sheet.line([(x, 150), (x, TOUCHLINE)], INK, 5)
    for y in (152, 260, 372):
        sheet.line(curve((1100, y), (1305, y - 18), (1510, y)), INK, 4)
    for step in range(8):
        left, right = (
            1305 - 205 * math.cos(math.pi * step / 8),
            1305 - 205 * math.cos(math.pi * (step + 1) / 8),
        )
        sheet.line([(left, 152), (right, 256)], INK, 1.6)
        sheet.line([(right, 152), (left, 256)], INK, 1.6)


def _town(sheet: Sheet) -> None:
    left = -20.0
    while left < 1120:
        wide = sheet.chance(66, 104)
        props.gable(
            sheet,
            (left, sheet.chance(380, 420), left + wide, TOUCHLINE),
            sheet.dice.choice((SLATE, HAZE, BRICK, DEEP)),
            INK,
            rise=34,
        )
        sheet.fill(rect(left + wide * 0.7, 340, left + wide * 0.82, 400), BRICK)
        left += wide


def _stand(sheet: Sheet) -> None:
    sheet.fill(rect(330, 330, 860, 486), INK)
    for row in range(4):
        y = 392 + row * 24
        sheet.fill(rect(344, y + 14, 846, y + 24), DEEP)
        for step in range(26):
            if sheet.happens(0.66):
                x = 356 + step * 19 + sheet.chance(-3, 3)
                sheet.fill(
                    ellipse((x, y + 12), 8, 10),
                    sheet.dice.choice((RUST, OCHRE, SLATE, BONE, NIGHT, FERN)),
                    rough=0,
                )
                sheet.fill(ellipse((x, y - 1), 4.6), sheet.dice.choice((ROSE, (150, 106, 84))), rough=0)
    sheet.fill([(306, 336), (344, 292), (900, 292), (884, 336)], RUST)
    sheet.shade([(306, 336), (344, 292), (900, 292), (884, 336)], INK, over(500, 940), strength=(0.0, 0.6))
    for x in range(330, 900, 20):
        sheet.line([(x + 18, 294), (x, 334)], BRICK, 2)
    sheet.fill(rect(306, 334, 886, 350), PAPER)
    for x in (330, 505, 680, 852):
        sheet.fill(rect(x, 350, x + 8, 486), BONE)
    hut = rect(930, 402, 1060, 486)
    sheet.fill(hut, FERN)
    sheet.fill(rect(948, 420, 1042, 454), LAMP)
    props.person(sheet, (990, 470), 60, coat=PAPER)
    sheet.fill(rect(940, 452, 1050, 460), BONE)
    sheet.fill([(918, 404), (995, 376), (1072, 404)], INK)


def _fence(sheet: Sheet) -> None:
    for x in range(1086, 1640, 62):
        sheet.fill(rect(x, 372, x + 5, TOUCHLINE), INK)
    for x in range(1086, 1660, 13):
        sheet.line([(x, 378), (x - 56, TOUCHLINE)], INK, 0.9, rough=0)
        sheet.line([(x - 56, 378), (x, TOUCHLINE)], INK, 0.9, rough=0)
    sheet.line([(1060, 376), (WIDE, 376)], INK, 4)


def _crowd(sheet: Sheet) -> None:
    for x in range(20, WIDE, 30):
        if 310 < x < 900 or sheet.happens(0.45):
            continue
        coat: Ink = sheet.dice.choice((RUST, OCHRE, NIGHT, SLATE, BRICK, DEEP))
        props.person(
            sheet,
            (x + sheet.chance(-6, 6), 500),
            sheet.chance(52, 66),
            coat=coat,
            hat=sheet.dice.choice((INK, RUST, OCHRE)),
        )
    sheet.fill(rect(0, 476, WIDE, 500), BONE)
    sheet.shade(rect(0, 476, WIDE, 500), SLATE, down(470, 506), strength=(0.0, 0.8))
    for x in range(40, WIDE, 260):
        sheet.fill(rect(x, 481, x + 150, 495), sheet.dice.choice((RUST, DEEP, OCHRE, FERN)))
        sheet.fill(rect(x + 20, 486, x + 120, 490), PAPER)


def _pitch(sheet: Sheet) -> None:
    sheet.fill(rect(0, 498, WIDE, 900), MOSS, rough=0)
    for step in range(-8, 16):
        if step % 2:
            stripe = [
                (800 + (step - 4) * 118, 498),
                (800 + (step - 3) * 118, 498),
                (800 + (step - 3) * 330, 900),
                (800 + (step - 4) * 330, 900),
            ]
            sheet.shade(stripe, FERN, down(480, 900), strength=(0.35, 0.6))
    sheet.shade(rect(0, 498, WIDE, 900), INK, down(640, 960), strength=(0.0, 0.5))
    sheet.line([(0, 512), (WIDE, 512)], PAPER, 3)
    sheet.line([(980, 512), (1640, 800)], PAPER, 6)
    sheet.line([(560, 560), (1092, 560)], PAPER, 4)
    sheet.line([(560, 560), (1000, 880), (1640, 880)], PAPER, 6)
    mud = [*curve((900, 700), (1080, 640), (1290, 700)), *curve((1290, 700), (1100, 760), (900, 700))]
    sheet.shade(mud, BRICK, down(0, 1), strength=(0.35, 0.35))
    for _ in range(160):
        x, y = sheet.chance(0, WIDE), 560 + sheet.chance(0, 1) ** 0.7 * 330
        sheet.line([(x, y), (x + sheet.chance(-4, 4), y - 4 - (y - 540) * 0.03)], FERN, 2, rough=0)


def _floodlight(sheet: Sheet, x: float, top: float) -> None:
    sheet.fill([(x - 4, top), (x + 4, top), (x + 10, 492), (x - 10, 492)], INK)
    sheet.fill(rect(x - 62, top - 38, x + 62, top + 34), INK)
    for row in range(2):
        for step in range(4):
            sheet.fill(ellipse((x - 44 + step * 29, top - 19 + row * 34), 12), LAMP, rough=0)
    sheet.glow((x, top), 150, PAPER, strength=0.5)


def _goal(sheet: Sheet) -> None:
    """Seen from beside it: near post right, far post left, the net behind."""
    far_foot, far_top, near_foot, near_top = (
        (1136.0, 580.0),
        (1136.0, 402.0),
        (1480.0, 730.0),
        (1480.0, 470.0),
    )
    back_far, back_near = (1230.0, 570.0), (1600.0, 712.0)
    for part in range(27):
        share = part / 26
        top, foot = toward(far_top, near_top, share), toward(back_far, back_near, share)
        sheet.line(curve(top, (foot[0] + 6, top[1] + 60), foot, steps=10), PAPER, 1.3, rough=0)
    for part in range(1, 16):
        share = part / 16
        left = curve(far_top, (back_far[0] + 6, far_top[1] + 60), back_far, steps=16)[part]
        right = curve(near_top, (back_near[0] + 6, near_top[1] + 60), back_near, steps=16)[part]
        sheet.line([left, right], PAPER, 1.3, rough=0)
        sheet.line([toward(near_top, near_foot, share), right], PAPER, 1.1, rough=0)
    sheet.line([far_foot, far_top], PAPER, 9)
    sheet.line([far_top, near_top], PAPER, 10)
    sheet.line([near_foot, near_top], PAPER, 12)


def _players(sheet: Sheet) -> None:
    _player(sheet, (1240, 700), 178, shirt=FERN, stride=0.5, skin=ROSE)
    _player(sheet, (760, 690), 180, shirt=OCHRE, stride=1.1, skin=(150, 106, 84))
    _player(sheet, (560, 640), 146, shirt=RUST, stride=-1.0, skin=ROSE)
    _player(sheet, (900, 596), 120, shirt=RUST, stride=0.8, skin=(120, 84, 64))
    _player(sheet, (300, 600), 112, shirt=OCHRE, stride=0.9, skin=ROSE)
    sheet.shade(ellipse((952, 744), 26, 6), INK, down(0, 1), strength=(0.7, 0.7))
    sheet.fill(ellipse((950, 722), 19), PAPER, rough=0)
    sheet.shade(ellipse((950, 722), 19), SLATE, over(946, 974), strength=(0, 0.8))
    for spot in ((944, 716), (958, 726), (948, 734)):
        sheet.fill(ellipse(spot, 4.4), INK, rough=0)


def _player(sheet: Sheet, feet: Point, tall: float, *, shirt: Ink, stride: float, skin: Ink) -> None:
    x, y = feet
    unit = tall / 8
    sheet.shade(ellipse((x + unit, y), unit * 2.6, unit * 0.4), INK, down(0, 1), strength=(0.6, 0.6))
    for side in (-1, 1):
        knee = (x + side * unit * 0.8 * stride + unit * 0.5 * stride, y - unit * 2.1)
        foot = (
            x + side * unit * 1.5 * stride - unit * 0.3 * stride,
            y - (unit * 0.5 if side * stride < 0 else 0),
        )
        sheet.line([(x, y - unit * 3.8), knee, foot], skin, unit * 0.62, rough=0)
        sheet.line([toward(knee, foot, 0.3), foot], shirt, unit * 0.66, rough=0)
        sheet.line([foot, (foot[0] + unit * 0.6 * (1 if stride > 0 else -1), foot[1])], INK, unit * 0.5, rough=0)
        hand = (x + side * unit * 1.7, y - unit * (4.7 + 0.5 * side * stride))
        sheet.line(
            [(x + side * unit * 0.6, y - unit * 6.1), (x + side * unit * 1.3, y - unit * 5.2), hand],
            shirt if side < 0 else skin,
            unit * 0.56,
            rough=0,
        )
    shorts = [
        (x - unit * 0.85, y - unit * 4.4),
        (x + unit * 0.85, y - unit * 4.4),
        (x + unit * 1.1, y - unit * 3),
        (x, y - unit * 3.1),
        (x - unit * 1.1, y - unit * 3),
    ]
    sheet.fill(shorts, PAPER if shirt != OCHRE else NIGHT, rough=0)
    body = [
        (x - unit, y - unit * 6.5),
        (x + unit, y - unit * 6.5),
        (x + unit * 0.9, y - unit * 4.2),
        (x - unit * 0.9, y - unit * 4.2),
    ]
    sheet.fill(body, shirt, rough=0)
    sheet.shade(body, INK, over(x, x + unit * 1.2), strength=(0, 0.5))
    sheet.fill(ellipse((x + unit * 0.2 * stride, y - unit * 7.25), unit * 0.68, unit * 0.8), skin, rough=0)
    sheet.fill(
        [
            spot
            for spot in ellipse((x + unit * 0.2 * stride, y - unit * 7.45), unit * 0.74, unit * 0.7)
            if spot[1] < y - unit * 7.4
        ],
        INK,
        rough=0,
    )
