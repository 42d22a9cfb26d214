"""Proof that nothing was changed: the chain, the numbers, each gift's booking, the bank's lines, what the meter shows.

The ledger is read once, in order, in memory that does not grow with it. What the chain cannot show by itself
is an end cut off: for that the last number and hash are published (`queries.ledger_state`) and printed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from readership.funding.auditing_lines import line_differences
from readership.funding.ledger import FACTS, FORMS, NO_ENTRY, Line, hash_of, lock_chain, moment
from readership.funding.models import COUNTED, Campaign, ClosedPeriod, EntryKind, Gift, GiftState, LedgerEntry
from readership.funding.money import Money
from readership.funding.periods import sums_of
from readership.funding.queries import meter
from readership.funding.triggers import missing_triggers
from readership.funding.wording import amount_text

CHUNK = 2_000
MOST_NAMED = 1_000  # Differences beyond this are counted only.

# Of the rows that an entry points to.
OTHERS = (
    "hash",
    "campaign__currency",
    "gift__amount_minor",
    "gift__currency",
    "gift__campaign_id",
    "gift__is_trial",
    "gift__reference",
    "reverses__number",
    "reverses__amount_minor",
    "reverses__gift_id",
)


@dataclass(frozen=True)
class AuditReport:
    """`differences` are sentences, one each; `unnamed_count` more were found than are named."""

    entries_count: int
    gifts_count: int
    campaigns_count: int
    last_number: int
    last_hash: str
    differences: tuple[str, ...]
    unnamed_count: int

    @property
    def is_whole(self) -> bool:
        return not self.differences


@dataclass
class Findings:
    """What the walk has seen so far."""

    differences: list[str] = field(default_factory=list)
    unnamed_count: int = 0
    entries_count: int = 0
    last_number: int = 0
    last_hash: str = NO_ENTRY
    sums: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, sentences: Iterator[str]) -> None:
        for sentence in sentences:
            if len(self.differences) < MOST_NAMED:
                self.differences.append(sentence)
            else:
                self.unnamed_count += 1


def audit(on_entry: Callable[[], None] = lambda: None) -> AuditReport:
    """Compare everything with everything. `on_entry` is called after each entry, for a progress bar."""
    found = Findings()
    found.add(_trigger_differences())
    _walk(found, on_entry)
    # Without the lock: entries up to a closing never change, and adding them up takes a while.
    found.add(_period_differences())
    with transaction.atomic():
        # Nobody books from here on, so that what came during the long walk is in all sums that are compared.
        lock_chain()
        _walk(found, on_entry)
        found.add(_gift_differences())
        found.add(line_differences())
        campaigns_count = _compare_meters(found)
    return _report(found, campaigns_count)


def _report(found: Findings, campaigns_count: int) -> AuditReport:
    return AuditReport(
        entries_count=found.entries_count,
        gifts_count=Gift.objects.received().count(),
        campaigns_count=campaigns_count,
        last_number=found.last_number,
        last_hash=found.last_hash,
        differences=tuple(found.differences),
        unnamed_count=found.unnamed_count,
    )


def entries_count() -> int:
    return LedgerEntry.objects.count()


def _walk(found: Findings, on_entry: Callable[[], None]) -> None:
    """From where the last walk ended."""
    rows = LedgerEntry.objects.filter(number__gt=found.last_number).order_by("number").values(*FACTS, *OTHERS)
    for row in rows.iterator(chunk_size=CHUNK):
        found.add(_row_differences(row, found))
        found.entries_count += 1
        found.last_number, found.last_hash = row["number"], row["hash"]
        if row["kind"] in COUNTED:
            found.sums[row["campaign_id"]] += row["amount_minor"]
        on_entry()


def _row_differences(row: dict[str, Any], found: Findings) -> Iterator[str]:
    yield from _number_differences(row, found)
    yield from _chain_differences(row, found)
    yield from _content_differences(row)


def _number_differences(row: dict[str, Any], found: Findings) -> Iterator[str]:
    expected = found.last_number + 1
    if row["number"] != expected:
        yield _("Ledger: after entry %(last)s comes %(number)s; numbers %(from)s to %(to)s are missing.") % {
            "last": found.last_number,
            "number": row["number"],
            "from": expected,
            "to": row["number"] - 1,
        }


def _chain_differences(row: dict[str, Any], found: Findings) -> Iterator[str]:
    number = {"number": row["number"]}
    if row["previous_hash"] != found.last_hash:
        yield _("Entry %(number)s is not bound to the entry before it.") % number
    if row["form"] not in FORMS or row["hash"] != hash_of(_line(row)):
        yield (_("Entry %(number)s was changed after it was booked: its hash does not fit its content.") % number)


def _line(row: dict[str, Any]) -> Line:
    booked_at: datetime = row["booked_at"]
    return Line(**{**{name: row[name] for name in FACTS}, "booked_at": moment(booked_at)})


def _content_differences(row: dict[str, Any]) -> Iterator[str]:
    facts = {"number": row["number"], "reference": row["gift__reference"], "other": row["reverses__number"]}
    if row["kind"] in COUNTED and row["currency"] != row["campaign__currency"]:
        yield _("Entry %(number)s is in another currency than its campaign.") % facts
    if row["gift_id"] and not _fits_gift(row):
        yield _("Entry %(number)s and its gift %(reference)s differ in campaign or currency.") % facts
    if row["kind"] == "gift" and row["amount_minor"] != row["gift__amount_minor"]:
        yield _("Entry %(number)s and its gift %(reference)s differ in the amount.") % facts
    if row["kind"] == "reversal" and not _undoes(row):
        yield _("Entry %(number)s does not exactly undo entry %(other)s.") % facts


def _fits_gift(row: dict[str, Any]) -> bool:
    """A fee may be in the currency of the processor's balance, everything else is in the gift's."""
    is_fee = row["kind"] in (EntryKind.FEE, EntryKind.FEE_BACK)
    has_currency = is_fee or row["gift__currency"] == row["currency"]
    return bool(has_currency and row["gift__campaign_id"] == row["campaign_id"] and not row["gift__is_trial"])


def _undoes(row: dict[str, Any]) -> bool:
    return bool(row["amount_minor"] == -row["reverses__amount_minor"] and row["gift_id"] == row["reverses__gift_id"])


def _gift_differences() -> Iterator[str]:
    """A received gift is booked once and undone at most once; one that has not come is in no book."""
    counted = (
        Gift.objects.filter(is_trial=False)
        .annotate(
            bookings_count=Count("entries", filter=Q(entries__kind="gift")),
            reversals_count=Count("entries", filter=Q(entries__kind="reversal")),
        )
        .order_by("pk")
    )
    is_right = Q(state=GiftState.RECEIVED, bookings_count=1) | ~Q(state=GiftState.RECEIVED) & Q(bookings_count=0)
    wrong = counted.exclude(is_right, reversals_count__lte=1)
    columns = ("reference", "state", "bookings_count", "reversals_count")
    for reference, state, bookings, reversals in wrong.values_list(*columns).iterator(chunk_size=CHUNK):
        facts = {"reference": reference, "bookings": bookings, "reversals": reversals}
        if state != GiftState.RECEIVED:
            yield _("Gift %(reference)s has not come, and is booked all the same.") % facts
        elif bookings != 1:
            yield (_("Gift %(reference)s has %(bookings)s bookings in the ledger; it must have exactly one.") % facts)
        if reversals > 1:
            yield _("Gift %(reference)s was reversed %(reversals)s times.") % facts


def _period_differences() -> Iterator[str]:
    """What was closed is still what it was: the same sums, up to the same entry of the ledger."""
    for period in ClosedPeriod.objects.order_by("ends_on"):
        words = {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat(), "number": period.last_number}
        end = LedgerEntry.objects.filter(number=period.last_number).values_list("hash", flat=True).first()
        if (end or NO_ENTRY) != period.last_hash:
            yield _("The period %(from)s to %(to)s was closed upon another entry %(number)s than there is now.") % words
        if sums_of(period.starts_on, period.ends_on, up_to=period.last_number) != period.sums:
            yield _("The sums of the closed period %(from)s to %(to)s are not what they were.") % words


def _compare_meters(found: Findings) -> int:
    campaigns = list(Campaign.objects.order_by("pk"))
    for campaign in campaigns:
        found.add(_meter_differences(campaign, found.sums[campaign.pk]))
    return len(campaigns)


def _meter_differences(campaign: Campaign, minor: int) -> Iterator[str]:
    shown, booked = meter(campaign).raised, Money(minor, campaign.currency)
    if shown != booked:
        yield _("Campaign “%(title)s”: the meter shows %(shown)s, the ledger adds up to %(booked)s.") % {
            "title": campaign.title,
            "shown": amount_text(shown),
            "booked": amount_text(booked),
        }


def _trigger_differences() -> Iterator[str]:
    for name in missing_triggers():
        yield _("The database no longer protects the ledger: the trigger “%(name)s” is missing.") % {"name": name}
