"""The only door to the ledgers. Call `book` inside the transaction of what it records.

How an entry is bound to the one before: `hash` is SHA-256, in hexadecimal, of `canonical(line)`; the first
entry's `previous_hash` is NO_ENTRY. docs/money.md says the same for those who check with other tools.

There are two ledgers of the same make: the books, and the trials of a processor's test key or of the
demonstration. A gift knows to which it belongs, and no sum of the books ever reads the other table.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils import timezone

from readership import pagecache
from readership.funding.errors import AmountTooLarge
from readership.funding.models import AnyEntry, Campaign, EntryKind, Gift, LedgerEntry, TrialEntry
from readership.funding.money import Money
from readership.readers.models import Reader

NO_ENTRY = "0" * 64
CHAIN_LOCK = 0x6C6564676572  # "ledger": PostgreSQL's advisory locks are named by a number
LARGEST = 2**63 - 1

# What the hash covers, in this order. An entry keeps the form it was booked in: old hashes stay true for ever.
FIRST_FORM = (
    "number",
    "campaign_id",
    "gift_id",
    "kind",
    "amount_minor",
    "currency",
    "booked_at",
    "booked_by_id",
    "reason",
    "reverses_id",
    "previous_hash",
)
FORMS = {
    1: FIRST_FORM,
    2: (*FIRST_FORM[:-1], "processor", "movement_ref", "settled_minor", "settled_currency", "previous_hash"),
}
NEWEST_FORM = 2


@dataclass(frozen=True)
class Line:
    """The facts of one row, as the row itself holds them."""

    form: int
    number: int
    campaign_id: int | None
    gift_id: int | None
    kind: str
    amount_minor: int
    currency: str
    booked_at: str
    booked_by_id: int | None
    reason: str
    reverses_id: int | None
    processor: str
    movement_ref: str | None
    settled_minor: int | None
    settled_currency: str
    previous_hash: str


FACTS = tuple(fact.name for fact in fields(Line))


@dataclass(frozen=True)
class Movement:
    """Which movement of whose money an entry books: a charge, a refund, a line of a statement.

    `settled` is what it did to the processor's balance, when that is kept in another currency.
    """

    processor: str
    ref: str
    settled: Money | None = None


def canonical(line: Line) -> bytes:
    """A JSON list without spaces, in ASCII: no two different lines are ever written alike."""
    facts = [getattr(line, name) for name in FORMS[line.form]]
    return json.dumps([f"readership-ledger-{line.form}", *facts], ensure_ascii=True, separators=(",", ":")).encode()


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


def ledger_of(*, is_trial: bool) -> type[AnyEntry]:
    return TrialEntry if is_trial else LedgerEntry


def book(
    *,
    campaign: Campaign | None,
    kind: EntryKind,
    amount: Money,
    booked_by: Reader | None = None,
    gift: Gift | None = None,
    reverses: AnyEntry | None = None,
    movement: Movement | None = None,
    reason: str = "",
    is_trial: bool = False,
) -> AnyEntry:
    """Add the next entry to the chain: to the trials when `is_trial`, or when the gift is one.

    The same (processor, movement, kind) again returns the first entry and books nothing. Raises AmountTooLarge.
    """
    if abs(amount.minor) > LARGEST:
        raise AmountTooLarge
    ledger = ledger_of(is_trial=is_trial or bool(gift and gift.is_trial))
    lock_chain()
    if movement and (first := booked(ledger, movement, kind)):
        return first
    number, previous_hash = _end_of(ledger)
    booked_at = timezone.now()
    line = Line(
        form=NEWEST_FORM,
        number=number + 1,
        campaign_id=campaign.pk if campaign else None,
        gift_id=gift.pk if gift else None,
        kind=kind.value,
        amount_minor=amount.minor,
        currency=amount.currency,
        booked_at=moment(booked_at),
        booked_by_id=booked_by.pk if booked_by else None,
        reason=reason,
        reverses_id=reverses.pk if reverses else None,
        **_moved(movement),
        previous_hash=previous_hash,
    )
    entry = _store(ledger, line, booked_at)
    _announce(entry)
    return entry


def booked(ledger: type[AnyEntry], movement: Movement, kind: EntryKind) -> AnyEntry | None:
    """What was booked of this movement already. Sure only after `lock_chain`."""
    first: AnyEntry | None = ledger.objects.filter(
        processor=movement.processor, movement_ref=movement.ref, kind=kind
    ).first()
    return first


def _end_of(ledger: type[AnyEntry]) -> tuple[int, str]:
    """The last entry's number and hash."""
    return ledger.objects.order_by("-number").values_list("number", "hash").first() or (0, NO_ENTRY)


def _moved(movement: Movement | None) -> dict[str, Any]:
    settled = movement.settled if movement else None
    return {
        "processor": movement.processor if movement else "",
        "movement_ref": movement.ref if movement else None,
        "settled_minor": settled.minor if settled else None,
        "settled_currency": settled.currency if settled else "",
    }


def _store(ledger: type[AnyEntry], line: Line, booked_at: datetime) -> AnyEntry:
    facts = {name: getattr(line, name) for name in FACTS if name != "booked_at"}
    return ledger.objects.create(**facts, booked_at=booked_at, hash=hash_of(line))


def _announce(entry: AnyEntry) -> None:
    if isinstance(entry, TrialEntry):
        pagecache.changed("trials")
    elif isinstance(entry, LedgerEntry) and entry.campaign_id:
        pagecache.changed(f"campaign:{entry.campaign_id}", "ledger")
    else:
        pagecache.changed("ledger")
