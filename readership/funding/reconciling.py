"""Our ledger against the processor's own book, line by line: green, or every difference by name.

A line that we lack is first looked up and settled, as if its lost event had just arrived (attack K21). What differs
after that is a sentence for the treasurer. The other way round, an entry of ours that the book does not hold is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from readership.funding.alarming import alarm
from readership.funding.errors import ProcessorError
from readership.funding.ledger import ledger_of
from readership.funding.models import (
    AnyEntry,
    EntryKind,
    Outcome,
    Pledge,
    PledgeState,
    Reconciliation,
)
from readership.funding.money import Money
from readership.funding.processors.base import BalanceLine, Processor, Subject, SubjectKind
from readership.funding.settling import settle
from readership.funding.wording import amount_text

# A day in which the processor's book and its events may lie apart.
MARGIN = timedelta(days=1)
USUAL_SPAN = timedelta(days=7)
MOST_NAMED = 200

# Which of our entries a line of the processor's book stands for.
KINDS = {
    "charge": (EntryKind.GIFT, EntryKind.COVER),
    "refund": (EntryKind.REFUND, EntryKind.COVER_BACK),
    "refund_failed": (EntryKind.REFUND_FAILED, EntryKind.COVER),
    "dispute": (EntryKind.DISPUTE, EntryKind.DISPUTE_WON, EntryKind.COVER, EntryKind.COVER_BACK),
    "payout": (EntryKind.PAYOUT,),
    "payout_failed": (EntryKind.PAYOUT_FAILED,),
    "fee": (EntryKind.FEE, EntryKind.FEE_BACK),
}


@dataclass
class Comparison:
    movements_count: int = 0
    differences: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)


def reconcile(
    *,
    processor: Processor,
    now: datetime,
    since: datetime | None = None,
    on_line: Callable[[], None] = lambda: None,
) -> Reconciliation:
    """Compare from `since` (seven days ago) until now. `on_line` is called for each line of the processor's book."""
    since = since or now - USUAL_SPAN
    found = Comparison()
    for line in processor.balance_lines(since=since, until=now):
        found.movements_count += 1
        found.differences.extend(_compare(line, processor, now))
        found.seen.add((line.kind, _ref(line)))
        on_line()
    found.differences.extend(_ours_alone(found, processor, since, now))
    found.differences.extend(_pledges_not_told_of(processor, now))
    result = Reconciliation.objects.create(
        processor=processor.name,
        since=since,
        until=now,
        ran_at=now,
        movements_count=found.movements_count,
        differences=found.differences[:MOST_NAMED],
    )
    if not result.is_green:
        said = "\n".join([_("The ledger and the processor’s book differ:"), *result.differences[:20]])
        alarm(key=f"reconciliation-{result.pk}", said=said)
    return result


def _ref(line: BalanceLine) -> str:
    """A dispute moves money twice, so its movements are known by the line itself; a fee of the account as well."""
    return line.ref if line.kind in {"dispute", "fee"} or not line.source_ref else line.source_ref


def _compare(line: BalanceLine, processor: Processor, now: datetime) -> Iterator[str]:
    entries = _entries(line, processor)
    if not entries and line.subject:
        try:
            settled = settle(line.subject, processor=processor, now=now)
        except ProcessorError as error:
            yield str(error.message)
            return
        if settled.outcome == Outcome.IGNORED:
            # Another shop's in the same account (attack K10).
            return
        entries = _entries(line, processor)
    if entries or line.amount.minor:
        yield from _differences(line, entries)


def _entries(line: BalanceLine, processor: Processor) -> list[AnyEntry]:
    kinds = KINDS.get(line.kind, ())
    ledger = ledger_of(is_trial=processor.is_trial)
    return list(ledger.objects.filter(processor=processor.name, movement_ref=_ref(line), kind__in=kinds))


def _differences(line: BalanceLine, entries: list[AnyEntry]) -> Iterator[str]:
    facts = {
        "ref": line.source_ref or line.ref,
        "kind": line.kind,
        "theirs": amount_text(line.amount),
        "day": line.at.date().isoformat(),
    }
    if not entries:
        yield _("%(day)s: the processor’s book has %(kind)s %(ref)s of %(theirs)s, our ledger has not.") % facts
        return
    ours = _moved(entries, line.amount.currency)
    if ours != line.amount:
        facts["ours"] = amount_text(ours)
        yield _("%(day)s: %(kind)s %(ref)s is %(theirs)s there and %(ours)s here.") % facts


def _moved(entries: list[AnyEntry], currency: str) -> Money:
    """What the entries of one movement did to a balance in `currency`.

    `settled` is the whole movement, on each of its entries; an amount is only this entry's part.
    """
    settled = [entry for entry in entries if entry.settled_currency == currency]
    if settled:
        return Money(settled[0].settled_minor or 0, currency)
    return Money(sum(entry.amount_minor for entry in entries if entry.currency == currency), currency)


def _ours_alone(found: Comparison, processor: Processor, since: datetime, now: datetime) -> Iterator[str]:
    """Entries of the same days that the processor's book does not hold. At the edges its days may differ from ours."""
    ledger = ledger_of(is_trial=processor.is_trial)
    entries = ledger.objects.filter(
        processor=processor.name, booked_at__gte=since + MARGIN, booked_at__lt=now - timedelta(minutes=5)
    ).exclude(Q(kind__in=[EntryKind.FEE, EntryKind.FEE_BACK]))
    seen = {ref for _kind, ref in found.seen}
    for entry in entries.order_by("number").iterator(chunk_size=1_000):
        if entry.movement_ref not in seen and not _is_older(entry, since):
            yield _("Entry %(number)s, %(kind)s %(ref)s of %(amount)s, is not in the processor’s book.") % {
                "number": entry.number,
                "kind": entry.get_kind_display(),
                "ref": entry.movement_ref,
                "amount": amount_text(entry.amount),
            }


def _is_older(entry: AnyEntry, since: datetime) -> bool:
    """A gift of before, whose lost event was found only now: its line lies before what was compared."""
    gift = entry.gift
    return bool(gift and gift.received_on and gift.received_on <= since.date() + MARGIN)


def _pledges_not_told_of(processor: Processor, now: datetime) -> Iterator[str]:
    """Pledges whose day has passed without a word: ask. A renewal that was silently left out is a difference."""
    overdue = Pledge.objects.filter(
        processor=processor.name,
        is_trial=processor.is_trial,
        state__in=[PledgeState.ACTIVE, PledgeState.STOPPED],
        ended_at=None,
        next_on__lt=now.date() - timedelta(days=2),
    )
    for pledge in overdue.order_by("pk").iterator(chunk_size=200):
        subject = Subject(SubjectKind.SUBSCRIPTION, pledge.subscription_ref or "")
        try:
            settle(subject, processor=processor, now=now)
        except ProcessorError as error:
            yield str(error.message)
