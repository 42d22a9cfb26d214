"""`expand[]=payment_intent.latest_charge`: an id becomes its object (docs.stripe.com/api/expanding_objects)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fake_stripe.errors import Json, StripeError, invalid
from tests.fake_stripe.shapes import render
from tests.fake_stripe.shapes.hosted import line_item
from tests.fake_stripe.shapes.lists import listed
from tests.fake_stripe.things import Charge, CheckoutSession, Customer, Invoice, InvoicePayment, Refund, Subscription
from tests.fake_stripe.world import World

DEEPEST = 4


def expand(world: World, shape: Json, paths: list[str], version: str) -> None:
    for path in paths:
        parts = path.split(".")
        if len([part for part in parts if part != "data"]) > DEEPEST:
            raise invalid("expand", f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}")
        _expand(world, shape, parts, path, version)


def _expand(world: World, node: Any, parts: list[str], path: str, version: str) -> None:
    if not parts or node is None:
        return
    if isinstance(node, list):
        for each in node:
            _expand(world, each, parts, path, version)
        return
    first = parts[0]
    if (node.get("object"), first) in PARTS:
        thing = world.things[node["id"]]
        # Asked for twice under two paths, the part and what was expanded in it stay.
        node.setdefault(first, PARTS[node["object"], first](world, thing, version))
    elif first not in node:
        raise StripeError(f"This property cannot be expanded ({path}).", param="expand", is_validation=True)
    elif isinstance(node[first], str):
        if node[first] not in world.things:
            raise StripeError(f"This property cannot be expanded ({path}).", param="expand", is_validation=True)
        node[first] = render(world, world.things[node[first]], version)
    _expand(world, node[first], parts[1:], path, version)


def _lines(world: World, one: CheckoutSession, _version: str) -> Json:
    return listed([line_item(world, one, each) for each in one.lines], f"/v1/checkout/sessions/{one.id}/line_items")


def _refunds(world: World, one: Charge, version: str) -> Json:
    found = [render(world, each, version) for each in world.all(Refund) if each.charge == one.id]
    return listed(found, f"/v1/charges/{one.id}/refunds")


def _payments(world: World, one: Invoice, version: str) -> Json:
    found = [render(world, each, version) for each in world.all(InvoicePayment) if each.invoice == one.id]
    return listed(found, f"/v1/invoice_payments?invoice={one.id}")


def _subscriptions(world: World, one: Customer, version: str) -> Json:
    found = [
        render(world, each, version)
        for each in world.all(Subscription)
        if each.customer == one.id and each.status != "canceled"
    ]
    return listed(found, f"/v1/customers/{one.id}/subscriptions")


# What an object holds only when it is asked for ("includable").
PARTS: dict[tuple[str, str], Callable[[World, Any, str], Json]] = {
    ("checkout.session", "line_items"): _lines,
    ("charge", "refunds"): _refunds,
    ("invoice", "payments"): _payments,
    ("customer", "subscriptions"): _subscriptions,
}
