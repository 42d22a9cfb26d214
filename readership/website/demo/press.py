"""A sheet on which pictures are printed in layers: cut shapes, stippled shades, a tooth of paper over all.

Everything is measured in units of a sheet of 1600 by 900 and drawn larger than it is shown, so that edges
come out smooth. Chance is seeded: the same scene is the same picture every time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from readership.website.demo.inks import PAPER, Ink

WIDE, HIGH = 1600, 900
OVERSIZE = 2
# Rows of the shading ramp: flat, from nothing to everything, flat again, so that a shade may end anywhere.
RAMP = bytes(min(max(row - 1024, 0), 255) for row in range(2304))

Point = tuple[float, float]
Points = Sequence[Point]
Span = tuple[Point, Point]


class Sheet:
    def __init__(self, *, seed: str, scale: float) -> None:
        self.scale = scale * OVERSIZE
        self.dice = Random(seed)  # noqa: S311 (it places leaves and waves)
        size = (math.ceil(WIDE * scale), math.ceil(HIGH * scale))
        self.shown_size = size
        self.image = Image.new("RGB", (size[0] * OVERSIZE, size[1] * OVERSIZE), PAPER)
        self.grain = self._noise(size).resize(self.image.size, Image.Resampling.NEAREST)
        self.draw = ImageDraw.Draw(self.image)

    def fill(self, points: Points, ink: Ink, *, rough: float = 0.8) -> None:
        """A shape cut by hand: `rough` is how far, in units, the knife strays."""
        self.draw.polygon(self._cut(points, rough), fill=ink)

    def line(self, points: Points, ink: Ink, width: float, *, rough: float = 0.4) -> None:
        self.draw.line(self._cut(points, rough, is_open=True), ink, max(1, round(width * self.scale)), "curve")

    def shade(self, points: Points, ink: Ink, along: Span, *, strength: tuple[float, float] = (0.0, 0.9)) -> None:
        """Stipple `ink` into a shape: the first strength where `along` starts, the second where it ends."""
        spots = self._at(points)
        box = self._box(spots)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in spots], fill=255)
        stipple = ImageChops.subtract(self._ramp(box, along, strength), self.grain.crop(box))
        mask = ImageChops.multiply(mask, stipple.point([0] + [255] * 255))
        self.image.paste(ink, (box[0], box[1]), mask)

    def glow(self, centre: Point, radius: float, ink: Ink, *, strength: float = 0.8) -> None:
        """Light around a lamp: stippled rings that thin out."""
        for step in range(14, 0, -1):
            dense = min(1.0, strength * ((15 - step) / 14) ** 2.2)
            self.shade(ellipse(centre, radius * step / 14), ink, ((0, 0), (1, 0)), strength=(dense, dense))

    def print(self) -> Image.Image:
        """The finished picture: shown size, with the tooth of the paper."""
        shown = self.image.resize(self.shown_size, Image.Resampling.LANCZOS)
        tooth = self._noise(self.shown_size).filter(ImageFilter.GaussianBlur(0.7))
        tooth = tooth.point([round(128 + (level - 128) * 0.42) for level in range(256)])
        return ImageChops.soft_light(shown, Image.merge("RGB", (tooth, tooth, tooth)))

    def happens(self, odds: float) -> bool:
        return self.dice.random() < odds

    def chance(self, low: float, high: float) -> float:
        return self.dice.uniform(low, high)

    def _noise(self, size: tuple[int, int]) -> Image.Image:
        return Image.frombytes("L", size, self.dice.randbytes(size[0] * size[1]))

    def _at(self, points: Points) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _cut(self, points: Points, rough: float, *, is_open: bool = False) -> list[Point]:
        ends = [*points[1:]] if is_open else [*points[1:], points[0]]
        spots: list[Point] = [points[0]]
        for start, end in zip(points, ends, strict=False):
            spots += self._stray(start, end, rough)
        return self._at(spots)

    def _stray(self, start: Point, end: Point, rough: float) -> list[Point]:
        steps = max(1, int(math.dist(start, end) / 26))
        between = [toward(start, end, step / steps) for step in range(1, steps)]
        return [(x + self.chance(-rough, rough), y + self.chance(-rough, rough)) for x, y in between] + [end]

    def _box(self, spots: Points) -> tuple[int, int, int, int]:
        xs, ys = [x for x, _ in spots], [y for _, y in spots]
        wide, high = self.image.size
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        return (
            left,
            top,
            max(left + 1, min(wide, math.ceil(max(xs)))),
            max(top + 1, min(high, math.ceil(max(ys)))),
        )

    def _ramp(self, box: tuple[int, int, int, int], along: Span, strength: tuple[float, float]) -> Image.Image:
        """How dense the stipple is in each dot of `box`: the ramp, laid along the line."""
        (x0, y0), (x1, y1) = self._at(along)
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        across, down = 255 * (x1 - x0) / length, 255 * (y1 - y0) / length
        start = 1024 + across * (box[0] - x0) + down * (box[1] - y0)
        ramp = Image.frombytes("L", (1, len(RAMP)), RAMP).resize((3, len(RAMP)))
        size = (box[2] - box[0], box[3] - box[1])
        laid = ramp.transform(size, Image.Transform.AFFINE, (0, 0, 1, across, down, start))
        low, high = strength
        return laid.point([round(255 * (low + (high - low) * level / 255)) for level in range(256)])


def rect(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def ellipse(centre: Point, wide: float, high: float | None = None, *, turn: float = 0.0) -> list[Point]:
    """`wide` and `high` are half axes; `turn` is in radians."""
    high = wide if high is None else high
    angles = [2 * math.pi * step / 64 for step in range(64)]
    spots = [(wide * math.cos(angle), high * math.sin(angle)) for angle in angles]
    cos, sin = math.cos(turn), math.sin(turn)
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in spots]


def curve(start: Point, bend: Point, end: Point, *, steps: int = 24) -> list[Point]:
    """A quadratic Bézier curve."""
    parts = [step / steps for step in range(steps + 1)]
    return [toward(toward(start, bend, part), toward(bend, end, part), part) for part in parts]


def toward(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def down(top: float, bottom: float) -> Span:
    """A shade's direction: from one height to another."""
    return (0, top), (0, bottom)


def over(left: float, right: float) -> Span:
    return (left, 0), (right, 0)
