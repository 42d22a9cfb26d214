"""What Stripe takes from a payment, how it converts, and which sums it refuses.

Sources: docs.stripe.com/currencies (zero-decimal, three-decimal, special cases, minimum and maximum amounts).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.fake_stripe.errors import StripeError, invalid

ZERO_DECIMAL = {"bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"}
THREE_DECIMAL = {"bhd", "jod", "kwd", "omr", "tnd"}
# Written with two decimals, but the two are always 00: "backwards compatibility requires you to treat it as
# two-decimal". (HUF and TWD are whole only in payouts.)
WHOLE_ONLY = {"isk", "ugx"}
KNOWN = (
    ZERO_DECIMAL
    | THREE_DECIMAL
    | WHOLE_ONLY
    | {
        "aud",
        "bgn",
        "brl",
        "cad",
        "chf",
        "czk",
        "dkk",
        "eur",
        "gbp",
        "hkd",
        "huf",
        "ils",
        "inr",
        "mxn",
        "myr",
        "nok",
        "nzd",
        "pln",
        "ron",
        "sek",
        "sgd",
        "thb",
        "try",
        "twd",
        "usd",
        "zar",
    }
)
LEAST = {
    "usd": 50,
    "eur": 50,
    "gbp": 30,
    "chf": 50,
    "jpy": 50,
    "sek": 300,
    "nok": 300,
    "dkk": 250,
    "pln": 200,
    "czk": 1500,
}
MOST = 99_999_999


def exponent(currency: str) -> int:
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def check(amount: int, currency: str, *, param: str) -> None:
    if currency not in KNOWN:
        raise invalid("currency", f"Invalid currency: {currency}. Stripe currently supports these currencies: usd, …")
    if amount < 0:
        raise invalid(param, "This value must be greater than or equal to 0.", code="parameter_invalid_integer")
    if amount > MOST:
        raise StripeError(
            "Amount must be no more than 999,999.99.", code="amount_too_large", param=param, is_validation=True
        )
    # The words are ours: the documentation gives the rule ("round to the nearest ten"), not the refusal.
    if currency in THREE_DECIMAL and amount % 10:
        raise invalid(param, f"Amounts in {currency} must be rounded to the nearest ten.")
    if currency in WHOLE_ONLY and amount % 100:
        raise invalid(param, f"Amounts in {currency} must not have decimals: they end in 00.")


def check_least(amount: int, currency: str, *, param: str) -> None:
    if amount < LEAST.get(currency, 1):
        raise StripeError(
            f"The Checkout Session's total amount must convert to at least 50 cents. {amount} {currency} is too little.",
            code="amount_too_small",
            param=param,
        )


@dataclass
class Tariff:
    """`rates`: how much of the settlement currency one whole unit of another buys."""

    settlement: str = "eur"
    percent: Decimal = Decimal("1.5")
    fixed: int = 25
    dispute_fee: int = 2000
    rates: dict[str, Decimal] = field(
        default_factory=lambda: {
            "usd": Decimal("0.92"),
            "gbp": Decimal("1.15"),
            "chf": Decimal("1.05"),
            "jpy": Decimal("0.0062"),
            "kwd": Decimal("2.99"),
        }
    )

    def rate(self, currency: str) -> Decimal | None:
        """None when nothing is converted."""
        return None if currency == self.settlement else self.rates[currency]

    def settled(self, amount: int, currency: str) -> int:
        """Rounded half up, to the smallest unit of the settlement currency."""
        rate = self.rate(currency)
        if rate is None:
            return amount
        shift = Decimal(10) ** (exponent(self.settlement) - exponent(currency))
        return _rounded(Decimal(amount) * rate * shift)

    def fee(self, settled: int) -> int:
        return _rounded(Decimal(settled) * self.percent / 100) + self.fixed


def _rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def printed(amount: int, currency: str) -> str:
    """12.34 EUR, as Stripe writes a sum in its refusals closely enough to read."""
    digits = exponent(currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f} {currency.upper()}"
