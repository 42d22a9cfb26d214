"""What each giver gave in a year, net of what went back: the list, and one giver's statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from readership.funding.fiscal import FiscalYear, fiscal_year_of
from readership.funding.models import COUNTED, EntryKind, Gift, GiftKind, Giver, LedgerEntry
from readership.funding.money import Money
from readership.funding.wording import amount_text

PER_PAGE = 100
# What left a giver's purse and what came back to it: what was added for the fee was given as well.
GIVEN = (*COUNTED, EntryKind.COVER, EntryKind.COVER_BACK)


@dataclass(frozen=True)
class GiverYear:
    """One giver's year in one currency."""

    giver_id: int
    name: str
    email: str
    gifts_count: int
    net: Money
    net_text: str


@dataclass(frozen=True)
class StatementGift:
    received_on: date
    reference: str
    campaign: str
    kind_text: str
    given_text: str
    back_text: str
    net_text: str


@dataclass(frozen=True)
class Statement:
    """`totals` one for each currency. A gift of which nothing is left is not in it."""

    giver_id: int
    name: str
    email: str
    first_day: date
    last_day: date
    gifts: tuple[StatementGift, ...]
    totals: tuple[Money, ...]
    total_texts: tuple[str, ...]


def statement_part(giver: Giver, first_day: date, last_day: date) -> Statement:
    """Gifts received in these days, oldest first, as they stand today. One query."""
    rows = (
        _entries(first_day, last_day)
        .filter(owner=giver.pk)
        .values(
            "currency",
            "gift_id",
            reference=F("gift__reference"),
            kind_name=F("gift__kind"),
            received_on=F("gift__received_on"),
            given_minor=F("gift__amount_minor") + F("gift__cover_minor"),
            campaign_title=F("campaign__title"),
        )
        .annotate(net_minor=Sum("amount_minor"))
        .order_by("received_on", "gift_id")
    )
    kept = [row for row in rows if row["net_minor"] > 0]
    totals: dict[str, int] = defaultdict(int)
    for row in kept:
        totals[row["currency"]] += row["net_minor"]
    sums = tuple(Money(minor, currency) for currency, minor in sorted(totals.items()))
    return Statement(
        giver_id=giver.pk,
        name=giver.name,
        email=giver.email,
        first_day=first_day,
        last_day=last_day,
        gifts=tuple(_gift(row) for row in kept),
        totals=sums,
        total_texts=tuple(amount_text(money) for money in sums),
    )


def _gift(row: dict[str, Any]) -> StatementGift:
    given, net = Money(row["given_minor"], row["currency"]), Money(row["net_minor"], row["currency"])
    back = given - net
    return StatementGift(
        received_on=row["received_on"],
        reference=row["reference"],
        campaign=row["campaign_title"],
        kind_text=str(GiftKind(row["kind_name"]).label),
        given_text=amount_text(given),
        back_text=amount_text(back) if back.minor else "",
        net_text=amount_text(net),
    )


def givers_page(year: FiscalYear, number: str | None) -> tuple[Page[dict[str, Any]], list[GiverYear]]:
    """By when they first gave. Three queries."""
    page = Paginator(_by_giver(year), PER_PAGE).get_page(number)
    givers = Giver.objects.in_bulk([row["owner"] for row in page])
    return page, [_giver_year(row, givers[row["owner"]]) for row in page]


def givers_of(year: FiscalYear) -> Iterator[int]:
    """Of everybody who has something on the statement, each once."""
    last = None
    for owner in _by_giver(year).values_list("owner", flat=True).iterator(chunk_size=1_000):
        if owner != last:
            last = owner
            yield owner


def unaddressed(year: FiscalYear) -> list[str]:
    """Sums of gifts that stand on no statement, as nobody left an address with them. One query."""
    rows = _entries(year.first_day, year.last_day).filter(owner=None).order_by("currency")
    sums = rows.values_list("currency").annotate(Sum("amount_minor"))
    return [amount_text(Money(minor, currency)) for currency, minor in sums if minor > 0]


def years_with_gifts(today: date, start_month: int) -> list[FiscalYear]:
    """This one, and back to the first gift. One query."""
    first = Gift.objects.received().aggregate(day=Min("received_on"))["day"] or today
    newest, oldest = fiscal_year_of(today, start_month), fiscal_year_of(first, start_month)
    return [FiscalYear(year, start_month) for year in range(newest.year, min(oldest.year, newest.year) - 1, -1)]


def _entries(first_day: date, last_day: date) -> QuerySet[Any, Any]:
    """With `owner`: the giver of each gift; of one that names only an address, whoever is known by it."""
    known = Giver.objects.filter(email=OuterRef("gift__giver_email")).values("pk")[:1]
    entries: QuerySet[Any, Any] = LedgerEntry.objects.filter(
        kind__in=GIVEN, gift__received_on__gte=first_day, gift__received_on__lte=last_day
    )
    owned: QuerySet[Any, Any] = entries.order_by().annotate(owner=Coalesce(F("gift__giver"), Subquery(known)))
    return owned


def _by_giver(year: FiscalYear) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        _entries(year.first_day, year.last_day)
        .filter(owner__isnull=False)
        .values("owner", "currency")
        .annotate(
            net_minor=Sum("amount_minor"),
            gifts_count=Count("gift", distinct=True, filter=Q(kind=EntryKind.GIFT, reversal__isnull=True)),
        )
        .filter(net_minor__gt=0)
        .order_by("owner", "currency")
    )
    return rows


def _giver_year(row: dict[str, Any], giver: Giver) -> GiverYear:
    net = Money(row["net_minor"], row["currency"])
    return GiverYear(
        giver_id=giver.pk,
        name=giver.name,
        email=giver.email,
        gifts_count=row["gifts_count"],
        net=net,
        net_text=amount_text(net),
    )
