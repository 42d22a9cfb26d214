"""The window seat at Harbour Road, between the shelves."""

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
from readership.website.demo.press import WIDE, Sheet, curve, down, ellipse, over, rect

SPINES: tuple[Ink, ...] = (RUST, DEEP, OCHRE, SLATE, FERN, BRICK, BONE, NIGHT, MOSS, HAZE, ROSE, EARTH)
LEFT, TOP, RIGHT, SILL = 520.0, 90.0, 1130.0, 620.0


def draw(sheet: Sheet) -> None:
    sheet.fill(rect(0, 0, WIDE, 900), SAND, rough=0)
    _view(sheet)
    _frame(sheet)
    _shelf(sheet, 0, 430)
    _shelf(sheet, 1220, WIDE)
    _floor(sheet)
    _seat(sheet)
    _child(sheet)
    _books(sheet)


def _view(sheet: Sheet) -> None:
    box = rect(LEFT, TOP, RIGHT, SILL)
    sheet.fill(box, PAPER)
    sheet.shade(box, HAZE, down(520, 60), strength=(0, 0.85))
    sheet.fill(rect(LEFT, 420, RIGHT, 480), SLATE)
    props.ripples(sheet, MIST, top=424, bottom=474, count=24, left=LEFT + 30, right=RIGHT - 30)
    for x, high in ((660, 190), (724, 150), (968, 210), (1040, 160)):
        sheet.line([(x, 470), (x, 470 - high)], INK, 4)
        sheet.line([(x, 470 - high), (x - 40, 468)], INK, 1.2, rough=0)
        sheet.line([(x, 470 - high), (x + 44, 468)], INK, 1.2, rough=0)
        sheet.line([(x, 440 - high * 0.4), (x + 44, 430 - high * 0.3)], EARTH, 4)
    walls: tuple[Ink, ...] = (BRICK, BONE, SLATE, ROSE, MIST)
    for number, wall in enumerate(walls):
        left = LEFT - 40 + number * 138
        top = 500 + (number * 37) % 50
        props.gable(sheet, (left, top, left + 140, SILL + 20), wall, INK, rise=56)
        sheet.fill(rect(left + 94, top - 66, left + 112, top - 14), RUST)
    for x, y, size in ((790, 200, 15), (850, 178, 10), (600, 250, 9)):
        props.gull(sheet, (x, y), size, DEEP)


def _frame(sheet: Sheet) -> None:
    for edges in (rect(0, 0, WIDE, TOP), rect(0, 0, LEFT, 900), rect(RIGHT, 0, WIDE, 900)):
        sheet.fill(edges, (196, 170, 130), rough=0)
    for edges in (
        rect(LEFT - 30, TOP - 30, RIGHT + 30, TOP),
        rect(LEFT - 30, TOP, LEFT, SILL),
        rect(RIGHT, TOP, RIGHT + 30, SILL),
    ):
        sheet.fill(edges, PAPER)
    for part in (1 / 3, 2 / 3):
        x, y = LEFT + (RIGHT - LEFT) * part, TOP + (SILL - TOP) * part
        sheet.fill(rect(x - 6, TOP, x + 6, SILL), PAPER)
        sheet.fill(rect(LEFT, y - 5, RIGHT, y + 5), PAPER)
    sheet.shade(rect(RIGHT, TOP, RIGHT + 30, SILL), SLATE, over(RIGHT, RIGHT + 30), strength=(0.1, 0.7))
    sheet.shade(rect(0, 0, WIDE, TOP - 30), EARTH, down(80, -40), strength=(0.1, 0.7))


def _shelf(sheet: Sheet, left: float, right: float) -> None:
    sheet.fill(rect(left - 10, 30, right + 10, 900), EARTH)
    for row in range(6):
        top, bottom = 52 + row * 140.0, 176 + row * 140.0
        sheet.fill(rect(left + 10, top, right - 10, bottom), INK)
        _row_of_books(sheet, left + 14, right - 14, bottom)
        sheet.fill(rect(left - 2, bottom, right + 2, bottom + 15), (150, 118, 86))
        sheet.shade(rect(left + 10, top, right - 10, top + 46), INK, down(top, top + 46), strength=(0.7, 0.0))
    inward = over(right - 260, right + 80) if left < LEFT else over(left + 200, left - 120)
    sheet.shade(rect(left - 10, 30, right + 10, 900), LAMP, inward, strength=(0.0, 0.28))
    outward = over(right, left - 160) if left < LEFT else over(left, right + 160)
    sheet.shade(rect(left - 10, 30, right + 10, 900), INK, outward, strength=(0.0, 0.65))


def _row_of_books(sheet: Sheet, left: float, right: float, foot: float) -> None:
    at = left
    while at < right - 12:
        wide, high = sheet.chance(11, 30), sheet.chance(70, 112)
        if sheet.happens(0.09):
            at += sheet.chance(20, 44)
            continue
        ink = sheet.dice.choice(SPINES)
        spine = rect(at, foot - high, min(right, at + wide - 1.5), foot)
        sheet.fill(spine, ink, rough=0.4)
        sheet.shade(spine, INK, over(at, at + wide * 1.3), strength=(0, 0.5))
        band = OCHRE if ink in {NIGHT, DEEP, FERN} else PAPER
        sheet.fill(rect(at + 2, foot - high * 0.8, min(right, at + wide - 4), foot - high * 0.72), band, rough=0)
        at += wide


def _floor(sheet: Sheet) -> None:
    sheet.fill([(430, 800), (1220, 800), (1330, 900), (320, 900)], (170, 128, 88))
    sheet.shade([(430, 800), (1220, 800), (1330, 900), (320, 900)], INK, down(780, 960), strength=(0.0, 0.55))
    rug = [(560, 838), (1100, 838), (1160, 905), (490, 905)]
    sheet.fill(rug, BRICK)
    sheet.line([(574, 848), (1086, 848)], OCHRE, 3)


def _seat(sheet: Sheet) -> None:
    sheet.fill(rect(430, 676, 1220, 808), PAPER)
    sheet.shade(rect(430, 676, 1220, 808), SLATE, down(670, 850), strength=(0.1, 0.7))
    for x in (462, 714, 966):
        sheet.line([(x, 700), (x + 222, 700), (x + 222, 792), (x, 792), (x, 700)], SLATE, 3)
    cushion = [(436, 640), *curve((436, 632), (800, 616), (1214, 632)), (1218, 680), (432, 680)]
    sheet.fill(cushion, RUST)
    sheet.shade(cushion, INK, down(640, 700), strength=(0, 0.6))
    pillow = [*curve((1066, 640), (1060, 500), (1120, 500)), *curve((1120, 500), (1190, 506), (1186, 640))]
    sheet.fill(pillow, OCHRE)
    sheet.shade(pillow, INK, over(1100, 1210), strength=(0, 0.5))


def _child(sheet: Sheet) -> None:
    """Back against the pillow, knees up, an octopus on the cover."""
    legs = [(1040, 640), (1044, 596), (900, 520), (856, 620), (846, 646), (902, 646), (918, 596), (1000, 644)]
    sheet.fill(legs, NIGHT)
    sheet.fill([(840, 650), (842, 632), (900, 632), (908, 650)], INK)
    body = [
        (1034, 646),
        *curve((1012, 560), (1030, 470), (1062, 446)),
        *curve((1062, 446), (1112, 440), (1128, 520)),
        (1132, 646),
    ]
    sheet.fill(body, FERN)
    sheet.shade(body, INK, over(1070, 1150), strength=(0, 0.6))
    sheet.fill(ellipse((1052, 396), 45, 49), ROSE, rough=0)
    hair = [
        *curve((1004, 390), (1010, 330), (1066, 338)),
        *curve((1066, 338), (1118, 350), (1104, 436)),
        *curve((1104, 436), (1082, 420), (1076, 380)),
        *curve((1076, 380), (1040, 384), (1004, 390)),
    ]
    sheet.fill(hair, INK)
    book = [(884, 396), (966, 428), (966, 536), (884, 506)]
    sheet.fill([(966, 428), (984, 420), (984, 528), (966, 536)], PAPER)
    sheet.fill(book, OCHRE)
    sheet.fill(ellipse((924, 448), 17, 20), RUST, rough=0)
    for step in range(5):
        x = 906 + step * 9
        sheet.line(curve((x, 460), (x - 8 + step * 4, 482), (x - 4 + step * 3, 494), steps=8), RUST, 4, rough=0)
    arm = [(1052, 476), (1076, 500), (1000, 548), (964, 520), (970, 502), (1000, 512)]
    sheet.fill(arm, FERN)
    sheet.shade(arm, INK, down(490, 560), strength=(0, 0.5))
    sheet.fill(ellipse((968, 512), 13), ROSE, rough=0)


def _books(sheet: Sheet) -> None:
    for y, left, ink in ((626, 520, DEEP), (608, 532, OCHRE), (590, 516, SLATE), (572, 540, FERN)):
        sheet.fill(rect(left, y, left + 120, y + 17), ink)
        sheet.fill(rect(left + 8, y + 3, left + 122, y + 14), PAPER)
        sheet.fill(rect(left, y, left + 96, y + 17), ink)
