"""Pure: how large gifts are, in classes that make sense in their currency and in which nobody stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from readership.funding.money import exponent

# In units worth about a dollar: up to 10, 50, 250, and more.
BOUNDS = (10, 50, 250)
# Currencies whose unit is worth much less, by how many of it stand for one.
SMALL_UNITS = {
    10: "CNY CZK DKK HKD MAD MXN NOK SEK TRY UAH ZAR",
    100: "INR JPY KES ISK HUF PHP RSD RUB ALL DZD EGP NGN PKR",
    1_000: "KRW CLP COP IDR IQD IRR LBP MNT PYG TZS UGX UZS VND",
}
SCALES = {code: scale for scale, codes in SMALL_UNITS.items() for code in codes.split()}
# Of fewer givers than these, no sum is published by itself.
FEWEST = 3


@dataclass(frozen=True)
class SizeClass:
    """From `at_least`, in minor units, to less than `below`; None is no end."""

    at_least: int
    below: int | None
    givers_count: int
    sum_minor: int


@dataclass(frozen=True)
class Way:
    """What came by one kind of gift, or by several that are told together."""

    kinds: tuple[str, ...]
    givers_count: int
    gifts_count: int
    sum_minor: int


T = TypeVar("T", SizeClass, Way)


def bounds(currency: str) -> list[tuple[int, int | None]]:
    unit = 10 ** exponent(currency) * SCALES.get(currency, 1)
    edges: list[int | None] = [0, *(bound * unit for bound in BOUNDS), None]
    return [(begin or 0, end) for begin, end in pairwise(edges)]


def is_told(rows: list[T]) -> bool:
    """Whether none of them would say what one or two people gave."""
    return not any(0 < row.givers_count < FEWEST for row in rows)


def joined_classes(classes: list[SizeClass]) -> list[SizeClass]:
    """Each class of too few givers goes together with the next one, the last with the one before."""
    kept = list(classes)
    while len(kept) > 1 and not is_told(kept):
        place = next(number for number, one in enumerate(kept) if 0 < one.givers_count < FEWEST)
        first = min(place, len(kept) - 2)
        kept[first : first + 2] = [_together(kept[first], kept[first + 1])]
    return kept


def _together(lower: SizeClass, upper: SizeClass) -> SizeClass:
    return SizeClass(
        at_least=lower.at_least,
        below=upper.below,
        givers_count=lower.givers_count + upper.givers_count,
        sum_minor=lower.sum_minor + upper.sum_minor,
    )


def joined_ways(ways: list[Way]) -> list[Way]:
    """The ways of too few givers are told together, and with the smallest of the others: one person may be behind
    several of them. Largest first."""
    kept = sorted(ways, key=lambda way: -way.sum_minor)
    few = [way for way in kept if way.givers_count < FEWEST]
    kept = [way for way in kept if way.givers_count >= FEWEST]
    if not few:
        return kept
    few += [kept.pop()] if kept else []
    together = Way(
        kinds=tuple(kind for way in few for kind in way.kinds),
        givers_count=sum(way.givers_count for way in few),
        gifts_count=sum(way.gifts_count for way in few),
        sum_minor=sum(way.sum_minor for way in few),
    )
    return [*kept, together]
