"""Which day an entry belongs to, what the days of a period add up to, and which days are closed.

A gift belongs to the day on which it was received, and with it what came in the same movement: what was added for
the fee, and the fee. Everything that happened to it later, its reversal too, belongs to the day it was booked, in the
newsroom's own time: so what was wrong in a closed period is put right by entries of today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, F, Max, Min, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from readership.funding.errors import PeriodClosed
from readership.funding.models import ClosedPeriod, EntryKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.wording import amount_text

# What a period is closed with: {"USD": {"gift": 144050, "fee": -4100}}, in minor units.
Sums = dict[str, dict[str, int]]

MOST_LATE = 200
OF_ITS_DAY = Q(kind=EntryKind.GIFT) | Q(
    kind__in=[EntryKind.COVER, EntryKind.FEE], movement_ref__isnull=False, movement_ref=F("gift__charge_ref")
)


def check_open(day: date) -> None:
    """Raises PeriodClosed when the books of `day` are closed. One query. Sure only after `lock_chain`."""
    period = ClosedPeriod.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if period:
        raise PeriodClosed(
            _("The books from %(from)s to %(to)s are closed. Record it on a later day, and note when it came.")
            % {"from": date_format(period.starts_on), "to": date_format(period.ends_on)}
        )


def with_day(entries: QuerySet[LedgerEntry]) -> QuerySet[Any, Any]:
    """`day`: when each entry counts in the books."""
    booked_on = TruncDate("booked_at", tzinfo=timezone.get_default_timezone())
    received = When(OF_ITS_DAY, gift__received_on__isnull=False, then=F("gift__received_on"))
    return entries.annotate(day=Case(received, default=booked_on, output_field=DateField()))


def entries_of(first_day: date, last_day: date) -> QuerySet[Any, Any]:
    return with_day(LedgerEntry.objects.all()).filter(day__gte=first_day, day__lte=last_day)


def sums_of(first_day: date, last_day: date, *, up_to: int | None = None) -> Sums:
    """By currency and kind. `up_to` leaves out what was booked after that number. One query."""
    entries = entries_of(first_day, last_day)
    if up_to is not None:
        entries = entries.filter(number__lte=up_to)
    sums: Sums = defaultdict(dict)
    rows = entries.order_by().values_list("currency", "kind").annotate(Sum("amount_minor"))
    for currency, kind, minor in rows.order_by("currency", "kind"):
        sums[currency][kind] = minor
    return dict(sums)


def next_start() -> date | None:
    """The first day of the period to close next: after the last one, or where the books begin. Two queries at most."""
    last = ClosedPeriod.objects.aggregate(day=Max("ends_on"))["day"]
    if last:
        return date.fromordinal(last.toordinal() + 1)
    first: date | None = with_day(LedgerEntry.objects.all()).aggregate(first_day=Min("day"))["first_day"]
    return first


def months_end_before(day: date) -> date:
    """The last day of the month before the one of `day`: what is usually closed."""
    return day.replace(day=1) - timedelta(days=1)


# What pages and the audit say of a period


@dataclass(frozen=True)
class PeriodLine:
    pk: int
    starts_on: date
    ends_on: date
    closed_by: str
    closed_at: datetime
    last_number: int
    short_hash: str
    sums: tuple[SumLine, ...]
    late_count: int

    @property
    def is_untouched(self) -> bool:
        return self.late_count == 0


@dataclass(frozen=True)
class SumLine:
    kind_text: str
    amount_text: str


@dataclass(frozen=True)
class LateEntry:
    number: int
    day: date
    booked_at: datetime
    kind_text: str
    reference: str
    amount_text: str


def period_lines() -> list[PeriodLine]:
    """Newest first, each with how many entries came after its closing. Two queries."""
    return _lines(list(ClosedPeriod.objects.select_related("closed_by")))


def period_line(period: ClosedPeriod) -> PeriodLine:
    """One query."""
    return _lines([period])[0]


def _lines(periods: list[ClosedPeriod]) -> list[PeriodLine]:
    counts = {f"late_{period.pk}": Count("pk", filter=_is_late(period)) for period in periods}
    oldest = min((period.last_number for period in periods), default=0)
    late = with_day(LedgerEntry.objects.filter(number__gt=oldest)).aggregate(**counts) if periods else {}
    return [
        PeriodLine(
            pk=period.pk,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            closed_by=str(period.closed_by),
            closed_at=period.closed_at,
            last_number=period.last_number,
            short_hash=period.last_hash[:12],
            sums=sum_lines(period.sums),
            late_count=late[f"late_{period.pk}"],
        )
        for period in periods
    ]


def _is_late(period: ClosedPeriod) -> Q:
    """Booked after the closing, for a day within it: money of a processor that was announced late, mostly."""
    return Q(day__gte=period.starts_on, day__lte=period.ends_on, number__gt=period.last_number)


def sum_lines(sums: Sums) -> tuple[SumLine, ...]:
    return tuple(
        SumLine(str(EntryKind(kind).label), amount_text(Money(minor, currency)))
        for currency, kinds in sorted(sums.items())
        for kind, minor in sorted(kinds.items(), key=lambda pair: list(EntryKind.values).index(pair[0]))
    )


def late_lines(period: ClosedPeriod) -> list[LateEntry]:
    """One query."""
    later = LedgerEntry.objects.filter(number__gt=period.last_number)
    late = with_day(later).filter(_is_late(period)).order_by("number")
    rows = late.select_related("gift")[:MOST_LATE]
    return [
        LateEntry(
            number=entry.number,
            day=entry.day,
            booked_at=entry.booked_at,
            kind_text=entry.get_kind_display(),
            reference=entry.gift.reference if entry.gift else "",
            amount_text=amount_text(entry.amount),
        )
        for entry in rows
    ]
