"""Pure: sums of money. Whole minor units and a currency, never a float.

How sums are written and read by people is in `amounts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

from babel.numbers import list_currencies

from readership.funding.errors import CurrenciesDiffer, UnknownCurrency

CURRENCIES: frozenset[str] = frozenset(list_currencies())

# ISO 4217: how many decimals a currency has when it is not two. Ours, not CLDR's, which follows custom and
# changes: sums that are already stored would then mean something else.
OTHER_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS = {code: decimals for decimals, codes in OTHER_EXPONENTS.items() for code in codes.split()}
USUAL_EXPONENT = 2


def exponent(currency: str) -> int:
    """Decimals of `currency`: 2 for USD, 0 for JPY, 3 for KWD. Raises UnknownCurrency."""
    if currency not in CURRENCIES:
        raise UnknownCurrency
    return EXPONENTS.get(currency, USUAL_EXPONENT)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the smallest units: Money(144050, "USD") is $1,440.50, Money(500, "JPY") is ¥500."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        # bool is an int to Python, and a float would be taken silently by every database.
        if type(self.minor) is not int:
            raise TypeError(f"Money counts whole minor units, not {self.minor!r}.")
        exponent(self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    @property
    def units(self) -> int:
        """Whole currency units, towards nothing: $14.99 holds 14."""
        whole = abs(self.minor) // self._unit
        return whole if self.minor >= 0 else -whole

    @property
    def has_fraction(self) -> bool:
        return self.minor % self._unit != 0

    @property
    def decimal(self) -> Decimal:
        """To print only, with as many decimals as the currency has."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def _unit(self) -> int:
        return int(10 ** exponent(self.currency))

    def _minor_of(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"{other!r} is no Money: a bare number has no currency.")
        if other.currency != self.currency:
            raise CurrenciesDiffer
        return other.minor


def share_out(total: Money, weights: list[int]) -> list[Money]:
    """Split `total` by `weights`; the parts always add up to `total`.

    `total.minor` and every weight are >= 0, at least one weight > 0. Cents left over go to the
    largest remainders (Hare quota), earliest first.
    """
    if total.minor < 0 or not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("Only a sum that is not negative can be shared, by weights of which one is above 0.")
    whole = sum(weights)
    parts = [total.minor * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total.minor * weights[i] % whole))
    for index in by_remainder[: total.minor - sum(parts)]:
        parts[index] += 1
    return [Money(part, total.currency) for part in parts]
