"""A debit is decided days after the hosted page: it arrives, or it comes back."""

from __future__ import annotations

from tests.fake_stripe import invoices, paying, renewing
from tests.fake_stripe.events import emit
from tests.fake_stripe.things import CheckoutSession, Invoice, PaymentIntent, Subscription
from tests.fake_stripe.world import World


def under_way(world: World) -> list[PaymentIntent]:
    """Oldest first."""
    return [intent for intent in reversed(world.all(PaymentIntent)) if intent.status == "processing"]


def settle(world: World, intent: PaymentIntent) -> None:
    paying.settle_debit(world, intent)
    if intent.invoice:
        invoice = world.get(Invoice, intent.invoice)
        invoices.mark_paid(world, invoice)
        renewing.follow(world, world.get(Subscription, invoice.subscription), invoice, is_paid=True)
    session = _session_of(world, intent)
    if session:
        session.payment_status = "paid"
        emit(world, "checkout.session.async_payment_succeeded", session)


def fail(world: World, intent: PaymentIntent) -> None:
    paying.fail_debit(world, intent)
    if intent.invoice:
        invoice = world.get(Invoice, intent.invoice)
        invoices.note_failure(world, invoice)
        renewing.follow(world, world.get(Subscription, invoice.subscription), invoice, is_paid=False)
    session = _session_of(world, intent)
    if session:
        emit(world, "checkout.session.async_payment_failed", session)


def _session_of(world: World, intent: PaymentIntent) -> CheckoutSession | None:
    """None for a renewal."""
    return next(
        (
            session
            for session in world.all(CheckoutSession)
            if session.payment_intent == intent.id or (intent.invoice and session.invoice == intent.invoice)
        ),
        None,
    )
