"""A giver's bank takes the money back, and perhaps gives it again."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import balance, form
from tests.fake_stripe.errors import StripeError
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import Charge, Dispute, Thing
from tests.fake_stripe.world import World

OPEN = {"needs_response", "under_review", "warning_needs_response", "warning_under_review"}


def open_dispute(
    world: World, charge: Charge, *, amount: int | None = None, reason: str = "fraudulent", is_inquiry: bool = False
) -> Dispute:
    """`amount` None: the whole charge. An inquiry moves no money (yet)."""
    dispute = world.add(
        Dispute(
            amount=charge.amount if amount is None else amount,
            currency=charge.currency,
            charge=charge.id,
            payment_intent=charge.payment_intent,
            reason=reason,
            status="warning_needs_response" if is_inquiry else "needs_response",
        )
    )
    charge.is_disputed = not is_inquiry
    if not is_inquiry:
        _move(world, dispute, -dispute.amount, "dispute", fee=world.tariff.dispute_fee)
    emit(world, "charge.dispute.created", dispute)
    if not is_inquiry:
        emit(world, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(world: World, dispute: Dispute, *, is_won: bool) -> None:
    """Won: the money comes back; the fee for receiving a dispute does not (stripe.com/pricing)."""
    before = look(world, dispute)
    is_inquiry = dispute.status.startswith("warning")
    dispute.status = "warning_closed" if is_inquiry else "won" if is_won else "lost"
    if is_won and not is_inquiry:
        _move(world, dispute, dispute.amount, "dispute_reversal")
    emit(world, "charge.dispute.closed", dispute, before=before)
    if is_won and not is_inquiry:
        emit(world, "charge.dispute.funds_reinstated", dispute)


def _move(world: World, dispute: Dispute, amount: int, category: str, *, fee: int = 0) -> None:
    moved = balance.move(
        world,
        kind="adjustment",
        category=category,
        amount=amount,
        currency=dispute.currency,
        source=dispute,
        fee=fee,
        description=f"Chargeback {'withdrawal' if amount < 0 else 'reversal'} for {dispute.charge}",
        is_available=True,
    )
    dispute.balance_transactions.append(moved.id)


def retrieve(call: Call) -> Thing:
    return call.world.get(Dispute, call.id)


def list_(call: Call) -> Page:
    return paged(call, same(call.world.all(Dispute), call.params, charge="charge", payment_intent="payment_intent"))


def update(call: Call) -> Thing:
    dispute = _still_open(call)
    before = look(call.world, dispute)
    dispute.evidence |= call.params.get("evidence") or {}
    dispute.metadata = form.metadata(call.params, dispute.metadata)
    if form.flag(call.params, "submit") is not False and "evidence" in call.params:
        dispute.is_submitted = True
        dispute.status = dispute.status.replace("needs_response", "under_review")
    emit(call.world, "charge.dispute.updated", dispute, before=before)
    return dispute


def accept(call: Call) -> Thing:
    """Closing a dispute through the API means losing it."""
    dispute = _still_open(call)
    close(call.world, dispute, is_won=False)
    return dispute


def _still_open(call: Call) -> Dispute:
    dispute = call.world.get(Dispute, call.id)
    if dispute.status not in OPEN:
        raise StripeError("This dispute is already closed", code="dispute_already_closed")
    return dispute


ROUTES = [
    Route("GET", "/v1/disputes", list_, takes.DisputeListParams),
    Route("GET", "/v1/disputes/{id}", retrieve, takes.DisputeRetrieveParams),
    Route("POST", "/v1/disputes/{id}", update, takes.DisputeUpdateParams),
    Route("POST", "/v1/disputes/{id}/close", accept, takes.DisputeCloseParams),
]
