"""The only door to the ledger. Call `book` inside the transaction of what it records.

How an entry is bound to the one before: `hash` is SHA-256, in hexadecimal, of `canonical(line)`; the first
entry's `previous_hash` is NO_ENTRY. docs/money.md says the same for those who check with other tools.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from readership import pagecache
from readership.funding.errors import AmountTooLarge
from readership.funding.models import Campaign, EntryKind, Gift, LedgerEntry
from readership.funding.money import Money
from readership.readers.models import Reader

FORM = "readership-ledger-1"
NO_ENTRY = "0" * 64
CHAIN_LOCK = 0x6C6564676572  # "ledger": PostgreSQL's advisory locks are named by a number
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Line:
    """What the hash covers, in this order: the facts of one row, as the row itself holds them."""

    number: int
    campaign_id: int
    gift_id: int | None
    kind: str
    amount_minor: int
    currency: str
    booked_at: str
    booked_by_id: int | None
    reason: str
    reverses_id: int | None
    previous_hash: str


def canonical(line: Line) -> bytes:
    """A JSON list without spaces, in ASCII: no two different lines are ever written alike."""
    return json.dumps([FORM, *astuple(line)], ensure_ascii=True, separators=(",", ":")).encode()


def hash_of(line: Line) -> str:
    return sha256(canonical(line)).hexdigest()


def moment(when: datetime) -> str:
    """UTC with microseconds: both databases give back exactly what was stored."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def lock_chain() -> None:
    """From here to the end of the transaction nobody else books. Taken last, after every other lock.

    On PostgreSQL an advisory lock: the last row cannot be locked when there is none, and a waiter would find
    the old last row again. SQLite's IMMEDIATE transactions let in one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def book(
    *,
    campaign: Campaign,
    kind: EntryKind,
    amount: Money,
    booked_by: Reader | None,
    gift: Gift | None = None,
    reverses: LedgerEntry | None = None,
    reason: str = "",
) -> LedgerEntry:
    """Add the next entry to the chain. Raises AmountTooLarge."""
    if abs(amount.minor) > LARGEST:
        raise AmountTooLarge
    lock_chain()
    last = LedgerEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous_hash = last or (0, NO_ENTRY)
    booked_at = timezone.now()
    line = Line(
        number=number + 1,
        campaign_id=campaign.pk,
        gift_id=gift.pk if gift else None,
        kind=kind.value,
        amount_minor=amount.minor,
        currency=amount.currency,
        booked_at=moment(booked_at),
        booked_by_id=booked_by.pk if booked_by else None,
        reason=reason,
        reverses_id=reverses.pk if reverses else None,
        previous_hash=previous_hash,
    )
    entry = _store(line, booked_at)
    pagecache.changed(f"campaign:{campaign.pk}", "ledger")
    return entry


def _store(line: Line, booked_at: datetime) -> LedgerEntry:
    facts = {name: getattr(line, name) for name in line.__dataclass_fields__ if name != "booked_at"}
    return LedgerEntry.objects.create(**facts, booked_at=booked_at, hash=hash_of(line))
