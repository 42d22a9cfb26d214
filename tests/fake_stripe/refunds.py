"""Money goes back: at once, later, or not after all."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import balance, cards, form
from tests.fake_stripe.errors import StripeError, invalid, missing
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.money import printed
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.shapes.payments import refunded
from tests.fake_stripe.things import Charge, PaymentIntent, PaymentMethod, Refund, Thing
from tests.fake_stripe.world import World

REASONS = {"duplicate", "fraudulent", "requested_by_customer"}


def create(call: Call) -> Thing:
    world = call.world
    charge = _charge_of(call)
    reason = form.text(call.params, "reason")
    if reason and reason not in REASONS:
        raise invalid("reason", f"Invalid reason: must be one of {', '.join(sorted(REASONS))}")
    amount = form.integer(call.params, "amount")
    if amount is not None and amount <= 0:
        raise invalid("amount", "This value must be greater than or equal to 1.", code="parameter_invalid_integer")
    return refund(world, charge, amount=amount, reason=reason, metadata=form.metadata(call.params))


def _charge_of(call: Call) -> Charge:
    intent_id, charge_id = form.text(call.params, "payment_intent"), form.text(call.params, "charge")
    if charge_id:
        return call.world.get(Charge, charge_id, param="charge")
    if not intent_id:
        raise missing("payment_intent")
    intent = call.world.get(PaymentIntent, intent_id, param="payment_intent")
    if not intent.latest_charge or call.world.get(Charge, intent.latest_charge).status == "failed":
        raise StripeError(f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.")
    return call.world.get(Charge, intent.latest_charge)


def refund(
    world: World,
    charge: Charge,
    *,
    amount: int | None = None,
    reason: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Refund:
    """`amount` None: all that is left. Also what a person does in Stripe's dashboard."""
    amount = _refundable(world, charge, amount)
    method = world.get(PaymentMethod, charge.payment_method)
    waits = method.type != "card" or method.number == cards.REFUND_PENDS
    before = look(world, charge)
    made = world.add(
        Refund(
            amount=amount,
            currency=charge.currency,
            charge=charge.id,
            payment_intent=charge.payment_intent,
            status="pending" if waits else "succeeded",
            reason=reason,
            metadata=metadata or {},
        )
    )
    # Stripe keeps its fee: docs.stripe.com/refunds.
    moved = balance.move(
        world,
        kind="refund" if method.type == "card" else "payment_refund",
        category="refund",
        amount=-amount,
        currency=charge.currency,
        source=made,
        description=f"REFUND FOR CHARGE ({charge.description or ''})",
        is_available=True,
    )
    made.balance_transaction = moved.id
    emit(world, "refund.created", made)
    emit(world, "charge.refunded", charge, before=before)
    return made


def _refundable(world: World, charge: Charge, amount: int | None) -> int:
    left = charge.amount - refunded(world, charge)
    if charge.status == "failed":
        raise StripeError(f"Charge {charge.id} has failed; cannot issue a refund.", code="charge_not_refundable")
    if charge.is_disputed:
        raise StripeError(f"Charge {charge.id} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left == 0:
        raise StripeError(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if amount is not None and amount > left:
        # Stripe gives no code here.
        raise StripeError(
            f"Refund amount ({printed(amount, charge.currency)}) is greater than unrefunded amount on charge "
            f"({printed(left, charge.currency)})",
            param="amount",
        )
    return left if amount is None else amount


def arrive(world: World, one: Refund) -> None:
    """A pending refund reached the giver's bank."""
    before = look(world, one)
    one.status = "succeeded"
    _tell_update(world, one, before)


def fail(world: World, one: Refund, *, why: str = "lost_or_stolen_card") -> None:
    """The giver's bank sent it back: the money returns to the balance (docs.stripe.com/refunds#failed-refunds)."""
    before = look(world, one)
    charge = world.get(Charge, one.charge)
    charge_before = look(world, charge)
    one.status, one.failure_reason = "failed", why
    back = balance.move(
        world,
        kind="refund_failure",
        category="refund_failure",
        amount=one.amount,
        currency=one.currency,
        source=one,
        description="REFUND FAILURE",
        is_available=True,
    )
    one.failure_balance_transaction = back.id
    emit(world, "refund.failed", one, before=before)
    _tell_update(world, one, before)
    emit(world, "charge.updated", charge, before=charge_before)


def _tell_update(world: World, one: Refund, before: dict[str, object]) -> None:
    emit(world, "refund.updated", one, before=before)
    emit(world, "charge.refund.updated", one, before=before)


def update(call: Call) -> Thing:
    one = call.world.get(Refund, call.id)
    before = look(call.world, one)
    one.metadata = form.metadata(call.params, one.metadata)
    _tell_update(call.world, one, before)
    return one


def cancel(call: Call) -> Thing:
    """Stripe takes back only what waits for the giver's action."""
    one = call.world.get(Refund, call.id)
    raise StripeError(f"You cannot cancel this refund because it has a status of {one.status}.")


def retrieve(call: Call) -> Thing:
    return call.world.get(Refund, call.id)


def list_(call: Call) -> Page:
    return paged(call, same(call.world.all(Refund), call.params, charge="charge", payment_intent="payment_intent"))


ROUTES = [
    Route("POST", "/v1/refunds", create, takes.RefundCreateParams),
    Route("GET", "/v1/refunds", list_, takes.RefundListParams),
    Route("GET", "/v1/refunds/{id}", retrieve, takes.RefundRetrieveParams),
    Route("POST", "/v1/refunds/{id}", update, takes.RefundUpdateParams),
    Route("POST", "/v1/refunds/{id}/cancel", cancel, takes.RefundCancelParams),
]
