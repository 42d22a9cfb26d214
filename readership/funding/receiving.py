"""What is the same whenever money has arrived: typed at the desk or found on a statement of the bank."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from readership import outbox
from readership.funding.errors import AmountNotPositive, CurrenciesDiffer, ReceivedInFuture
from readership.funding.ledger import Movement, book, lock_chain
from readership.funding.models import AnyEntry, Campaign, EntryKind, Gift
from readership.funding.money import Money
from readership.funding.periods import check_open
from readership.readers.models import Reader


def check_arrival(*, campaign: Campaign, amount: Money, received_on: date) -> None:
    """Raises FundingError."""
    if amount.minor <= 0:
        raise AmountNotPositive
    if amount.currency != campaign.currency:
        raise CurrenciesDiffer
    if received_on > timezone.localdate():
        raise ReceivedInFuture


def book_arrival(*, gift: Gift, booked_by: Reader | None, movement: Movement | None = None) -> AnyEntry:
    """The entry in the ledger, and the thanks that must go out. Inside the transaction that made the gift received.

    Raises PeriodClosed. Below the lock, which closing takes as well: a period is closed before this gift or after it.
    """
    lock_chain()
    if gift.received_on:
        check_open(gift.received_on)
    entry = book(
        campaign=gift.campaign,
        gift=gift,
        kind=EntryKind.GIFT,
        amount=gift.amount,
        booked_by=booked_by,
        movement=movement,
    )
    if gift.giver_email:
        outbox.put("gift_thanks", key=f"gift-{gift.pk}", payload={"gift_id": gift.pk})
    return entry
