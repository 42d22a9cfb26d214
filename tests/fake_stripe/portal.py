"""Billing portal sessions: where a giver changes the card, the sum, or stops."""

from __future__ import annotations

from stripe.params import billing_portal as takes

from tests.fake_stripe import catalogue, customers, form, subscriptions
from tests.fake_stripe.errors import missing
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Route
from tests.fake_stripe.things import Customer, PortalSession, Price, Subscription, SubscriptionItem, Thing
from tests.fake_stripe.world import World


def create(call: Call) -> Thing:
    customer = call.world.get(Customer, form.needed(call.params, "customer"), param="customer")
    return_url = form.text(call.params, "return_url")
    if return_url is None:
        # Stripe would fall back to the configuration's default; the fake has none.
        raise missing("return_url")
    flow = call.params.get("flow_data")
    return call.world.add(
        PortalSession(customer=customer.id, return_url=return_url, base_url=call.base_url, flow=_flow(flow, return_url))
    )


def _flow(asked: dict[str, object] | None, return_url: str) -> dict[str, object] | None:
    if not asked:
        return None
    parts = (
        "subscription_cancel",
        "subscription_update",
        "subscription_update_confirm",
        "subscription_pause",
        "customer_update",
    )
    after = {"hosted_confirmation": None, "redirect": None, "type": "portal_homepage"}
    return {"after_completion": after, **dict.fromkeys(parts), **asked}


def subscriptions_of(world: World, session: PortalSession) -> list[Subscription]:
    return [each for each in world.all(Subscription) if each.customer == session.customer and each.status != "canceled"]


def change_card(world: World, session: PortalSession, number: str) -> None:
    customers.change_card(world, world.get(Customer, session.customer), number)


def stop(
    world: World, subscription: Subscription, *, feedback: str | None, comment: str | None, is_at_once: bool = False
) -> None:
    """At the end of its period, unless at once."""
    before = look(world, subscription)
    subscription.cancellation = {**subscription.cancellation, "feedback": feedback or None, "comment": comment or None}
    if is_at_once:
        subscriptions.end(world, subscription, reason="cancellation_requested")
        return
    subscriptions.set_to_end(world, subscription, True)
    emit(world, "customer.subscription.updated", subscription, before=before)


def go_on(world: World, subscription: Subscription) -> None:
    before = look(world, subscription)
    subscriptions.set_to_end(world, subscription, False)
    emit(world, "customer.subscription.updated", subscription, before=before)


def switch_price(world: World, subscription: Subscription, amount: int) -> None:
    """From the next period on: a new price for the first item."""
    before = look(world, subscription)
    item: SubscriptionItem = subscription.items[0]
    old = world.get(Price, item.price)
    asked = {
        "currency": old.currency,
        "product": old.product,
        "unit_amount": str(amount),
        "recurring": {"interval": old.interval, "interval_count": str(old.interval_count)},
    }
    item.price = catalogue.price_of(world, {"price_data": asked}, within="items[0]").id
    emit(world, "customer.subscription.updated", subscription, before=before)


ROUTES = [Route("POST", "/v1/billing_portal/sessions", create, takes.SessionCreateParams)]
