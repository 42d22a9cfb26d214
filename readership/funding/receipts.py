"""The receipt of one gift. Its number is the number of the gift's entry in the ledger.

The ledger's numbers have no gaps, so no receipt can be slipped in or taken out unseen (attack K24): every number
between two receipts is an entry that the audit accounts for.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from readership.funding.ledger import ledger_of
from readership.funding.models import AnyEntry, EntryKind, Gift, GiftState, ProcessorName
from readership.funding.money import Money
from readership.funding.sheets import Fact, Sheet, SheetLine
from readership.funding.wording import amount_text

# What the giver paid, and what came back to them.
PAID = (EntryKind.GIFT, EntryKind.COVER)
BACK = (
    EntryKind.REVERSAL,
    EntryKind.REFUND,
    EntryKind.REFUND_FAILED,
    EntryKind.COVER_BACK,
    EntryKind.DISPUTE,
    EntryKind.DISPUTE_WON,
)
GIVEN = (*PAID, *BACK)
SHORT_HASH = 16


def receipt_of(gift: Gift) -> Sheet | None:
    """In the active language; None for a gift that has not arrived. One query."""
    if gift.state != GiftState.RECEIVED or gift.received_on is None:
        return None
    entries = _entries(gift)
    booking = next((entry for entry in entries if entry.kind == EntryKind.GIFT), None)
    if booking is None:
        return None
    number = f"{_('Trial')} {booking.number}" if gift.is_trial else str(booking.number)
    return Sheet(
        title=_("Receipt"),
        sender=newsroom(),
        warning=_warning(gift, entries),
        facts=_facts(gift, number),
        lines=_lines(gift, entries),
        sums=((_("Total"), amount_text(_net(gift, entries))),),
        notes=_notes(booking, number, is_trial=gift.is_trial),
        language=get_language() or settings.LANGUAGE_CODE,
        dated=gift.received_on,
        file_name=f"receipt-{gift.reference}.pdf",
    )


def newsroom() -> tuple[str, ...]:
    """Who gives the receipt, as the operator set it; the site's name and address otherwise."""
    return (settings.SITE_NAME, *settings.RECEIPT_LINES, settings.SITE_URL)


def way_of(gift: Gift) -> str:
    if gift.processor in {ProcessorName.STRIPE, ProcessorName.DEMO}:
        return _("%(way)s, through %(processor)s") % {
            "way": gift.get_kind_display(),
            "processor": gift.get_processor_display(),
        }
    return gift.get_kind_display()


def written_day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _entries(gift: Gift) -> list[AnyEntry]:
    ledger = ledger_of(is_trial=gift.is_trial)
    return list(ledger.objects.filter(gift=gift, kind__in=GIVEN).order_by("number"))


def _net(gift: Gift, entries: list[AnyEntry]) -> Money:
    return Money(sum(entry.amount_minor for entry in entries), gift.currency)


def _warning(gift: Gift, entries: list[AnyEntry]) -> str:
    if gift.is_trial:
        return _("This was a trial: no money moved, and this is no receipt.")
    if any(entry.kind == EntryKind.REVERSAL for entry in entries):
        return _("This gift was taken back, and the receipt with it.")
    return ""


def _facts(gift: Gift, number: str) -> tuple[Fact, ...]:
    who = gift.giver_name or (gift.giver.name if gift.giver else "") or gift.giver_email
    facts = [
        (_("Receipt no."), number),
        (_("From"), who),
        (_("For"), gift.campaign.title),
        (_("Received on"), written_day(gift.received_on) if gift.received_on else ""),
        (_("Way to pay"), way_of(gift)),
        (_("Reference"), gift.reference),
    ]
    return tuple((label, words) for label, words in facts if words)


def _lines(gift: Gift, entries: list[AnyEntry]) -> tuple[SheetLine, ...]:
    """Paid first, by the day on which it arrived; then what came back, a refund and its part of the fee as one sum."""
    received = written_day(gift.received_on) if gift.received_on else ""
    paid = [SheetLine(received, _words(entry), amount_text(entry.amount)) for entry in entries if entry.kind in PAID]
    back: dict[tuple[str, str], tuple[AnyEntry, int]] = {}
    for entry in entries[1:]:
        if entry.kind in BACK:
            key = (entry.movement_ref or "", "up" if entry.amount_minor > 0 else "down")
            first, minor = back.get(key, (entry, 0))
            back[key] = (first, minor + entry.amount_minor)
    moved = [
        SheetLine(
            written_day(timezone.localdate(entry.booked_at)),
            _words(entry),
            amount_text(Money(minor, gift.currency)),
        )
        for entry, minor in back.values()
    ]
    return (*paid, *moved)


def _words(entry: AnyEntry) -> str:
    words = {
        EntryKind.GIFT: _("Gift"),
        EntryKind.COVER: _("Added for the cost of the payment"),
        EntryKind.REVERSAL: _("Taken back"),
        EntryKind.REFUND: _("Paid back"),
        EntryKind.COVER_BACK: _("Paid back"),
        EntryKind.REFUND_FAILED: _("Could not be paid back, and returned to us"),
        EntryKind.DISPUTE: _("Reclaimed through the bank"),
        EntryKind.DISPUTE_WON: _("Returned by the bank"),
    }
    return words[EntryKind(entry.kind)]


def _notes(booking: AnyEntry, number: str, *, is_trial: bool) -> tuple[str, ...]:
    if is_trial:
        return (_("It stands in the ledger of trials, which no sum of ours counts."),)
    return (
        _(
            "The number of this receipt is the number of the gift in our ledger, where numbers have no gaps. "
            "Fingerprint of entry %(number)s: %(hash)s"
        )
        % {"number": number, "hash": booking.hash[:SHORT_HASH]},
    )
