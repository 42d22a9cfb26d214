"""Pure: Stripe's objects, as plain dictionaries, read into our facts.

Shapes of API 2026-10-28.endive. Since 2025-03-31.basil a bill names its pledge under `parent` and its payments
under `payments`; what an older endpoint sends is only used for its name and asked for again (attack K13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from readership.funding.models import Interval, PayoutState
from readership.funding.money import Money
from readership.funding.processors.base import (
    BalanceLine,
    BillFacts,
    BillState,
    Charged,
    Disputed,
    PayoutFacts,
    Refunded,
    SessionFacts,
    SessionState,
    Subject,
    SubjectKind,
    SubscriptionFacts,
    SubscriptionState,
    Tags,
)
from readership.funding.processors.stripe_money import from_stripe

Shape = Mapping[str, Any]

GIFT_TAG, PLEDGE_TAG, REFUND_TAG = "readership_gift", "readership_pledge", "readership_refund"
SITE_TAG = "readership_site"


def tags_of(shape: Shape | None) -> Tags:
    metadata = (shape or {}).get("metadata") or {}
    return Tags(gift=metadata.get(GIFT_TAG, ""), pledge=metadata.get(PLEDGE_TAG, ""), site=metadata.get(SITE_TAG, ""))


def ref_of(value: str | Shape | None) -> str:
    """An id, whether it came alone or with what it stands for."""
    return value if isinstance(value, str) else str((value or {}).get("id", ""))


def moment(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, tz=UTC)


def day(timestamp: int | None) -> date | None:
    return moment(timestamp).date() if timestamp else None


def money_of(shape: Shape, field: str = "amount") -> Money:
    return from_stripe(shape[field], shape["currency"])


def settled_of(movement: Any, paid: Money) -> Money | None:
    """What moved our balance, where that is in another currency than what was paid."""
    if not isinstance(movement, Mapping) or movement["currency"].upper() == paid.currency:
        return None
    return money_of(movement)


def session_facts(session: Shape, charge: Charged | None, payment: Shape | None) -> SessionFacts:
    person = session.get("customer_details") or {}
    return SessionFacts(
        session_ref=session["id"],
        state=_session_state(session, payment),
        tags=tags_of(session),
        email=person.get("email") or session.get("customer_email") or "",
        name=person.get("name") or "",
        customer_ref=ref_of(session.get("customer")),
        subscription_ref=ref_of(session.get("subscription")),
        bill_ref=ref_of(session.get("invoice")),
        charge=charge,
        is_trial=not session["livemode"],
    )


def _session_state(session: Shape, payment: Shape | None) -> SessionState:
    if session["status"] == "expired":
        return SessionState.EXPIRED
    if session["status"] == "open":
        return SessionState.OPEN
    if session["payment_status"] == "paid":
        return SessionState.PAID
    # Complete and unpaid: a delayed way of paying. It failed when the payment asks for another way (attack K05).
    has_failed = payment is not None and payment["status"] in {"requires_payment_method", "canceled"}
    return SessionState.FAILED if has_failed else SessionState.PENDING


def charged(
    charge: Shape, *, tags: Tags, bill_ref: str, refunds: Iterable[Shape] = (), disputes: Iterable[Shape] = ()
) -> Charged:
    amount = money_of(charge)
    movement = charge.get("balance_transaction")
    shown = charge.get("presentment_details")
    person = charge.get("billing_details") or {}
    return Charged(
        has_succeeded=charge["status"] == "succeeded",
        charge_ref=charge["id"],
        payment_ref=ref_of(charge.get("payment_intent")),
        amount=amount,
        settled=settled_of(movement, amount),
        fee=money_of(movement, "fee") if isinstance(movement, Mapping) else None,
        paid_at=moment(charge["created"]),
        presented=from_stripe(shown["presentment_amount"], shown["presentment_currency"]) if shown else None,
        tags=tags or tags_of(charge),
        customer_ref=ref_of(charge.get("customer")),
        email=person.get("email") or charge.get("receipt_email") or "",
        name=person.get("name") or "",
        bill_ref=bill_ref,
        is_trial=not charge["livemode"],
        # Oldest first: how much of each was a gift and how much was for the fee is worked out in this order.
        refunds=tuple(_refunded(refund) for refund in sorted(refunds, key=_age) if refund.get("balance_transaction")),
        disputes=tuple(move for dispute in sorted(disputes, key=_age) for move in _moves(dispute)),
    )


def _age(shape: Shape) -> tuple[int, str]:
    return shape["created"], shape["id"]


def _refunded(refund: Shape) -> Refunded:
    amount = money_of(refund)
    return Refunded(
        ref=refund["id"],
        amount=amount,
        settled=settled_of(refund["balance_transaction"], amount),
        came_back=bool(refund.get("failure_balance_transaction")),
        order_key=(refund.get("metadata") or {}).get(REFUND_TAG, ""),
    )


def _moves(dispute: Shape) -> Iterable[Disputed]:
    disputed = money_of(dispute)
    for movement in dispute.get("balance_transactions") or []:
        moved = money_of(movement)
        is_taken = moved.minor < 0
        fee = money_of(movement, "fee")
        yield Disputed(
            ref=movement["id"],
            # In the gift's own currency; our balance may be kept in another.
            amount=moved if moved.currency == disputed.currency else (-disputed if is_taken else disputed),
            settled=None if moved.currency == disputed.currency else moved,
            fee=fee if fee.minor else None,
        )


def bill_facts(bill: Shape, charge: Charged | None) -> BillFacts:
    parent = (bill.get("parent") or {}).get("subscription_details") or {}
    return BillFacts(
        bill_ref=bill["id"],
        state=_bill_state(bill),
        subscription_ref=ref_of(parent.get("subscription")),
        tags=tags_of(parent),
        total=money_of(bill, "total"),
        charge=charge,
        attempts_count=bill.get("attempt_count") or 0,
        next_attempt_at=moment(bill["next_payment_attempt"]) if bill.get("next_payment_attempt") else None,
        is_trial=not bill["livemode"],
    )


def _bill_state(bill: Shape) -> BillState:
    if bill["status"] == "paid":
        return BillState.PAID
    if bill["status"] in {"void", "uncollectible"}:
        return BillState.VOID
    return BillState.FAILED if bill.get("attempted") else BillState.OPEN


SUBSCRIPTION_STATES = {
    "incomplete": SubscriptionState.WAITING,
    "incomplete_expired": SubscriptionState.ENDED,
    "trialing": SubscriptionState.ACTIVE,
    "active": SubscriptionState.ACTIVE,
    "past_due": SubscriptionState.BEHIND,
    "unpaid": SubscriptionState.BEHIND,
    "paused": SubscriptionState.PAUSED,
    "canceled": SubscriptionState.ENDED,
}


def subscription_facts(subscription: Shape, *, asked_at: datetime) -> SubscriptionFacts:
    item = subscription["items"]["data"][0]
    price = item["price"]
    details = subscription.get("cancellation_details") or {}
    return SubscriptionFacts(
        subscription_ref=subscription["id"],
        state=_subscription_state(subscription),
        tags=tags_of(subscription),
        amount=from_stripe(price["unit_amount"] * (item.get("quantity") or 1), price["currency"]),
        interval=Interval(price["recurring"]["interval"]),
        next_on=day(item.get("current_period_end")),
        customer_ref=ref_of(subscription.get("customer")),
        ended_after_failures=details.get("reason") == "payment_failed",
        is_trial=not subscription["livemode"],
        asked_at=asked_at,
    )


def _subscription_state(subscription: Shape) -> SubscriptionState:
    state = SUBSCRIPTION_STATES.get(subscription["status"], SubscriptionState.WAITING)
    if state is SubscriptionState.ENDED:
        return state
    if subscription.get("cancel_at_period_end") or subscription.get("cancel_at"):
        return SubscriptionState.ENDING
    return SubscriptionState.PAUSED if subscription.get("pause_collection") else state


PAYOUT_STATES = {"paid": PayoutState.PAID, "failed": PayoutState.FAILED, "canceled": PayoutState.FAILED}


def payout_facts(payout: Shape) -> PayoutFacts:
    return PayoutFacts(
        payout_ref=payout["id"],
        amount=money_of(payout),
        arrives_on=moment(payout["arrival_date"]).date(),
        state=PAYOUT_STATES.get(payout["status"], PayoutState.ON_ITS_WAY),
        is_trial=not payout["livemode"],
    )


# Stripe's types of balance transactions, as we name them. What is not here is “other”, and shown.
BALANCE_KINDS = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failed",
    "payment_failure_refund": "refund_failed",
    "adjustment": "dispute",
    "payout": "payout",
    "payout_cancel": "payout_failed",
    "payout_failure": "payout_failed",
    "stripe_fee": "fee",
    "stripe_fx_fee": "fee",
    "tax_fee": "fee",
}


def balance_line(line: Shape) -> BalanceLine:
    source = line.get("source")
    return BalanceLine(
        ref=line["id"],
        source_ref=ref_of(source),
        kind=BALANCE_KINDS.get(line["type"], "other"),
        amount=money_of(line),
        fee=money_of(line, "fee"),
        at=moment(line["created"]),
        subject=_subject_of(source),
    )


def _subject_of(source: str | Shape | None) -> Subject | None:
    """What to look up so that the line is booked."""
    if not isinstance(source, Mapping):
        return None
    return subject_of_object(source)


def subject_of_object(thing: Shape) -> Subject | None:
    kind, ref = thing.get("object"), ref_of(thing)
    if kind in OWN_SUBJECTS:
        return Subject(OWN_SUBJECTS[kind], ref)
    if kind in {"refund", "dispute"}:
        charge = ref_of(thing.get("charge"))
        return Subject(SubjectKind.CHARGE, charge) if charge else None
    return None


OWN_SUBJECTS = {
    "checkout.session": SubjectKind.SESSION,
    "charge": SubjectKind.CHARGE,
    "invoice": SubjectKind.BILL,
    "subscription": SubjectKind.SUBSCRIPTION,
    "payout": SubjectKind.PAYOUT,
}
