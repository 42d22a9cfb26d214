"""What happens with gifts: received, reversed, and sums brought along from an older site."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from readership.funding.errors import (
    AlreadyOpened,
    AmountNotPositive,
    CurrenciesDiffer,
    NameTooLong,
    NotReceived,
    NotReversible,
    ReasonMissing,
)
from readership.funding.givers import giver_known_by
from readership.funding.ledger import book, lock_chain
from readership.funding.models import AnyEntry, Campaign, EntryKind, Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.receiving import book_arrival, check_arrival
from readership.lib.text import clean_line, clean_text
from readership.readers.models import Reader

NAME_LENGTH = 120


@transaction.atomic
def receive_gift(
    *,
    campaign: Campaign,
    amount: Money,
    received_on: date,
    kind: GiftKind,
    entered_by: Reader,
    submission_key: str,
    giver_name: str = "",
    is_anonymous: bool = False,
    giver_email: str = "",
    note: str = "",
) -> Gift:
    """Record money that has arrived: the gift, its ledger entry and the thanks that must go out.

    The same `submission_key` again returns the first gift and books nothing. Raises FundingError.
    """
    giver_name = _checked_name(giver_name)
    check_arrival(campaign=campaign, amount=amount, received_on=received_on)
    # Before the chain's lock, which is taken last: others learn a giver first and book then.
    giver = giver_known_by(giver_email, name=giver_name)
    # Taken before we look: of two sendings of one form, the second must find the first's gift.
    lock_chain()
    first = Gift.objects.filter(submission_key=submission_key).first()
    if first:
        return first
    gift = Gift.objects.create(
        campaign=campaign,
        amount_minor=amount.minor,
        currency=amount.currency,
        received_on=received_on,
        kind=kind,
        giver=giver,
        giver_name=giver_name,
        is_anonymous=is_anonymous,
        giver_email=giver_email.strip().lower(),
        note=clean_text(note),
        entered_by=entered_by,
        submission_key=submission_key,
    )
    book_arrival(gift=gift, booked_by=entered_by)
    return gift


def _checked_name(name: str) -> str:
    name = clean_line(name)
    if len(name) > NAME_LENGTH:
        raise NameTooLong
    return name


def _said(reason: str) -> str:
    # Invisible characters are no reason.
    if not clean_line(reason):
        raise ReasonMissing
    return clean_text(reason)


@transaction.atomic
def reverse_gift(*, gift: Gift, reason: str, reversed_by: Reader) -> AnyEntry:
    """Take a gift out of every sum, by an entry against its own. A second time returns the first reversal.

    Money that came through a processor is still there: it is paid back (`refunding.order_refund`), not reversed.
    """
    if gift.kind == GiftKind.ONLINE:
        raise NotReversible
    reason = _said(reason)
    lock_chain()
    booking = LedgerEntry.objects.select_related("campaign").filter(gift=gift, kind=EntryKind.GIFT).first()
    if booking is None:
        raise NotReceived
    first = LedgerEntry.objects.filter(reverses=booking).first()
    return first or book(
        campaign=booking.campaign,
        gift=gift,
        kind=EntryKind.REVERSAL,
        amount=-booking.amount,
        booked_by=reversed_by,
        reverses=booking,
        reason=reason,
    )


@transaction.atomic
def open_with(*, campaign: Campaign, amount: Money, reason: str, booked_by: Reader | None = None) -> AnyEntry:
    """Book the sum that a campaign brings along, once. The same sum again returns the first entry."""
    reason = _said(reason)
    if amount.minor <= 0:
        raise AmountNotPositive
    if amount.currency != campaign.currency:
        raise CurrenciesDiffer
    lock_chain()
    first = LedgerEntry.objects.filter(campaign=campaign, kind=EntryKind.OPENING).first()
    if first and first.amount != amount:
        raise AlreadyOpened
    return first or book(campaign=campaign, kind=EntryKind.OPENING, amount=amount, booked_by=booked_by, reason=reason)
