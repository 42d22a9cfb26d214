from __future__ import annotations

from tests.fake_stripe import state
from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes import accounts, billing, hosted, payments, people
from tests.fake_stripe.shapes.older import made_older
from tests.fake_stripe.shapes.versions import is_older

SHAPES: dict[str, state.Shape] = {
    "customer": people.customer,
    "payment_method": people.payment_method,
    "product": billing.product,
    "price": billing.price,
    "checkout.session": hosted.checkout_session,
    "billing_portal.session": hosted.portal_session,
    "payment_intent": payments.payment_intent,
    "charge": payments.charge,
    "balance_transaction": payments.balance_transaction,
    "refund": payments.refund,
    "dispute": payments.dispute,
    "subscription": billing.subscription,
    "invoice": billing.invoice,
    "invoice_payment": billing.invoice_payment,
    "payout": accounts.payout,
    "event": accounts.event,
    "webhook_endpoint": accounts.webhook_endpoint,
}


def render(world: state.World, one: state.Thing, version: str) -> Json:
    shape = SHAPES[one.kind](world, one)
    return made_older(world, one, shape) if is_older(version) else shape
