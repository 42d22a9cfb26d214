"""Pure: Stripe's own rules of how many decimals a currency has, where they are not ISO 4217's (attack K07)."""

from __future__ import annotations

from decimal import Decimal

from readership.funding.errors import AmountNotWhole
from readership.funding.money import Money, exponent

# docs.stripe.com/currencies: ISK and UGX have no decimals and are sent with two all the same; MGA is sent with none.
STRIPE_EXPONENTS = {"ISK": 2, "UGX": 2, "MGA": 0}
THREE_DECIMALS = 3


def to_stripe(money: Money) -> int:
    """The number that Stripe calls `amount`. Raises AmountNotWhole where it would lose a part."""
    shift = STRIPE_EXPONENTS.get(money.currency, exponent(money.currency)) - exponent(money.currency)
    amount = Decimal(money.minor).scaleb(shift)
    # Currencies with three decimals are charged in tens of the smallest unit.
    is_too_fine = exponent(money.currency) == THREE_DECIMALS and money.minor % 10
    if is_too_fine or amount != amount.to_integral_value():
        raise AmountNotWhole
    return int(amount)


def from_stripe(amount: int, currency: str) -> Money:
    """`currency` as Stripe writes it, in small letters."""
    code = currency.upper()
    shift = exponent(code) - STRIPE_EXPONENTS.get(code, exponent(code))
    return Money(int(Decimal(amount).scaleb(shift)), code)
