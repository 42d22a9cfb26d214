"""Sums and pictures for the desk's first page: all campaigns together, one currency at a time.

Gifts count in the month in which they were received, net of what was paid back or taken of them since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.funding.drawing import Bar, Lying, bars, lying
from readership.funding.models import GiftKind, Interval, LedgerEntry, ProcessorName
from readership.funding.money import Money
from readership.funding.parts import MonthSum, Share
from readership.funding.queries import last_months, month_sum
from readership.funding.wording import amount_text

MONTHS = 12


@dataclass(frozen=True)
class DeskSums:
    """`is_empty`: nothing was ever given in this currency within these months."""

    currency: str
    currencies: tuple[str, ...]
    this_month_text: str
    last_month_text: str
    year_text: str
    gifts_count: int
    months: tuple[Bar, ...]
    sources: tuple[Lying, ...]
    frequencies: tuple[Lying, ...]
    is_empty: bool


def desk_sums(wanted: str, *, is_rtl: bool) -> DeskSums:
    """Four queries."""
    currencies = tuple(LedgerEntry.objects.counted().order_by("currency").values_list("currency", flat=True).distinct())
    currency = wanted if wanted in currencies else _usual(currencies)
    months = last_months(timezone.localdate(), MONTHS)
    sums = _by_month(currency, months)
    year = sum((month.sum for month in sums), Money(0, currency))
    return DeskSums(
        currency=currency,
        currencies=currencies,
        this_month_text=sums[-1].text,
        last_month_text=sums[-2].text,
        year_text=amount_text(year),
        gifts_count=sum(month.gifts_count for month in sums),
        months=bars(sums, is_rtl=is_rtl),
        sources=lying(_shares(_by_source(currency, months[0]), currency, _source_text), is_rtl=is_rtl),
        frequencies=lying(_shares(_by_frequency(currency, months[0]), currency, _frequency_text), is_rtl=is_rtl),
        is_empty=not any(month.gifts_count or month.sum.minor for month in sums),
    )


def _usual(currencies: tuple[str, ...]) -> str:
    usual = str(settings.SITE_CURRENCY)
    return usual if usual in currencies or not currencies else currencies[0]


def _counted(currency: str, since: date) -> QuerySet[Any, Any]:
    entries: QuerySet[Any, Any] = LedgerEntry.objects.counted()
    return entries.filter(currency=currency, gift__received_on__gte=since).order_by()


def _summed(entries: QuerySet[Any, Any]) -> Iterable[Mapping[str, Any]]:
    summed: Iterable[Mapping[str, Any]] = entries.annotate(
        sum_minor=Sum("amount_minor"),
        gifts_count=Count("pk", filter=Q(kind="gift", reversal__isnull=True)),
    )
    return summed


def _by_month(currency: str, months: list[date]) -> list[MonthSum]:
    entries = _counted(currency, months[0]).values(month=TruncMonth(F("gift__received_on")))
    found = {row["month"]: row for row in _summed(entries)}
    return [month_sum(month, found.get(month, {}), currency) for month in months]


def _by_source(currency: str, since: date) -> Iterable[Mapping[str, Any]]:
    return _summed(_counted(currency, since).values("gift__kind", "gift__processor"))


def _by_frequency(currency: str, since: date) -> Iterable[Mapping[str, Any]]:
    return _summed(_counted(currency, since).values("gift__pledge__interval"))


def _source_text(row: Mapping[str, Any]) -> str:
    kind, processor = GiftKind(row["gift__kind"]), row["gift__processor"]
    is_named = kind == GiftKind.ONLINE and processor
    return f"{kind.label}, {ProcessorName(processor).label}" if is_named else str(kind.label)


def _frequency_text(row: Mapping[str, Any]) -> str:
    interval = row["gift__pledge__interval"]
    return str(Interval(interval).label) if interval else _("once")


def _shares(rows: Iterable[Mapping[str, Any]], currency: str, label: Any) -> list[Share]:
    """The largest first."""
    shares = []
    for row in rows:
        money = Money(row["sum_minor"], currency)
        shares.append(Share(label(row), money, amount_text(money), row["gifts_count"]))
    return sorted(shares, key=lambda share: -share.sum.minor)
