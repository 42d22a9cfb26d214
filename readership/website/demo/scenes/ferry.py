"""The Morning Petrel on her way back from Ostrey."""

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import (
    BONE,
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
)
from readership.website.demo.press import WIDE, Sheet, curve, down, ellipse, over, rect

HORIZON = 470.0


def draw(sheet: Sheet) -> None:
    props.sky(sheet, PAPER, HAZE, horizon=HORIZON, strength=0.85)
    for centre, wide in (((420, 210), 420), ((1240, 150), 360), ((980, 330), 240), ((160, 380), 180)):
        props.cloud(sheet, centre, wide, PAPER, strength=0.95)
        props.cloud(sheet, (centre[0] + 30, centre[1] + wide * 0.09), wide * 0.8, SLATE, strength=0.22)
    _island(sheet)
    _sea(sheet)
    _wake(sheet)
    _hull(sheet)
    _deckhouse(sheet)
    _swell(sheet)
    for x, y, size in ((520, 250, 22), (460, 300, 14), (610, 212, 12), (1290, 330, 17), (1360, 360, 10)):
        props.gull(sheet, (x, y), size, INK)


def _island(sheet: Sheet) -> None:
    land = [
        (880, HORIZON),
        *curve((900, HORIZON - 4), (1080, 360), (1270, 402)),
        *curve((1270, 402), (1480, 414), (1640, HORIZON - 26)),
        (1640, HORIZON),
        (880, HORIZON),
    ]
    sheet.fill(land, SLATE)
    sheet.shade(land, MOSS, down(HORIZON, 380), strength=(0.0, 0.75))
    sheet.shade(land, DEEP, over(1150, 1640), strength=(0, 0.5))
    for x in (1140, 1166, 1198, 1222, 1262):
        sheet.fill(rect(x, 434, x + 15, 448), PAPER)
        sheet.fill([(x - 2, 435), (x + 7.5, 424), (x + 17, 435)], INK)
    sheet.fill(rect(0, HORIZON - 9, 330, HORIZON), HAZE)


def _sea(sheet: Sheet) -> None:
    sheet.fill(rect(0, HORIZON, WIDE, 900), HAZE, rough=0)
    sheet.shade(rect(0, HORIZON, WIDE, 900), DEEP, down(HORIZON - 40, 900), strength=(0.05, 1.0))
    sheet.shade(rect(0, HORIZON, WIDE, 900), FERN, down(HORIZON, 980), strength=(0.0, 0.55))
    props.ripples(sheet, MIST, top=HORIZON + 2, bottom=880, count=190)
    props.ripples(sheet, NIGHT, top=HORIZON + 20, bottom=890, count=120)


def _wake(sheet: Sheet) -> None:
    foam = [*curve((1120, 640), (1380, 628), (1640, 566)), *curve((1640, 604), (1400, 660), (1110, 668))]
    sheet.shade(foam, PAPER, over(1640, 1110), strength=(0.15, 0.95))
    bow = [*curve((250, 672), (330, 622), (420, 660)), *curve((560, 676), (380, 690), (250, 672))]
    sheet.fill(bow, PAPER, rough=2)


def _hull(sheet: Sheet) -> None:
    hull = [
        (352, 520),
        (420, 546),
        (1104, 546),
        (1150, 520),
        (1136, 664),
        *curve((1120, 676), (700, 690), (430, 668)),
        (392, 640),
    ]
    sheet.fill(hull, RUST)
    sheet.shade(hull, INK, down(560, 690), strength=(0.0, 0.7))
    sheet.fill([(404, 642), (1139, 642), (1135, 668), *curve((1120, 678), (700, 694), (430, 670))], NIGHT)
    sheet.fill([(398, 632), (1140, 632), (1139, 641), (403, 641)], PAPER)
    sheet.fill([(352, 520), (330, 418), (352, 412), (388, 534)], INK)
    sheet.fill(rect(420, 540, 1104, 550), INK)
    for x in range(470, 1080, 66):
        sheet.fill(ellipse((x, 592), 8), INK, rough=0)
        sheet.fill(ellipse((x - 1.5, 590), 4.4), HAZE, rough=0)


def _deckhouse(sheet: Sheet) -> None:
    _cars(sheet)
    lower = [(690, 452), (1078, 452), (1090, 544), (690, 544)]
    sheet.fill(lower, PAPER)
    sheet.shade(lower, SLATE, over(760, 1100), strength=(0, 0.75))
    for x in range(714, 1060, 44):
        sheet.fill(rect(x, 474, x + 30, 502), DEEP)
        sheet.shade(rect(x, 474, x + 30, 502), MIST, over(x + 30, x - 10), strength=(0, 0.5))
    bridge = [(716, 378), (880, 378), (892, 454), (704, 454)]
    sheet.fill(bridge, BONE)
    sheet.fill([(722, 392), (874, 392), (878, 424), (716, 424)], NIGHT)
    for x in range(744, 876, 26):
        sheet.fill(rect(x, 390, x + 4, 426), BONE, rough=0)
    sheet.shade(bridge, SLATE, over(820, 900), strength=(0, 0.6))
    sheet.fill(rect(700, 368, 898, 379), INK)
    sheet.fill(rect(682, 446, 1092, 455), INK)
    funnel = [(952, 346), (1024, 346), (1034, 448), (946, 448)]
    sheet.fill(funnel, RUST)
    sheet.fill([(952, 346), (1024, 346), (1026, 368), (950, 368)], INK)
    sheet.fill([(949, 384), (1028, 384), (1030, 404), (948, 404)], PAPER)
    sheet.shade(funnel, INK, over(980, 1036), strength=(0, 0.7))
    sheet.line([(800, 368), (800, 262)], INK, 5)
    sheet.line([(770, 300), (830, 300)], INK, 4)
    sheet.fill([(800, 266), (846, 276), (800, 290)], OCHRE)
    for smoke, size in (((1050, 318), 90), ((1150, 286), 130), ((1290, 262), 160)):
        props.cloud(sheet, smoke, size, SLATE, strength=0.35)
    for x, coat in ((1046, OCHRE), (906, ROSE), (1000, DEEP)):
        props.person(sheet, (x, 448), 46, coat=coat)
    sheet.line([(890, 426), (1086, 426)], INK, 2.4, rough=0)


def _cars(sheet: Sheet) -> None:
    for x, ink in ((430, SLATE), (520, OCHRE), (606, MIST)):
        sheet.fill(
            [
                (x, 542),
                (x, 516),
                (x + 14, 512),
                (x + 24, 494),
                (x + 56, 494),
                (x + 66, 514),
                (x + 74, 518),
                (x + 74, 542),
            ],
            ink,
        )
        sheet.fill([(x + 20, 513), (x + 28, 499), (x + 52, 499), (x + 58, 513)], NIGHT)
        sheet.fill(ellipse((x + 64, 524), 4), LAMP, rough=0)


def _swell(sheet: Sheet) -> None:
    """The nearest waves stand in front of the boat."""
    for y, ink in ((742, DEEP), (810, NIGHT)):
        crest: list[tuple[float, float]] = [(-20, y + 20)]
        for x in range(-20, 1640, 166):
            crest += curve((x, y + 16), (x + 60, y - 26), (x + 166, y + 16), steps=10)
        band = [*crest, (1640, 960), (-20, 960)]
        sheet.shade(band, ink, down(y - 20, y + 130), strength=(0.25, 0.85))
    props.ripples(sheet, MIST, top=700, bottom=890, count=46)
