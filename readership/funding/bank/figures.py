"""Pure: sums as banks write them, read to the last unit and without a float (attack K23)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from readership.funding.errors import LineUnclear
from readership.funding.money import exponent

PLAIN = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]*))?")


def plain_minor(text: str, currency: str) -> int:
    """Of a sum without sign and thousands marks: "1440.5", "1440,50", "1440,". Raises LineUnclear."""
    match = PLAIN.fullmatch(text.strip())
    if not match:
        raise unclear_sum(text)
    return join(match[1], match[2] or "", currency, text)


def join(whole: str, decimals: str, currency: str, text: str) -> int:
    """Decimals beyond those of the currency must be noughts."""
    places = exponent(currency)
    if decimals[places:].strip("0"):
        raise unclear_sum(text)
    return int(whole + decimals[:places].ljust(places, "0"))


def unclear_sum(text: str) -> LineUnclear:
    return LineUnclear(_("“%(text)s” is no sum that we can read.") % {"text": text[:40]})
