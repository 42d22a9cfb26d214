"""What the giving page offers: sums, their limits, and what to add for the fee."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from readership.funding.errors import AmountAboveLimit, AmountTooSmall
from readership.funding.models import Campaign, Frequency
from readership.funding.money import Money, exponent
from readership.funding.wording import amount_text

# In whole units of a currency of the size of a dollar or a euro, times UNIT_SIZES for others.
USUAL = {Frequency.ONCE: (10, 25, 50, 100), Frequency.MONTH: (5, 10, 20, 50), Frequency.YEAR: (50, 100, 200, 500)}
# Roughly what one dollar is in currencies of other sizes, so that nobody is offered ten yen.
UNIT_SIZES = {
    "JPY": 100, "KRW": 1_000, "VND": 20_000, "IDR": 10_000, "HUF": 300, "CLP": 900, "ISK": 100, "UGX": 3_000,
    "NGN": 1_000, "INR": 50, "RUB": 50, "UAH": 40, "TRY": 30, "ZAR": 10, "SEK": 10, "NOK": 10, "DKK": 10,
    "CZK": 20, "MXN": 20, "KES": 100, "TZS": 2_000, "XOF": 500, "XAF": 500, "GEL": 3, "PLN": 4, "RON": 4,
}  # fmt: skip


def _units(count: int, currency: str) -> Money:
    return Money(count * UNIT_SIZES.get(currency, 1) * 10 ** exponent(currency), currency)


def smallest(currency: str) -> Money:
    return _units(settings.SMALLEST_GIFT, currency)


def largest(currency: str) -> Money:
    return _units(settings.LARGEST_GIFT, currency)


def check_limits(amount: Money) -> None:
    """Raises AmountTooSmall or AmountAboveLimit, with the limit in the sentence (attacks K06, K17)."""
    if amount < smallest(amount.currency):
        least = {"least": amount_text(smallest(amount.currency))}
        raise AmountTooSmall(_("The smallest gift we can take this way is %(least)s.") % least)
    if amount > largest(amount.currency):
        most = {"most": amount_text(largest(amount.currency))}
        raise AmountAboveLimit(
            _("The largest gift we can take this way is %(most)s. Please write to us about a larger one.") % most
        )


def choices(campaign: Campaign) -> dict[Frequency, tuple[Money, ...]]:
    """The campaign's own, smallest first; usual ones of its currency where it names none. One query."""
    own: dict[Frequency, list[Money]] = {frequency: [] for frequency in Frequency}
    for choice in campaign.amount_choices.all():
        own[Frequency(choice.frequency)].append(Money(choice.amount_minor, campaign.currency))
    return {frequency: _offered(own[frequency], frequency, campaign.currency) for frequency in Frequency}


def _offered(own: Iterable[Money], frequency: Frequency, currency: str) -> tuple[Money, ...]:
    return tuple(sorted(own)) or tuple(_units(count, currency) for count in USUAL[frequency])
