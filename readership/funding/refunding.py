"""Paying back through the processor: asked by a giver, ordered by a treasurer, paid once.

The order is a row before the processor is asked; its key lets the processor, or our own search there, see that a
second try is the same refund (attacks K11, K22). What moved is then booked from the charge, as everything else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from readership import outbox
from readership.funding.charging import receive_charge
from readership.funding.errors import (
    AmountNotPositive,
    NothingToRefund,
    ProcessorRefused,
    RefundAlreadyAsked,
    RefundTooLarge,
)
from readership.funding.ledger import ledger_of
from readership.funding.models import (
    BINDING,
    EntryKind,
    Gift,
    GiftKind,
    GiftState,
    RefundOrder,
    RefundState,
)
from readership.funding.money import Money
from readership.funding.processors.base import Charged, Subject, SubjectKind
from readership.funding.processors.choosing import processor_named
from readership.lib.text import clean_text
from readership.outbox.registry import handles
from readership.readers.models import Reader

REASON_LENGTH = 500
MOVED = (
    EntryKind.REFUND,
    EntryKind.REFUND_FAILED,
    EntryKind.COVER_BACK,
    EntryKind.DISPUTE,
    EntryKind.DISPUTE_WON,
)


def left_of(gift: Gift) -> Money:
    """What can still be paid back: the charge, less what went back or is on its way. Two queries.

    Refunds that were made on the processor's own pages count through the ledger, our own through their orders;
    of the two sums the larger one is believed.
    """
    ledger = ledger_of(is_trial=gift.is_trial)
    moved = ledger.objects.filter(gift=gift, kind__in=MOVED).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    orders = RefundOrder.objects.filter(gift=gift, state__in=BINDING)
    ordered = orders.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    open_orders = orders.filter(state=RefundState.ORDERED).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return Money(gift.charged.minor - max(ordered, -moved + open_orders), gift.currency)


@transaction.atomic
def ask_refund(*, gift: Gift, reason: str, submission_key: str) -> RefundOrder:
    """A giver asks for the whole of what is left. A treasurer is told and decides. Raises RefundRefused."""
    gift = Gift.objects.select_for_update().get(pk=gift.pk)
    first = RefundOrder.objects.filter(submission_key=submission_key).first()
    if first:
        return first
    if RefundOrder.objects.filter(gift=gift, state=RefundState.ASKED).exists():
        raise RefundAlreadyAsked
    amount = _checked(gift, left_of(gift))
    order = RefundOrder.objects.create(
        gift=gift,
        amount_minor=amount.minor,
        currency=amount.currency,
        state=RefundState.ASKED,
        reason=clean_text(reason)[:REASON_LENGTH],
        submission_key=submission_key,
    )
    outbox.put("refund_asked", key=f"refund-{order.pk}", payload={"refund_id": order.pk})
    return order


@transaction.atomic
def order_refund(
    *, gift: Gift, amount: Money, reason: str, ordered_by: Reader, submission_key: str, now: datetime
) -> RefundOrder:
    """Pay `amount` back, whole or in part. The outbox carries it to the processor. Raises RefundRefused."""
    # The lock: of two clicks the second must find the first's order.
    gift = Gift.objects.select_for_update().get(pk=gift.pk)
    first = RefundOrder.objects.filter(submission_key=submission_key).first()
    if first:
        return first
    _checked(gift, amount)
    order = RefundOrder.objects.create(
        gift=gift,
        amount_minor=amount.minor,
        currency=amount.currency,
        state=RefundState.ORDERED,
        reason=clean_text(reason)[:REASON_LENGTH],
        decided_by=ordered_by,
        decided_at=now,
        submission_key=submission_key,
    )
    _send(order)
    return order


@transaction.atomic
def grant_refund(*, order: RefundOrder, granted_by: Reader, now: datetime) -> RefundOrder:
    """What the giver asked for is ordered. A second time changes nothing. Raises RefundRefused."""
    gift = Gift.objects.select_for_update().get(pk=order.gift_id)
    order = RefundOrder.objects.select_for_update().get(pk=order.pk)
    if order.state != RefundState.ASKED:
        return order
    _checked(gift, order.amount)
    order.state, order.decided_by, order.decided_at = RefundState.ORDERED, granted_by, now
    order.save(update_fields=["state", "decided_by", "decided_at"])
    _send(order)
    return order


@transaction.atomic
def decline_refund(*, order: RefundOrder, answer: str, declined_by: Reader, now: datetime) -> RefundOrder:
    """The giver is told why."""
    order = RefundOrder.objects.select_for_update().get(pk=order.pk)
    if order.state == RefundState.ASKED:
        order.state, order.decided_by, order.decided_at = RefundState.DECLINED, declined_by, now
        order.answer = clean_text(answer)[:REASON_LENGTH]
        order.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        outbox.put("refund_declined", key=f"refund-{order.pk}", payload={"refund_id": order.pk})
    return order


def _checked(gift: Gift, amount: Money) -> Money:
    if gift.kind != GiftKind.ONLINE or gift.state != GiftState.RECEIVED or not gift.charge_ref:
        raise NothingToRefund
    left = left_of(gift)
    if left.minor <= 0:
        raise NothingToRefund
    if amount.minor <= 0:
        raise AmountNotPositive
    if amount > left:
        raise RefundTooLarge
    return amount


def _send(order: RefundOrder) -> None:
    outbox.put("refund_order", key=f"refund-{order.pk}", payload={"refund_id": order.pk})


@handles("refund_order")
def pay_back(payload: dict[str, Any]) -> None:
    """Ask the processor, then book what it did. Bears being run twice."""
    order = RefundOrder.objects.select_related("gift").get(pk=payload["refund_id"])
    gift = order.gift
    chosen = processor_named(gift.processor)
    if order.state != RefundState.ORDERED or chosen is None or not gift.charge_ref:
        return
    try:
        ref = chosen.refund(charge_ref=gift.charge_ref, amount=order.amount, order_key=f"{gift.reference}-{order.pk}")
    except ProcessorRefused as refused:
        _fail(order, str(refused.message))
        return
    facts = chosen.look_up(Subject(SubjectKind.CHARGE, gift.charge_ref), now=order.decided_at or order.asked_at)
    with transaction.atomic():
        locked = Gift.objects.select_for_update().get(pk=gift.pk)
        RefundOrder.objects.filter(pk=order.pk).update(state=RefundState.PAID, refund_ref=ref)
        if isinstance(facts, Charged):
            receive_charge(locked, facts)


def _fail(order: RefundOrder, said: str) -> None:
    answer = _("The processor refused: %(said)s") % {"said": said}
    RefundOrder.objects.filter(pk=order.pk).update(state=RefundState.FAILED, answer=answer[:REASON_LENGTH])
