"""The open books: what came in, how, from how many, and what it cost, added up from the ledger.

A gift and its reversal count on the day the gift was received, everything else on the day it was booked. So the sum of
all years is the sum of all time, and that is the sum of the ledger, payouts aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from readership import pagecache
from readership.funding import drawing
from readership.funding.book_parts import Book, Line, OpenBooks, Share
from readership.funding.counting import GIVER
from readership.funding.models import COUNTED, PAYOUTS, EntryKind, Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.parts import MonthSum
from readership.funding.public_ledger import ledger_files
from readership.funding.queries import ledger_state
from readership.funding.size_classes import FEWEST, SizeClass, Way, bounds, is_told, joined_classes, joined_ways
from readership.funding.wording import amount_text

BY_DAY_RECEIVED = (EntryKind.GIFT, EntryKind.REVERSAL)
LARGEST_COUNTED = 10


@dataclass
class Sums:
    """Of one currency, as the database added them up."""

    by_kind: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_day: dict[date, tuple[int, int]] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)

    def of(self, *kinds: EntryKind) -> int:
        return sum(self.by_kind[kind.value] for kind in kinds)


def open_books(year: int | None = None) -> OpenBooks | None:
    """None when that year has no books. Six queries, and two for each currency; none grows with what it answers."""
    pagecache.depends_on("ledger")
    state, years = ledger_state(), _years()
    if year is not None and year not in years:
        return None
    return OpenBooks(
        year=year,
        years=years,
        books=tuple(_book(currency, sums, year) for currency, sums in _sums(year).items()),
        state=state,
        files=ledger_files(state.last_number),
        today=timezone.localdate(),
    )


def _years() -> tuple[int, ...]:
    """Newest first, without a gap."""
    received = Gift.objects.received().aggregate(first=Min("received_on"), last=Max("received_on"))
    booked = LedgerEntry.objects.aggregate(first=Min("booked_at"), last=Max("booked_at"))
    days = [day for day in received.values() if day]
    days += [timezone.localtime(moment).date() for moment in booked.values() if moment]
    years = {day.year for day in days}
    return tuple(range(max(years), min(years) - 1, -1)) if years else ()


def _within(year: int | None) -> Q:
    return (_received_in(year) & Q(kind__in=BY_DAY_RECEIVED)) | (_booked_in(year) & ~Q(kind__in=BY_DAY_RECEIVED))


def _received_in(year: int | None) -> Q:
    return Q(gift__received_on__range=(date(year, 1, 1), date(year, 12, 31))) if year else Q()


def _booked_in(year: int | None) -> Q:
    return Q(booked_at__gte=_begin(year), booked_at__lt=_begin(year + 1)) if year else Q()


def _begin(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))


def _sums(year: int | None) -> dict[str, Sums]:
    """By currency, the one with the most money first."""
    found: dict[str, Sums] = defaultdict(Sums)
    others = LedgerEntry.objects.filter(_booked_in(year)).exclude(kind__in=(*BY_DAY_RECEIVED, *PAYOUTS)).order_by()
    for currency, kind, minor in others.values_list("currency", "kind").annotate(Sum("amount_minor")):
        found[currency].by_kind[kind] += minor
    _add_days(found, year)
    _add_ways(found, year)
    return dict(sorted(found.items(), key=lambda item: -abs(item[1].of(*COUNTED))))


def _add_days(found: dict[str, Sums], year: int | None) -> None:
    rows = _gifts(year).values_list("currency", "gift__received_on").annotate(**_gift_sums())
    for currency, day, given, reversed_minor, gifts_count in rows:
        sums = found[currency]
        sums.by_kind[EntryKind.GIFT] += given or 0
        sums.by_kind[EntryKind.REVERSAL] += reversed_minor or 0
        sums.by_day[day] = ((given or 0) + (reversed_minor or 0), gifts_count)


def _add_ways(found: dict[str, Sums], year: int | None) -> None:
    standing = Count(GIVER, distinct=True, filter=Q(kind="gift", reversal__isnull=True))
    rows = _gifts(year).values_list("currency", "gift__kind").annotate(**_gift_sums(), givers_count=standing)
    for currency, kind, given, reversed_minor, gifts_count, givers_count in rows:
        way = Way((kind,), givers_count, gifts_count, (given or 0) + (reversed_minor or 0))
        found[currency].ways += [way] if way.gifts_count else []


def _gifts(year: int | None) -> Any:
    return LedgerEntry.objects.filter(_received_in(year), kind__in=BY_DAY_RECEIVED).order_by()


def _gift_sums() -> dict[str, Any]:
    is_gift = Q(kind="gift")
    return {
        "given": Sum("amount_minor", filter=is_gift),
        "reversed_minor": Sum("amount_minor", filter=~is_gift),
        # A gift is reversed once at most, so what is left of both counts is what stands.
        "gifts_count": Count("pk", filter=is_gift) - Count("pk", filter=~is_gift),
    }


def _book(currency: str, sums: Sums, year: int | None) -> Book:
    classes, largest = size_classes(currency, year)
    givers_count, given = sum(one.givers_count for one in classes), sum(one.sum_minor for one in classes)
    sizes = joined_classes(classes)
    ways = joined_ways(sums.ways) if givers_count >= FEWEST else []
    has_shares = givers_count >= LARGEST_COUNTED and given > 0
    came_in = sums.of(EntryKind.GIFT, EntryKind.REVERSAL)
    fees = -sums.of(EntryKind.FEE, EntryKind.FEE_BACK)
    return Book(
        currency=currency,
        lines=_lines(currency, sums),
        bars=_bars(currency, sums, year),
        ways=_shares([(_ways_text(way.kinds), way) for way in ways], currency),
        sizes=_shares([(size_text(one, currency), one) for one in sizes], currency) if is_told(sizes) else (),
        givers_count=givers_count,
        gifts_count=sum(count for _sum, count in sums.by_day.values()),
        largest_percent=100 * largest[0] // given if has_shares else None,
        ten_largest_percent=100 * sum(largest) // given if has_shares else None,
        fees_permille=1_000 * fees // came_in if came_in > 0 else 0,
    )


def size_classes(currency: str, year: int | None = None) -> tuple[list[SizeClass], list[int]]:
    """By what each giver gave altogether, net of what was paid back; and the ten largest of these sums. Two queries,
    asked once in a process until something is booked: the books and the wall of givers both want them."""
    return pagecache.remembered(
        ("size classes", currency, year), lambda: _size_classes(currency, year), tags=("ledger",)
    )


def _size_classes(currency: str, year: int | None) -> tuple[list[SizeClass], list[int]]:
    entries = LedgerEntry.objects.counted().filter(_within(year), currency=currency, gift__isnull=False).order_by()
    givers = entries.values(giver=GIVER).annotate(total=Sum("amount_minor")).filter(total__gt=0)
    wanted: dict[str, Any] = {}
    for number, (begin, end) in enumerate(bounds(currency)):
        is_in = Q(total__gte=begin) & (Q(total__lt=end) if end else Q())
        wanted[f"count_{number}"] = Count("giver", filter=is_in)
        wanted[f"sum_{number}"] = Sum("total", filter=is_in)
    found = givers.aggregate(**wanted)
    classes = [
        SizeClass(begin, end, found[f"count_{number}"], found[f"sum_{number}"] or 0)
        for number, (begin, end) in enumerate(bounds(currency))
    ]
    return classes, list(givers.order_by("-total").values_list("total", flat=True)[:LARGEST_COUNTED])


def size_text(size: SizeClass, currency: str) -> str:
    at_least, below = amount_text(Money(size.at_least, currency)), amount_text(Money(size.below or 0, currency))
    if size.below is None:
        return _("%(sum)s and more") % {"sum": at_least} if size.at_least else _("all")
    if not size.at_least:
        return _("less than %(sum)s") % {"sum": below}
    return _("%(sum)s to less than %(below)s") % {"sum": at_least, "below": below}


def _ways_text(kinds: Iterable[str]) -> str:
    return ", ".join(str(GiftKind(kind).label) for kind in kinds)


def _shares(rows: list[tuple[str, Any]], currency: str) -> tuple[Share, ...]:
    whole, largest = sum(row.sum_minor for _label, row in rows), max((row.sum_minor for _label, row in rows), default=0)
    if whole <= 0:
        return ()
    return tuple(_share(label, row, Money(whole, currency), largest) for label, row in rows)


def _share(label: str, row: SizeClass | Way, whole: Money, largest: int) -> Share:
    drawn = drawing.place(row.sum_minor, largest)
    return Share(
        label=label,
        givers_count=row.givers_count,
        text=amount_text(Money(row.sum_minor, whole.currency)),
        percent=100 * row.sum_minor // whole.minor,
        x=drawing.percent(drawing.FULL - drawn if get_language_bidi() else 0),
        width=drawing.percent(drawn),
    )


def _lines(currency: str, sums: Sums) -> tuple[Line, ...]:
    """The gifts are said whatever they are; of the rest, what there was."""

    def line(label: str, *kinds: EntryKind) -> list[Line]:
        return [Line(label, amount_text(Money(sums.of(*kinds), currency)))] if sums.of(*kinds) else []

    kept = sums.of(*COUNTED, EntryKind.FEE, EntryKind.FEE_BACK, EntryKind.COVER, EntryKind.COVER_BACK)
    return (
        Line(_("Gifts"), amount_text(Money(sums.of(EntryKind.GIFT), currency))),
        *line(_("Mistakes put right"), EntryKind.REVERSAL),
        *line(_("Brought along from an older site"), EntryKind.OPENING),
        *line(_("Paid back to givers"), EntryKind.REFUND, EntryKind.REFUND_FAILED),
        *line(_("Disputed by givers’ banks"), EntryKind.DISPUTE, EntryKind.DISPUTE_WON),
        Line(_("Raised"), amount_text(Money(sums.of(*COUNTED), currency)), is_sum=True),
        *line(_("Fees of processors and banks"), EntryKind.FEE, EntryKind.FEE_BACK),
        *line(_("Added by givers to cover fees"), EntryKind.COVER, EntryKind.COVER_BACK),
        Line(_("Left for the newsroom"), amount_text(Money(kept, currency)), is_sum=True),
    )


def _bars(currency: str, sums: Sums, year: int | None) -> tuple[drawing.Bar, ...]:
    """The months of one year, or the years of all time."""
    columns: dict[date, tuple[int, int]] = dict.fromkeys(_columns(sums, year), (0, 0))
    for day, (minor, count) in sums.by_day.items():
        column = day.replace(day=1) if year else day.replace(month=1, day=1)
        before = columns[column]
        columns[column] = (before[0] + minor, before[1] + count)
    shape = "YEAR_MONTH_FORMAT" if year else "Y"
    rows = [
        MonthSum(
            month=column,
            label=date_format(column, shape),
            sum=Money(minor, currency),
            text=amount_text(Money(minor, currency)),
            gifts_count=count,
        )
        for column, (minor, count) in columns.items()
    ]
    return drawing.bars(rows, is_rtl=get_language_bidi())


def _columns(sums: Sums, year: int | None) -> list[date]:
    if not sums.by_day:
        return []
    first, last = min(sums.by_day), max(sums.by_day)
    if year is None:
        return [date(number, 1, 1) for number in range(first.year, last.year + 1)]
    end = max(last, min(timezone.localdate(), date(year, 12, 31)))
    return [date(year, month, 1) for month in range(first.month, end.month + 1)]
