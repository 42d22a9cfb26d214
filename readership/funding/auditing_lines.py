"""Proof that the bank's lines and the ledger agree: what a line brought is booked once, with its sum, and the other way
round."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from readership.funding.models import BankLine, LedgerEntry, LineState, ProcessorName
from readership.funding.money import Money
from readership.funding.wording import amount_text

CHUNK = 2_000
OF_LINES = LedgerEntry.objects.filter(processor=ProcessorName.BANK, kind="gift")


def line_differences() -> Iterator[str]:
    """Two queries; memory for one piece."""
    yield from _lines_without_entry()
    yield from _entries_without_line()


def _lines_without_entry() -> Iterator[str]:
    booked = OF_LINES.filter(
        gift=OuterRef("gift"),
        movement_ref__startswith=OuterRef("fingerprint"),
        amount_minor=OuterRef("amount_minor"),
        currency=OuterRef("currency"),
    )
    wrong = BankLine.objects.filter(~Exists(booked), state=LineState.SETTLED).select_related("gift")
    for line in wrong.order_by("pk").iterator(chunk_size=CHUNK):
        yield _("The bank’s line of %(day)s over %(amount)s is settled as gift %(reference)s, and not booked so.") % {
            "day": line.booked_on.isoformat(),
            "amount": amount_text(line.amount),
            "reference": line.gift.reference if line.gift else "–",
        }


def _entries_without_line() -> Iterator[str]:
    """A line that was opened again has left its entry, which is reversed."""
    lines = BankLine.objects.filter(state=LineState.SETTLED, gift=OuterRef("gift"))
    wrong = OF_LINES.filter(~Exists(lines), reversal=None).annotate(reference=F("gift__reference"))
    columns = ("number", "reference", "amount_minor", "currency")
    for number, reference, minor, currency in wrong.order_by("number").values_list(*columns).iterator(CHUNK):
        yield _(
            "Entry %(number)s books gift %(reference)s, %(amount)s, of a bank’s line, and no line is settled so."
        ) % {
            "number": number,
            "reference": reference,
            "amount": amount_text(Money(minor, currency)),
        }
