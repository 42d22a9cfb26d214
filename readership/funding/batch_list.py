"""Which batches were recorded, and what is in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Substr

from readership.funding.batches import BATCH
from readership.funding.models import Gift, GiftKind
from readership.funding.money import Money
from readership.funding.wording import amount_text

KEY_LENGTH = 32
BATCHES_PER_PAGE = 50


@dataclass(frozen=True)
class BatchLine:
    key: str
    received_on: date
    kind_text: str
    campaign: str
    gifts_count: int
    reversed_count: int
    amount_text: str
    entered_by: str
    entered_at: datetime

    @property
    def is_reversed(self) -> bool:
        return self.reversed_count == self.gifts_count


def batches_page(number: str | None) -> tuple[Page[dict[str, Any]], list[BatchLine]]:
    """Newest first. Two queries."""
    page = Paginator(_batches(), BATCHES_PER_PAGE).get_page(number)
    return page, [_line(row) for row in page]


def batch_line(key: str) -> BatchLine | None:
    """One query."""
    row = _batches(key).first()
    return _line(row) if row else None


def _batches(key: str = "") -> Any:
    rows = Gift.objects.filter(submission_key__startswith=f"{BATCH}{key}")
    return (
        rows.annotate(key=Substr("submission_key", len(BATCH) + 1, KEY_LENGTH))
        .values("key", "received_on", "kind", "currency", campaign_title=F("campaign__title"))
        .annotate(
            newest=Max("pk"),
            gifts_count=Count("pk", distinct=True),
            reversed_count=Count("pk", distinct=True, filter=Q(entries__kind="reversal")),
            # Each gift's own booking is one entry, so that the join adds each amount once.
            sum_minor=Sum("entries__amount_minor", filter=Q(entries__kind="gift")),
            entered_at=Max("entered_at"),
            entered_by_name=Max("entered_by__name"),
        )
        .order_by("-newest")
    )


def _line(row: dict[str, Any]) -> BatchLine:
    return BatchLine(
        key=row["key"],
        received_on=row["received_on"],
        kind_text=str(GiftKind(row["kind"]).label),
        campaign=row["campaign_title"],
        gifts_count=row["gifts_count"],
        reversed_count=row["reversed_count"],
        amount_text=amount_text(Money(row["sum_minor"], row["currency"])),
        entered_by=row["entered_by_name"] or "",
        entered_at=row["entered_at"],
    )
