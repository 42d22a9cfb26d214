"""PaymentIntents and their Charges: a card pays or is declined at once, a debit is decided days later."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import balance, cards, form
from tests.fake_stripe.errors import StripeError
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import Charge, PaymentIntent, PaymentMethod, Thing
from tests.fake_stripe.world import World


def pay(world: World, intent: PaymentIntent, method: PaymentMethod, *, is_first: bool) -> Charge:
    """The intent is then succeeded, processing (a debit) or requires_payment_method (declined)."""
    if intent.latest_charge is None:
        emit(world, "payment_intent.created", intent)
    why = cards.why_declined(method.number, is_first=is_first)
    charge = world.add(
        Charge(
            amount=intent.amount,
            currency=intent.currency,
            payment_intent=intent.id,
            payment_method=method.id,
            customer=intent.customer,
            description=intent.description,
            receipt_email=intent.receipt_email,
            # Stripe copies an intent's metadata to its charge.
            metadata=dict(intent.metadata),
            status="failed" if why else "succeeded" if method.type == "card" else "pending",
            failure_code=why,
        )
    )
    intent.latest_charge, intent.payment_method = charge.id, method.id
    intent.payment_method_types = [method.type]
    if why:
        _fail(world, intent, charge)
    elif method.type == "card":
        _succeed(world, intent, charge)
    else:
        intent.status = "processing"
        emit(world, "charge.pending", charge)
        emit(world, "payment_intent.processing", intent)
    _book(world, charge)
    return charge


def _book(world: World, charge: Charge) -> None:
    if charge.status != "failed" and charge.balance_transaction is None and not world.is_balance_late:
        balance.book_charge(world, charge)


def _succeed(world: World, intent: PaymentIntent, charge: Charge) -> None:
    charge.status, intent.status = "succeeded", "succeeded"
    emit(world, "charge.succeeded", charge)
    emit(world, "payment_intent.succeeded", intent)


def _fail(world: World, intent: PaymentIntent, charge: Charge) -> None:
    charge.status, intent.status = "failed", "requires_payment_method"
    emit(world, "charge.failed", charge)
    emit(world, "payment_intent.payment_failed", intent)


def settle_debit(world: World, intent: PaymentIntent) -> None:
    _succeed(world, intent, _pending(world, intent))


def fail_debit(world: World, intent: PaymentIntent) -> None:
    """The money that was counted as coming goes out again, as payment_failure_refund.

    docs.stripe.com/reports/balance-transaction-types; the fee is not given back here, which is the worse case.
    """
    charge = _pending(world, intent)
    charge.failure_code = "insufficient_funds"
    if charge.balance_transaction:
        back = balance.move(
            world,
            kind="payment_failure_refund",
            category="charge_failure",
            amount=-charge.amount,
            currency=charge.currency,
            source=charge,
        )
        charge.failure_balance_transaction = back.id
    _fail(world, intent, charge)


def _pending(world: World, intent: PaymentIntent) -> Charge:
    charge = world.get(Charge, intent.latest_charge)
    assert charge.status == "pending", f"{charge.id} is {charge.status}, not pending"
    return charge


def cancel(call: Call) -> Thing:
    intent = call.world.get(PaymentIntent, call.id)
    if intent.status in {"succeeded", "canceled", "processing"}:
        raise StripeError(
            f"You cannot cancel this PaymentIntent because it has a status of {intent.status}.",
            code="payment_intent_unexpected_state",
        )
    intent.status, intent.canceled_at = "canceled", call.world.clock.now()
    intent.cancellation_reason = form.text(call.params, "cancellation_reason")
    emit(call.world, "payment_intent.canceled", intent)
    return intent


def retrieve_intent(call: Call) -> Thing:
    return call.world.get(PaymentIntent, call.id)


def update_intent(call: Call) -> Thing:
    intent = call.world.get(PaymentIntent, call.id)
    intent.metadata = form.metadata(call.params, intent.metadata)
    if "description" in call.params:
        intent.description = form.text(call.params, "description")
    return intent


def list_intents(call: Call) -> Page:
    return paged(call, same(call.world.all(PaymentIntent), call.params, customer="customer"))


def retrieve_charge(call: Call) -> Thing:
    return call.world.get(Charge, call.id)


def update_charge(call: Call) -> Thing:
    charge = call.world.get(Charge, call.id)
    before = look(call.world, charge)
    charge.metadata = form.metadata(call.params, charge.metadata)
    emit(call.world, "charge.updated", charge, before=before)
    return charge


def list_charges(call: Call) -> Page:
    found = same(call.world.all(Charge), call.params, customer="customer", payment_intent="payment_intent")
    return paged(call, found)


ROUTES = [
    Route("GET", "/v1/payment_intents", list_intents, takes.PaymentIntentListParams),
    Route("GET", "/v1/payment_intents/{id}", retrieve_intent, takes.PaymentIntentRetrieveParams),
    Route("POST", "/v1/payment_intents/{id}", update_intent, takes.PaymentIntentUpdateParams),
    Route("POST", "/v1/payment_intents/{id}/cancel", cancel, takes.PaymentIntentCancelParams),
    Route("GET", "/v1/charges", list_charges, takes.ChargeListParams),
    Route("GET", "/v1/charges/{id}", retrieve_charge, takes.ChargeRetrieveParams),
    Route("POST", "/v1/charges/{id}", update_charge, takes.ChargeUpdateParams),
]
