"""The North Wall at low tide: new concrete as far as the ladder, old stone after it."""

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
    MIST,
    MOSS,
    MUD,
    OCHRE,
    PAPER,
    ROSE,
    RUST,
    SAND,
    SLATE,
    Ink,
)
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect, toward

HORIZON = 372.0
NEAR_TOP, NEAR_FOOT = (1700.0, 96.0), (1700.0, 905.0)
FAR_TOP, FAR_FOOT = (372.0, 352.0), (372.0, 384.0)
JOIN, FAR_END = 5.5, 260.0
# Old stone: tones close to one another, so that it stays one wall.
STONES: tuple[Ink, ...] = (
    (92, 79, 68),
    (104, 90, 77),
    (84, 78, 73),
    (114, 99, 83),
    (96, 88, 82),
    (78, 69, 62),
)


def draw(sheet: Sheet) -> None:
    props.sky(sheet, PAPER, HAZE, horizon=HORIZON, strength=0.75)
    props.cloud(sheet, (360, 150), 300, PAPER, strength=0.95)
    props.cloud(sheet, (900, 90), 260, PAPER, strength=0.85)
    _sea(sheet)
    _sand(sheet)
    _houses(sheet)
    _wall(sheet)
    _rail(sheet)
    _people(sheet)
    for x, y, size in ((250, 210, 17), (330, 178, 11), (182, 250, 9)):
        props.gull(sheet, (x, y), size, DEEP)


def _along(distance: float, high: float) -> Point:
    """A place on the wall: `distance` in panels from the right edge, `high` from foot 0 to top 1."""
    part = 0.17 * distance / (1 + 0.17 * distance)
    return toward(toward(NEAR_FOOT, FAR_FOOT, part), toward(NEAR_TOP, FAR_TOP, part), high)


def _strip(start: float, end: float, low: float, high: float) -> list[Point]:
    return [_along(start, high), _along(end, high), _along(end, low), _along(start, low)]


def _sea(sheet: Sheet) -> None:
    sheet.fill([(0, 350), *curve((0, 348), (130, 318), (300, 346)), (420, HORIZON), (0, HORIZON)], SLATE)
    sheet.fill(rect(120, 296, 130, 336), PAPER, rough=0)
    sheet.fill(rect(118, 290, 132, 298), RUST, rough=0)
    sheet.fill(rect(0, HORIZON - 8, 700, 452), SLATE)
    sheet.shade(rect(0, HORIZON - 8, 700, 452), DEEP, down(452, HORIZON - 10), strength=(0, 0.7))
    props.ripples(sheet, MIST, top=HORIZON, bottom=446, count=44, right=560)


def _sand(sheet: Sheet) -> None:
    shore = [*curve((0, 440), (250, 428), (372, 384)), (WIDE, 640), (WIDE, 900), (0, 900)]
    sheet.fill(shore, SAND)
    sheet.shade(shore, MUD, ((200, 380), (700, 940)), strength=(0.0, 0.75))
    sheet.fill([*curve((0, 440), (250, 428), (372, 384)), *curve((372, 390), (260, 446), (0, 462))], PAPER)
    for centre, wide in (
        ((250, 640), 190),
        ((560, 560), 110),
        ((110, 520), 90),
        ((640, 800), 250),
        ((80, 850), 130),
    ):
        _pool(sheet, centre, wide)
    for _ in range(60):
        near = sheet.chance(0, 1)
        spot = (sheet.chance(0, 900 + 300 * near), 470 + 430 * near)
        sheet.fill(ellipse(spot, 2 + 5 * near, 1 + 2.4 * near), EARTH, rough=0)


def _pool(sheet: Sheet, centre: Point, wide: float) -> None:
    x, y = centre
    pool = [
        *curve((x - wide, y), (x - wide * 0.3, y - wide * 0.2), (x + wide, y - wide * 0.06)),
        *curve((x + wide, y - wide * 0.06), (x + wide * 0.2, y + wide * 0.22), (x - wide, y)),
    ]
    sheet.fill(pool, HAZE, rough=1.6)
    sheet.shade(pool, PAPER, over(x + wide, x - wide), strength=(0, 0.9))


def _houses(sheet: Sheet) -> None:
    """Tanner's Row, looking over the wall."""
    walls: tuple[Ink, ...] = (BONE, ROSE, MIST, BONE, SAND, BRICK, BONE)
    for number, wall in enumerate(walls):
        left = 512 + number * 66.0 + number**2 * 7
        wide, top = 66 + number * 14.0, 262 - number * 21.0
        props.gable(sheet, (left, top, left + wide, 420), wall, DEEP if number % 2 else INK, rise=wide * 0.42)
        sheet.fill(rect(left + wide * 0.7, top - wide * 0.5, left + wide * 0.84, top - wide * 0.1), BRICK)
        props.window(sheet, (left + wide * 0.36, top + 4, left + wide * 0.58, top + 8 + wide * 0.34), DEEP)


def _wall(sheet: Sheet) -> None:
    sheet.fill(_strip(JOIN, FAR_END, 0, 1), (64, 58, 54))
    _stones(sheet)
    sheet.fill(_strip(0, JOIN, 0, 1), BONE)
    sheet.shade(_strip(0, JOIN, 0, 1), SLATE, down(300, 900), strength=(0, 0.6))
    sheet.fill(_strip(0, JOIN, 0.93, 1.0), PAPER)
    sheet.shade(_strip(0, JOIN, 0.88, 0.93), DEEP, down(100, 101), strength=(0.5, 0.5))
    for panel in range(1, 10):
        start = JOIN - panel * 0.6
        sheet.line([_along(start, 0), _along(start, 0.93)], SLATE, 2.2 + panel * 0.3)
    sheet.fill(_strip(0, JOIN, 0, 0.12), MOSS, rough=4)
    sheet.shade(_strip(0, JOIN, 0, 0.14), FERN, down(640, 900), strength=(0.4, 0.9))
    for at in (1.1, 3.0, 4.6):
        _outlet(sheet, at)
    _ladder(sheet)


def _stones(sheet: Sheet) -> None:
    """Courses of old stone; each stone its own tone, weed at the foot."""
    for course in range(9):
        at = JOIN + 0.02 + (course % 2) * 0.2
        while at < 40:
            long = sheet.chance(0.16, 0.46) * (1 + at * 0.1)
            block = _strip(at, at + long * 0.93, course / 9 + 0.01, (course + 1) / 9 - 0.01)
            sheet.fill(block, sheet.dice.choice(STONES), rough=1.2)
            at += long
    sheet.shade(_strip(JOIN, FAR_END, 0, 1), SLATE, over(820, 380), strength=(0.0, 0.7))
    sheet.shade(_strip(JOIN, 40, 0, 1), INK, over(780, 1080), strength=(0.0, 0.45))
    sheet.fill(_strip(JOIN, FAR_END, 0, 0.24), FERN, rough=5)
    sheet.shade(_strip(JOIN, FAR_END, 0, 0.34), FERN, down(420, 600), strength=(0.3, 0.8))


def _outlet(sheet: Sheet, at: float) -> None:
    x, y = _along(at, 0.3)
    high = (_along(at, 0)[1] - _along(at, 1)[1]) * 0.03
    sheet.shade(rect(x - high * 0.5, y, x + high * 0.5, y + high * 7), EARTH, down(y, y + high * 7), strength=(0.7, 0))
    sheet.fill(rect(x - high * 1.5, y - high * 0.8, x + high * 1.5, y + high * 0.8), DEEP)
    sheet.fill(rect(x - high * 1.5, y - high * 1.3, x + high * 1.5, y - high * 0.8), PAPER)


def _ladder(sheet: Sheet) -> None:
    for side in (JOIN - 0.04, JOIN + 0.2):
        sheet.line([_along(side, 0.08), _along(side, 1.1)], RUST, 5)
    for rung in range(2, 22):
        sheet.line([_along(JOIN - 0.04, rung / 21), _along(JOIN + 0.2, rung / 21)], RUST, 3.4)


def _rail(sheet: Sheet) -> None:
    posts = [0.25 + number * 0.6 * (1 + number**2 / 400) for number in range(38)]
    for post in posts:
        foot, top = _along(post, 1), _along(post, 1.17)
        sheet.line([foot, top], INK, max(1.4, (foot[1] - top[1]) * 0.045), rough=0)
    for high in (1.09, 1.17):
        sheet.line([_along(0, high), _along(posts[-1], high)], INK, 3.4, rough=0)


def _people(sheet: Sheet) -> None:
    props.person(sheet, (1392, 842), 196, coat=OCHRE, hat=DEEP)
    props.person(sheet, (1000, 668), 104, coat=RUST, hat=INK)
    sheet.line([*curve((1372, 748), (1180, 716), (1006, 622))], INK, 2.6, rough=0)
