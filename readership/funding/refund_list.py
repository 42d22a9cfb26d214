"""Refunds and disputes as the treasurer sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Max, Min, Q, Sum, When

from readership.funding.models import EntryKind, LedgerEntry, RefundOrder, RefundState
from readership.funding.money import Money
from readership.funding.wording import amount_text

PER_PAGE = 50


@dataclass(frozen=True)
class RefundLine:
    pk: int
    reference: str
    giver_name: str
    giver_email: str
    gift_text: str
    amount_text: str
    state: str
    state_text: str
    reason: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str
    is_trial: bool

    @property
    def is_waiting(self) -> bool:
        return self.state == RefundState.ASKED

    @property
    def has_failed(self) -> bool:
        return self.state == RefundState.FAILED


def refunds_page(state: str, number: str | None) -> tuple[Page[RefundOrder], list[RefundLine]]:
    """What waits comes first, then the newest. Two queries."""
    orders = RefundOrder.objects.select_related("gift", "decided_by")
    orders = orders.filter(state=state) if state in RefundState.values else orders
    waits_first = Case(When(state=RefundState.ASKED, then=0), default=1)
    page = Paginator(orders.order_by(waits_first, "-asked_at", "-pk"), PER_PAGE).get_page(number)
    return page, [refund_line(order) for order in page]


def refunds_of(gift_id: int) -> list[RefundLine]:
    """One query."""
    orders = RefundOrder.objects.filter(gift=gift_id).select_related("gift", "decided_by")
    return [refund_line(order) for order in orders]


def refund_line(order: RefundOrder) -> RefundLine:
    gift = order.gift
    return RefundLine(
        pk=order.pk,
        reference=gift.reference,
        giver_name=gift.giver_name,
        giver_email=gift.giver_email,
        gift_text=amount_text(gift.charged),
        amount_text=amount_text(order.amount),
        state=order.state,
        state_text=order.get_state_display(),
        reason=order.reason,
        answer=order.answer,
        asked_at=order.asked_at,
        decided_at=order.decided_at,
        decided_by=str(order.decided_by) if order.decided_by else "",
        is_trial=gift.is_trial,
    )


@dataclass(frozen=True)
class DisputeLine:
    """What a bank took back for its customer. `is_won`: the processor gave all of it back."""

    reference: str
    giver_name: str
    giver_email: str
    campaign: str
    gift_text: str
    taken_text: str
    taken_at: datetime
    back_text: str
    back_at: datetime | None
    fees_text: str
    payment_ref: str
    is_won: bool


def disputes_page(number: str | None) -> tuple[Page[dict[str, Any]], list[DisputeLine]]:
    """By gift, newest first, from the ledger. Three queries."""
    taken, won = Q(kind=EntryKind.DISPUTE), Q(kind=EntryKind.DISPUTE_WON)
    rows = (
        LedgerEntry.objects.filter(taken | won)
        .order_by()
        .values("gift_id", "currency")
        .annotate(
            reference=F("gift__reference"),
            giver_name=F("gift__giver_name"),
            giver_email=F("gift__giver_email"),
            campaign_title=F("campaign__title"),
            gift_minor=F("gift__amount_minor"),
            payment_ref=F("gift__payment_ref"),
            taken_minor=Sum("amount_minor", filter=taken),
            taken_at=Min("booked_at", filter=taken),
            back_minor=Sum("amount_minor", filter=won),
            back_at=Max("booked_at", filter=won),
            newest=Max("number"),
        )
        .order_by("-newest")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    fees = _dispute_fees([row["gift_id"] for row in page])
    return page, [_dispute_line(row, fees[row["gift_id"]]) for row in page]


def _dispute_fees(gifts: list[int]) -> dict[int, dict[str, int]]:
    """By gift and currency, what its disputes cost: fees of the movements that took money."""
    movements = LedgerEntry.objects.filter(gift__in=gifts, kind__in=[EntryKind.DISPUTE, EntryKind.DISPUTE_WON])
    fees = LedgerEntry.objects.filter(
        gift__in=gifts,
        kind__in=[EntryKind.FEE, EntryKind.FEE_BACK],
        movement_ref__in=movements.values("movement_ref"),
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = fees.order_by().values_list("gift_id", "currency").annotate(Sum("amount_minor"))
    for gift, currency, minor in rows:
        if gift is not None:
            found[gift][currency] = minor
    return found


def _dispute_line(row: dict[str, Any], fees: dict[str, int]) -> DisputeLine:
    currency, taken, back = row["currency"], row["taken_minor"] or 0, row["back_minor"] or 0
    return DisputeLine(
        reference=row["reference"],
        giver_name=row["giver_name"],
        giver_email=row["giver_email"],
        campaign=row["campaign_title"],
        gift_text=amount_text(Money(row["gift_minor"], currency)),
        taken_text=amount_text(Money(-taken, currency)),
        taken_at=row["taken_at"],
        back_text=amount_text(Money(back, currency)) if back else "",
        back_at=row["back_at"],
        fees_text=", ".join(amount_text(Money(-minor, code)) for code, minor in sorted(fees.items()) if minor),
        payment_ref=row["payment_ref"],
        is_won=taken + back >= 0,
    )
