"""The ledger as double entry, for the programs of accountants: a CSV journal, and the text of hledger and Ledger.

Each entry of the ledger is one posting: the same number, the same sum, two accounts. Nothing is added up or left out,
so that the journal's sums are the ledger's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from readership.funding.accounts import named, sides
from readership.funding.exporting import Echo, safe_text
from readership.funding.models import EntryKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.periods import entries_of, with_day
from readership.lib.text import clean_line

CHUNK = 1_000
# Fixed and English, for programs that read them: no translation changes what a column is called.
COLUMNS = (
    "Date",
    "Entry",
    "Debit",
    "Credit",
    "Amount",
    "Currency",
    "Text",
    "Reference",
    "Kind",
    "Movement",
    "Settled",
    "Settled currency",
    "Booked (UTC)",
)
# What would end a line, begin a comment or split the text in a journal of hledger.
NOT_IN_TEXT = re.compile(r"[;|\s]+")
# An account's name ends where two spaces or a tab stand.
NOT_IN_ACCOUNT = re.compile(r"\s+|;")


@dataclass(frozen=True)
class Posting:
    day: date
    number: int
    debit: str
    credit: str
    amount: Money
    text: str
    reference: str
    kind: str
    movement: str
    settled: Money | None
    booked: str


def postings(first_day: date | None = None, last_day: date | None = None) -> Iterator[Posting]:
    """In the order of the ledger, in memory that does not grow with it. Trials are no part of the books."""
    if first_day or last_day:
        entries = entries_of(first_day or date.min, last_day or date.max)
    else:
        entries = with_day(LedgerEntry.objects.all())
    names = named(settings.ACCOUNTS)
    for entry in entries.select_related("gift", "campaign").order_by("number").iterator(chunk_size=CHUNK):
        yield _posting(entry, names)


def _posting(entry: Any, names: dict[str, str]) -> Posting:
    gift = entry.gift
    accounts = sides(
        kind=entry.kind,
        gift_kind=gift.kind if gift else "",
        processor=entry.processor,
        minor=entry.amount_minor,
        names=names,
    )
    return Posting(
        day=entry.day,
        number=entry.number,
        debit=accounts.debit,
        credit=accounts.credit,
        amount=Money(abs(entry.amount_minor), entry.currency),
        text=_text(entry),
        reference=gift.reference if gift else "",
        kind=entry.kind,
        movement=f"{entry.processor}:{entry.movement_ref}" if entry.movement_ref else "",
        settled=Money(abs(entry.settled_minor), entry.settled_currency) if entry.settled_minor else None,
        booked=entry.booked_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
    )


def _text(entry: Any) -> str:
    """What it was and what for. No giver's name: an accountant's program is no place for it."""
    parts = [str(EntryKind(entry.kind).label)]
    if entry.campaign:
        parts.append(entry.campaign.title)
    if entry.reason:
        parts.append(entry.reason)
    return clean_line(": ".join(parts))


def journal_csv(wanted: Iterable[Posting]) -> Iterator[str]:
    """One line at a time, comma and point, with a byte-order mark. No cell can be taken for a formula (attack I04)."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for posting in wanted:
        yield writer.writerow([safe_text(cell) for cell in _cells(posting)])


def _cells(posting: Posting) -> list[str]:
    return [
        posting.day.isoformat(),
        str(posting.number),
        posting.debit,
        posting.credit,
        f"{posting.amount.decimal:f}",
        posting.amount.currency,
        posting.text,
        posting.reference,
        posting.kind,
        posting.movement,
        f"{posting.settled.decimal:f}" if posting.settled else "",
        posting.settled.currency if posting.settled else "",
        posting.booked,
    ]


def journal_text(wanted: Iterable[Posting]) -> Iterator[str]:
    """The plain-text journal that hledger and Ledger read: one transaction for each entry."""
    yield (
        "; "
        + _("The ledger of %(site)s, double entry. Made to be read by hledger or Ledger.")
        % {"site": _word(settings.SITE_NAME)}
        + "\n"
    )
    for posting in wanted:
        yield _transaction(posting)


def _transaction(posting: Posting) -> str:
    sum_text = f"{posting.amount.decimal:f} {posting.amount.currency}"
    code = posting.reference or posting.number
    lines = [f"\n{posting.day.isoformat()} * ({code}) {_word(posting.text)}  ; entry: {posting.number}"]
    if posting.movement:
        lines.append(f"    ; movement: {_word(posting.movement)}")
    if posting.settled:
        lines.append(f"    ; settled: {posting.settled.decimal:f} {posting.settled.currency}, of the whole movement")
    lines += [f"    {_account(posting.debit)}  {sum_text}", f"    {_account(posting.credit)}  -{sum_text}"]
    return "\n".join(lines) + "\n"


def _word(text: str) -> str:
    return NOT_IN_TEXT.sub(" ", text).strip()


def _account(name: str) -> str:
    return NOT_IN_ACCOUNT.sub(" ", name).strip()
