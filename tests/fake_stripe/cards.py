"""Test numbers and what happens with them: Stripe's own (docs.stripe.com/testing)."""

from __future__ import annotations

PAYS = "4242424242424242"
DECLINED = "4000000000000002"
NO_FUNDS = "4000000000009995"
# Is taken when it is saved, and fails whenever it is charged afterwards.
FAILS_LATER = "4000000000000341"
# The refund is pending first, then succeeds.
REFUND_PENDS = "4000000000007726"
# The refund succeeds at first, then fails.
REFUND_FAILS = "4000000000005126"
DEBIT = "000123456789"
# The debit that Checkout offers in a currency. Where there is none, only cards pay.
DEBITS = {"eur": "sepa_debit", "usd": "us_bank_account", "gbp": "bacs_debit"}

DECLINES = {DECLINED: "generic_decline", NO_FUNDS: "insufficient_funds"}


def why_declined(number: str, *, is_first: bool) -> str | None:
    """The decline code, or None when the card pays."""
    if number == FAILS_LATER:
        return None if is_first else "generic_decline"
    return DECLINES.get(number)


def brand(number: str) -> str:
    return "mastercard" if number.startswith("5") else "visa"
