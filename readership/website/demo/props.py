"""What many scenes have in them: skies, water, gulls, people, windows, roofs."""

from __future__ import annotations

from readership.website.demo.inks import INK, PAPER, ROSE, Ink
from readership.website.demo.press import WIDE, Point, Sheet, curve, down, ellipse, over, rect


def sky(sheet: Sheet, low: Ink, high: Ink, *, horizon: float, strength: float = 0.95) -> None:
    sheet.fill(rect(0, 0, WIDE, horizon), low, rough=0)
    sheet.shade(rect(0, 0, WIDE, horizon), high, down(horizon * 0.95, 0), strength=(0, strength))


def cloud(sheet: Sheet, centre: Point, wide: float, ink: Ink, *, strength: float = 0.7) -> None:
    """A flat-bottomed bank of cloud, thinner towards its foot."""
    x, y = centre
    for part, lift, size in ((-0.6, 0.0, 0.34), (-0.25, 0.06, 0.46), (0.15, 0.1, 0.5), (0.55, 0.02, 0.36)):
        lump = ellipse((x + wide * part, y - wide * lift), wide * size, wide * size * 0.3)
        sheet.shade(lump, ink, down(y + wide * 0.16, y - wide * 0.22), strength=(0, strength))


def ripples(
    sheet: Sheet, ink: Ink, *, top: float, bottom: float, count: int, left: float = 0, right: float = WIDE
) -> None:
    """Short strokes that grow longer and thicker as the water comes nearer."""
    for _ in range(count):
        near = sheet.chance(0, 1) ** 1.5
        y, x = top + (bottom - top) * near, sheet.chance(left, right)
        half = 8 + 60 * near * sheet.chance(0.4, 1)
        sheet.fill(ellipse((x, y), half, 0.7 + 2.2 * near), ink, rough=0)


def gull(sheet: Sheet, at: Point, size: float, ink: Ink = INK) -> None:
    x, y = at
    wings = [
        *curve((x - size, y - size * 0.25), (x - size * 0.4, y - size * 0.62), (x, y), steps=10),
        *curve((x, y), (x + size * 0.45, y - size * 0.7), (x + size, y - size * 0.38), steps=10),
        *curve((x + size, y - size * 0.38), (x + size * 0.4, y - size * 0.5), (x, y + size * 0.18), steps=10),
        *curve((x, y + size * 0.18), (x - size * 0.4, y - size * 0.42), (x - size, y - size * 0.25), steps=10),
    ]
    sheet.fill(wings, ink, rough=0)


def person(
    sheet: Sheet,
    feet: Point,
    tall: float,
    *,
    coat: Ink,
    legs: Ink = INK,
    skin: Ink = ROSE,
    hat: Ink | None = None,
) -> None:
    """Someone standing, seen from afar: legs, coat, head, and a shade down one side."""
    x, y = feet
    unit = tall / 8
    for step in (-0.55, 0.55):
        sheet.fill(
            [
                (x + unit * (step - 0.42), y - unit * 3.6),
                (x + unit * (step + 0.42), y - unit * 3.6),
                (x + unit * (step + 0.3), y),
                (x + unit * (step - 0.36), y),
            ],
            legs,
            rough=0,
        )
    body = [
        (x - unit * 0.75, y - unit * 6.5),
        (x + unit * 0.75, y - unit * 6.5),
        (x + unit * 1.25, y - unit * 5.7),
        (x + unit * 1.2, y - unit * 2.9),
        (x - unit * 1.2, y - unit * 2.9),
        (x - unit * 1.25, y - unit * 5.7),
    ]
    sheet.fill(body, coat, rough=0.2)
    sheet.shade(body, INK, over(x - unit * 0.2, x + unit * 1.4), strength=(0, 0.55))
    sheet.fill(ellipse((x, y - unit * 7.25), unit * 0.72, unit * 0.85), skin, rough=0)
    if hat is not None:
        sheet.fill(
            [
                *ellipse((x, y - unit * 7.6), unit * 0.82, unit * 0.62)[32:],
                (x + unit * 0.85, y - unit * 7.4),
                (x - unit * 0.85, y - unit * 7.4),
            ],
            hat,
            rough=0,
        )


def window(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    glass: Ink,
    *,
    frame: Ink = PAPER,
    across: int = 2,
    up: int = 2,
) -> None:
    """A sash window: frame, glass with a shade in it, bars."""
    left, top, right, bottom = box
    bar = max(1.6, (right - left) * 0.06)
    sheet.fill(rect(left - bar, top - bar, right + bar, bottom + bar), frame, rough=0.3)
    sheet.fill(rect(left, top, right, bottom), glass, rough=0)
    sheet.shade(rect(left, top, right, bottom), INK, down(bottom, top), strength=(0, 0.4))
    for step in range(1, across):
        x = left + (right - left) * step / across
        sheet.fill(rect(x - bar / 2.4, top, x + bar / 2.4, bottom), frame, rough=0)
    for step in range(1, up):
        y = top + (bottom - top) * step / up
        sheet.fill(rect(left, y - bar / 2.4, right, y + bar / 2.4), frame, rough=0)


def gable(sheet: Sheet, box: tuple[float, float, float, float], wall: Ink, roof: Ink, *, rise: float) -> None:
    """A house front seen square on: wall, gable, roof edge, and a shade on one side."""
    left, top, right, bottom = box
    middle = (left + right) / 2
    front = [(left, top), (middle, top - rise), (right, top), (right, bottom), (left, bottom)]
    sheet.fill(front, wall)
    sheet.shade(front, INK, over(middle, right + 30), strength=(0, 0.35))
    eave = rise * 0.16
    sheet.fill(
        [
            (left - 6, top + 4),
            (middle, top - rise - eave),
            (right + 6, top + 4),
            (right + 6, top + 14),
            (middle, top - rise - eave + 13),
            (left - 6, top + 14),
        ],
        roof,
        rough=0.4,
    )
