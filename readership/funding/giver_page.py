"""What stands on a giver's own page: running pledges first, then every gift by year. Five queries, however many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Sum
from django.utils import timezone

from readership.funding.models import (
    RUNNING,
    Gift,
    GiftKind,
    GiftState,
    Giver,
    LedgerEntry,
    Pledge,
    PledgeState,
    RefundOrder,
    RefundState,
    TrialEntry,
)
from readership.funding.money import Money
from readership.funding.receipts import GIVEN, way_of
from readership.funding.wording import amount_text

# What never became a gift is none of a giver's gifts; what is still on its way is.
SHOWN = (GiftState.RECEIVED, GiftState.PENDING, GiftState.PROMISED)
SHOWN_PLEDGES = (*RUNNING, PledgeState.PAUSED, PledgeState.STOPPED)


@dataclass(frozen=True)
class PledgeCard:
    reference: str
    campaign: str
    amount_text: str
    interval: str
    state: str
    state_text: str
    next_on: date | None
    stopped_on: date | None
    failed_on: date | None
    is_trial: bool
    is_running: bool
    is_behind: bool
    may_resume: bool


@dataclass(frozen=True)
class GiftLine:
    reference: str
    campaign: str
    way: str
    received_on: date | None
    amount_text: str
    # Less what came back; empty when nothing did.
    left_text: str
    state_text: str
    refund_state: str
    refund_answer: str
    is_trial: bool
    has_receipt: bool
    may_ask_refund: bool


@dataclass(frozen=True)
class GiftYear:
    year: int | None  # none for what is still on its way
    sums: tuple[str, ...]
    gifts: tuple[GiftLine, ...]


@dataclass(frozen=True)
class GiverPage:
    running: tuple[PledgeCard, ...]
    ended: tuple[PledgeCard, ...]
    years: tuple[GiftYear, ...]


def giver_page(giver: Giver) -> GiverPage:
    pledges = Pledge.objects.filter(giver=giver, state__in=SHOWN_PLEDGES).select_related("campaign")
    cards = [_card(pledge) for pledge in pledges]
    return GiverPage(
        # What needs its giver stands first.
        running=tuple(sorted((card for card in cards if card.is_running), key=lambda card: not card.is_behind)),
        ended=tuple(card for card in cards if not card.is_running),
        years=_years(giver),
    )


def _card(pledge: Pledge) -> PledgeCard:
    return PledgeCard(
        reference=pledge.reference,
        campaign=pledge.campaign.title,
        amount_text=amount_text(pledge.charged),
        interval=pledge.interval,
        state=pledge.state,
        state_text=pledge.get_state_display(),
        next_on=pledge.next_on,
        stopped_on=timezone.localdate(pledge.stopped_at) if pledge.stopped_at else None,
        failed_on=timezone.localdate(pledge.failed_since) if pledge.failed_since else None,
        is_trial=pledge.is_trial,
        is_running=pledge.state in {*RUNNING, PledgeState.PAUSED},
        is_behind=pledge.state == PledgeState.BEHIND,
        may_resume=pledge.state in {PledgeState.STOPPED, PledgeState.PAUSED} and pledge.ended_at is None,
    )


def _years(giver: Giver) -> tuple[GiftYear, ...]:
    rows = Gift.objects.filter(giver=giver, state__in=SHOWN).select_related("campaign")
    gifts = sorted(rows, key=lambda gift: (gift.received_on or date.max, gift.pk), reverse=True)
    nets, orders = _nets(gifts), _newest_orders(gifts)
    years = []
    for year, of_year in groupby(gifts, key=lambda gift: gift.received_on.year if gift.received_on else None):
        kept = list(of_year)
        lines = tuple(_line(gift, nets.get(gift.pk), orders.get(gift.pk)) for gift in kept)
        years.append(GiftYear(year=year, sums=_sums(kept, nets), gifts=lines))
    return tuple(years)


def _nets(gifts: list[Gift]) -> dict[int, Money]:
    """What is left of each gift in its ledger. Two queries."""
    nets: dict[int, Money] = {}
    for ledger in (LedgerEntry, TrialEntry):
        rows = ledger.objects.filter(gift__in=gifts, kind__in=GIVEN).order_by()
        nets |= {gift: Money(minor, currency) for gift, currency, minor in _summed(rows)}
    return nets


def _summed(rows: object) -> list[tuple[int, str, int]]:
    return list(rows.values_list("gift", "currency").annotate(Sum("amount_minor")))  # type: ignore[attr-defined]


def _newest_orders(gifts: list[Gift]) -> dict[int, RefundOrder]:
    orders = RefundOrder.objects.filter(gift__in=gifts).order_by("asked_at", "pk")
    return {order.gift_id: order for order in orders}


def _sums(gifts: list[Gift], nets: Mapping[int, Money]) -> tuple[str, ...]:
    """Money only: trials are counted nowhere."""
    sums: dict[str, int] = {}
    for gift in gifts:
        if not gift.is_trial and gift.pk in nets:
            sums[gift.currency] = sums.get(gift.currency, 0) + nets[gift.pk].minor
    return tuple(amount_text(Money(minor, currency)) for currency, minor in sorted(sums.items()))


def _line(gift: Gift, net: Money | None, order: RefundOrder | None) -> GiftLine:
    is_there = gift.state == GiftState.RECEIVED and net is not None
    is_asked = order is not None and order.state in {RefundState.ASKED, RefundState.ORDERED}
    is_less = net is not None and net != gift.charged
    return GiftLine(
        reference=gift.reference,
        campaign=gift.campaign.title,
        way=way_of(gift),
        received_on=gift.received_on,
        amount_text=amount_text(gift.charged),
        left_text=amount_text(net) if net is not None and is_less else "",
        state_text=gift.get_state_display(),
        refund_state=order.state if order else "",
        refund_answer=order.answer if order and order.state == RefundState.DECLINED else "",
        is_trial=gift.is_trial,
        has_receipt=is_there,
        may_ask_refund=is_there
        and not is_asked
        and gift.kind == GiftKind.ONLINE
        and bool(gift.charge_ref)
        and net is not None
        and net.minor > 0,
    )
