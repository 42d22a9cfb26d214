"""Station Yard on a wet evening: the shelter is lit and the 14 is coming."""

# Places on the sheet are numbers, and so are the comparisons with them.
# ruff: noqa: PLR2004

from __future__ import annotations

from readership.website.demo import props
from readership.website.demo.inks import DEEP, HAZE, INK, LAMP, MIST, NIGHT, OCHRE, PAPER, ROSE, RUST, SLATE
from readership.website.demo.press import WIDE, Sheet, curve, down, ellipse, over, rect

KERB = 668.0


def draw(sheet: Sheet) -> None:
    props.sky(sheet, SLATE, NIGHT, horizon=600, strength=1.0)
    _street(sheet)
    _road(sheet)
    _bus(sheet)
    _shelter(sheet)
    _waiting(sheet)
    _post(sheet)
    _rain(sheet)


def _street(sheet: Sheet) -> None:
    left = -40.0
    while left < WIDE:
        wide, high = sheet.chance(120, 190), sheet.chance(190, 320)
        top = 600 - high
        props.gable(
            sheet,
            (left, top, left + wide, 640),
            DEEP if int(left) % 2 else (48, 68, 84),
            INK,
            rise=wide * 0.34,
        )
        for x in (0.2, 0.6):
            for y in (0.14, 0.48):
                glass = LAMP if sheet.happens(0.3) else NIGHT
                box = (left + wide * x, top + high * y, left + wide * (x + 0.2), top + high * y + 46)
                props.window(sheet, box, glass, frame=INK)
        left += wide + 2
    sheet.shade(rect(0, 260, WIDE, 640), NIGHT, down(300, 680), strength=(0.0, 0.5))


def _road(sheet: Sheet) -> None:
    sheet.fill(rect(0, 620, WIDE, KERB + 22), SLATE)
    sheet.shade(rect(0, 620, WIDE, KERB + 22), INK, down(600, KERB + 30), strength=(0.2, 0.6))
    sheet.fill(rect(0, KERB + 10, WIDE, KERB + 24), HAZE)
    sheet.fill(rect(0, KERB + 24, WIDE, 900), NIGHT)
    sheet.shade(rect(0, KERB + 24, WIDE, 900), INK, down(680, 900), strength=(0.1, 0.9))
    for x in range(-60, WIDE, 250):
        sheet.fill([(x, 812), (x + 130, 812), (x + 116, 824), (x - 18, 824)], HAZE, rough=1)


def _bus(sheet: Sheet) -> None:
    body = [
        (1046, 700),
        (1046, 372),
        *curve((1046, 350), (1048, 330), (1080, 328)),
        (1392, 328),
        *curve((1392, 328), (1424, 330), (1426, 352)),
        (1426, 700),
    ]
    side = [(1426, 352), (1660, 320), (1660, 716), (1426, 702)]
    sheet.fill(side, RUST)
    sheet.shade(side, INK, over(1420, 1700), strength=(0.1, 0.75))
    sheet.fill([(1444, 398), (1660, 380), (1660, 518), (1444, 520)], LAMP)
    for x in (1500, 1566, 1632):
        sheet.fill(rect(x, 380, x + 8, 522), INK)
    sheet.fill(body, RUST)
    sheet.shade(body, INK, down(430, 760), strength=(0.0, 0.6))
    sheet.fill([(1070, 400), (1402, 400), (1408, 560), (1064, 560)], LAMP)
    sheet.shade([(1070, 400), (1402, 400), (1408, 560), (1064, 560)], OCHRE, down(380, 580), strength=(0.0, 0.6))
    sheet.fill([(1070, 400), (1402, 400), (1403, 414), (1069, 414)], NIGHT)
    sheet.fill(rect(1234, 400, 1242, 562), INK)
    for x, coat in ((1128, NIGHT), (1330, DEEP), (1384, SLATE)):
        sheet.fill(
            [
                (x - 32, 560),
                *curve((x - 32, 540), (x - 26, 500), (x, 500)),
                *curve((x, 500), (x + 26, 500), (x + 32, 540)),
                (x + 32, 560),
            ],
            coat,
        )
        sheet.fill(ellipse((x, 482), 16, 20), INK, rough=0)
    sheet.fill(rect(1108, 342, 1366, 388), INK)
    _fourteen(sheet)
    sheet.fill(rect(1046, 674, 1426, 712), INK)
    for x in (1102, 1370):
        sheet.glow((x, 634), 150, LAMP, strength=1.0)
        sheet.fill(ellipse((x, 634), 27, 24), PAPER, rough=0)
        sheet.shade(rect(x - 46, 716, x + 46, 890), LAMP, down(716, 900), strength=(0.9, 0.05))
    sheet.shade(rect(1140, 716, 1340, 900), RUST, down(712, 900), strength=(0.6, 0.0))
    for x in (1078, 1356):
        sheet.fill(rect(x, 700, x + 48, 724), INK)


def _fourteen(sheet: Sheet) -> None:
    """The number over the windscreen, in lamps."""
    sheet.line([(1196, 360), (1206, 352), (1206, 380)], OCHRE, 6, rough=0)
    sheet.line([(1246, 380), (1246, 352), (1226, 370), (1256, 370)], OCHRE, 6, rough=0)


def _shelter(sheet: Sheet) -> None:
    inside = [(210, 372), (770, 372), (770, 672), (210, 672)]
    sheet.fill(inside, (226, 196, 132))
    sheet.shade(inside, PAPER, down(560, 372), strength=(0, 0.75))
    sheet.shade(inside, OCHRE, down(500, 690), strength=(0, 0.6))
    sheet.fill([(180, 336), (800, 336), (788, 376), (192, 376)], INK)
    sheet.fill(rect(230, 376, 750, 384), PAPER)
    for x in (208, 392, 578, 762):
        sheet.fill(rect(x, 372, x + 11, 676), INK)
    sheet.fill(rect(236, 440, 368, 620), PAPER)
    sheet.fill(rect(248, 454, 356, 520), DEEP)
    for y in range(534, 612, 13):
        sheet.fill(rect(250, y, 250 + sheet.chance(60, 104), y + 5), SLATE, rough=0)
    sheet.fill(rect(420, 596, 740, 610), RUST)
    for x in (450, 700):
        sheet.fill(rect(x, 608, x + 9, 674), INK)
    sheet.shade([(170, 680), (810, 680), (900, 900), (80, 900)], LAMP, down(676, 900), strength=(0.75, 0.08))


def _waiting(sheet: Sheet) -> None:
    props.person(sheet, (496, 690), 236, coat=DEEP, hat=RUST)
    sheet.shade(rect(466, 694, 526, 860), INK, down(690, 860), strength=(0.8, 0.0))
    props.person(sheet, (894, 690), 248, coat=OCHRE, hat=NIGHT)
    sheet.shade(rect(862, 700, 926, 880), INK, down(694, 880), strength=(0.85, 0.0))
    canopy = [
        (758, 442),
        *curve((758, 442), (780, 330), (894, 326)),
        *curve((894, 326), (1010, 330), (1030, 442)),
    ]
    scallops = [
        *curve((1030, 442), (996, 416), (962, 442)),
        *curve((962, 442), (928, 416), (894, 442)),
        *curve((894, 442), (860, 416), (826, 442)),
        *curve((826, 442), (792, 416), (758, 442)),
    ]
    sheet.line([(930, 432), (930, 580)], INK, 5)
    sheet.fill(ellipse((930, 574), 9), ROSE, rough=0)
    sheet.fill([*canopy, *scallops], RUST)
    sheet.shade([*canopy, *scallops], INK, over(1060, 800), strength=(0.0, 0.6))
    sheet.line([(894, 326), (894, 306)], INK, 5)


def _post(sheet: Sheet) -> None:
    sheet.fill(rect(90, 300, 102, 700), INK)
    sheet.fill(ellipse((96, 290), 58), PAPER, rough=0.5)
    sheet.fill(ellipse((96, 290), 49), DEEP, rough=0.5)
    sheet.fill(rect(68, 268, 124, 306), PAPER)
    sheet.fill(rect(74, 274, 118, 290), DEEP)
    for x in (80, 112):
        sheet.fill(ellipse((x, 308), 6), PAPER, rough=0)


def _rain(sheet: Sheet) -> None:
    for _ in range(330):
        x, y, long = sheet.chance(-40, WIDE), sheet.chance(-20, 880), sheet.chance(16, 46)
        sheet.line([(x, y), (x - long * 0.26, y + long)], MIST, 1.0 if long < 30 else 1.6, rough=0)
    for _ in range(80):
        x, y = sheet.chance(0, WIDE), sheet.chance(700, 890)
        sheet.line(curve((x - 9, y), (x, y - 7), (x + 9, y), steps=6), HAZE, 1.4, rough=0)
