"""The list of gifts at the treasurer's desk: filters, pages, and what each row shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, Q, QuerySet

from readership.funding.models import Campaign, Gift, GiftKind
from readership.funding.money import Money
from readership.funding.wording import amount_text

GIFTS_PER_PAGE = 50
CHUNK = 1_000


@dataclass(frozen=True)
class GiftFilter:
    """Empty fields do not filter."""

    campaign: Campaign | None = None
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self == GiftFilter()


@dataclass(frozen=True)
class GiftLine:
    """One gift, whoever gave it: for the desk and its downloads only."""

    reference: str
    campaign: str
    amount: Money
    amount_text: str
    received_on: date
    kind_text: str
    giver_name: str
    is_anonymous: bool
    giver_email: str
    note: str
    entered_by: str
    entered_at: datetime
    reversed_at: datetime | None
    reversal_reason: str


def gifts_page(wanted: GiftFilter, number: str | None) -> tuple[Page[dict[str, Any]], list[GiftLine]]:
    """Two queries: how many there are, and one page of them."""
    page = Paginator(_rows(wanted), GIFTS_PER_PAGE).get_page(number)
    return page, [_line(row) for row in page]


def every_gift(wanted: GiftFilter) -> Iterator[GiftLine]:
    """In memory that does not grow with the list."""
    for row in _rows(wanted).iterator(chunk_size=CHUNK):
        yield _line(row)


def gift_line(reference: str) -> GiftLine:
    """One query."""
    return _line(_rows(GiftFilter()).get(reference=reference))


def _rows(wanted: GiftFilter) -> QuerySet[Any, Any]:
    # At most one row joins: a gift is reversed once.
    gifts = Gift.objects.received().annotate(undoing=FilteredRelation("entries", condition=Q(entries__kind="reversal")))
    gifts = gifts.annotate(reversed_at=F("undoing__booked_at"), reversal_reason=F("undoing__reason"))
    return (
        gifts.filter(*_conditions(wanted))
        .order_by("-received_on", "-pk")
        .values(
            "reference",
            "amount_minor",
            "currency",
            "received_on",
            "kind",
            "giver_name",
            "is_anonymous",
            "giver_email",
            "note",
            "entered_at",
            "reversed_at",
            "reversal_reason",
            campaign_title=F("campaign__title"),
            entered_by_name=F("entered_by__name"),
        )
    )


def _conditions(wanted: GiftFilter) -> list[Q]:
    exact = {
        "campaign": wanted.campaign,
        "kind": wanted.kind,
        "received_on__gte": wanted.since,
        "received_on__lte": wanted.until,
    }
    conditions = [Q(**{name: value}) for name, value in exact.items() if value]
    if wanted.state:
        conditions.append(Q(reversed_at__isnull=wanted.state != "reversed"))
    if wanted.words:
        conditions.append(_says(wanted.words))
    return conditions


def _says(words: str) -> Q:
    return Q(giver_name__icontains=words) | Q(giver_email__icontains=words) | Q(reference__iexact=words)


def _line(row: dict[str, Any]) -> GiftLine:
    amount = Money(row["amount_minor"], row["currency"])
    return GiftLine(
        reference=row["reference"],
        campaign=row["campaign_title"],
        amount=amount,
        amount_text=amount_text(amount),
        received_on=row["received_on"],
        kind_text=str(GiftKind(row["kind"]).label),
        giver_name=row["giver_name"],
        is_anonymous=row["is_anonymous"],
        giver_email=row["giver_email"],
        note=row["note"],
        entered_by=row["entered_by_name"] or "",
        entered_at=row["entered_at"],
        reversed_at=row["reversed_at"],
        reversal_reason=row["reversal_reason"] or "",
    )
