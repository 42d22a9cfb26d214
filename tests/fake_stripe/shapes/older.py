"""The same objects before 2025-03-31.basil. What moved is in funding's facts on webhooks and in Stripe's changelog:

- invoice: `subscription`, `payment_intent`, `charge`, `paid` and `subscription_details` at the top; no `parent`,
  no `payments`; its lines with `price`, `subscription` and `proration`;
- payment intent and charge: `invoice`;
- subscription: `current_period_start` and `…_end` at the top, not on its items.
"""

from __future__ import annotations

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.catalogue import price
from tests.fake_stripe.things import Charge, Invoice, InvoicePayment, PaymentIntent, Price, Subscription, Thing
from tests.fake_stripe.world import World


def made_older(world: World, one: Thing, shape: Json) -> Json:
    if isinstance(one, Invoice):
        return _invoice(world, one, shape)
    if isinstance(one, Subscription):
        return _subscription(one, shape)
    if isinstance(one, PaymentIntent):
        return shape | {"invoice": one.invoice}
    if isinstance(one, Charge):
        return shape | {"invoice": world.get(PaymentIntent, one.payment_intent).invoice}
    if one.kind == "checkout.session":
        return shape | {"ui_mode": "hosted"}
    return shape


def _invoice(world: World, one: Invoice, shape: Json) -> Json:
    paying = next((each for each in world.all(InvoicePayment) if each.invoice == one.id), None)
    intent = world.get(PaymentIntent, paying.payment_intent) if paying else None
    lines = [_line(world, one, line) for line in shape["lines"]["data"]]
    kept = {
        name: value
        for name, value in shape.items()
        if name not in {"parent", "payments", "amount_overpaid", "total_taxes"}
    }
    return kept | {
        "lines": {**shape["lines"], "data": lines},
        "charge": intent.latest_charge if intent else None,
        "paid": one.status == "paid",
        "paid_out_of_band": False,
        "payment_intent": intent.id if intent else None,
        "subscription": one.subscription,
        "subscription_details": {"metadata": one.subscription_metadata},
        "tax": None,
        "total_tax_amounts": [],
    }


def _line(world: World, of: Invoice, line: Json) -> Json:
    kept = {name: value for name, value in line.items() if name not in {"parent", "pricing", "taxes", "subtotal"}}
    details = line["parent"]["subscription_item_details"]
    return kept | {
        "price": price(world, world.get(Price, line["pricing"]["price_details"]["price"])),
        "proration": False,
        "subscription": of.subscription,
        "subscription_item": details["subscription_item"],
        "type": "subscription",
    }


def _subscription(one: Subscription, shape: Json) -> Json:
    items = [
        {name: value for name, value in item.items() if not name.startswith("current_period")}
        for item in shape["items"]["data"]
    ]
    kept = {name: value for name, value in shape.items() if name not in {"billing_mode", "billing_schedules"}}
    return kept | {
        "items": {**shape["items"], "data": items},
        "current_period_end": one.period_end,
        "current_period_start": one.period_start,
    }
