"""What the open books may show: sums and counts, in words and in drawings. No row, and of people only chosen names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from readership.funding.drawing import Bar
from readership.funding.parts import LedgerState


@dataclass(frozen=True)
class Line:
    """`is_sum`: what stands above it, added up."""

    label: str
    text: str
    is_sum: bool = False


@dataclass(frozen=True)
class Share:
    """A row with a bar: `x` and `width` are SVG attributes, in proportion to the largest row; `percent` is of the
    whole, rounded down."""

    label: str
    givers_count: int
    text: str
    percent: int
    x: str
    width: str


@dataclass(frozen=True)
class Book:
    """The money of one currency. `ways` and `sizes` are empty where they would tell what one or two people gave, and
    so are the shares."""

    currency: str
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    ways: tuple[Share, ...]
    sizes: tuple[Share, ...]
    givers_count: int
    gifts_count: int
    largest_percent: int | None
    ten_largest_percent: int | None
    fees_permille: int


@dataclass(frozen=True)
class NamedGiver:
    name: str
    size: str


@dataclass(frozen=True)
class Wall:
    """A page of those who chose to be named, by name. `newer` and `older` are page numbers, None at the ends."""

    givers: tuple[NamedGiver, ...]
    count: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class LedgerFile:
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class OpenBooks:
    """`year` is None for all time, and the bars are years then."""

    year: int | None
    years: tuple[int, ...]
    books: tuple[Book, ...]
    state: LedgerState
    files: tuple[LedgerFile, ...]
    today: date
