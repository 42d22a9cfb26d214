from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes import accounts, billing, catalogue, hosted, payments, people
from tests.fake_stripe.shapes.older import made_older
from tests.fake_stripe.shapes.versions import is_older
from tests.fake_stripe.things import Thing
from tests.fake_stripe.world import World

SHAPES: dict[str, Callable[[World, Any], Json]] = {
    "customer": people.customer,
    "payment_method": people.payment_method,
    "product": catalogue.product,
    "price": catalogue.price,
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


def render(world: World, one: Thing, version: str) -> Json:
    shape = SHAPES[one.kind](world, one)
    return made_older(world, one, shape) if is_older(version) else shape
