"""Gifts that repeat: begun by a checkout, changed, paused and ended through the API or the portal."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import catalogue, form, invoices
from tests.fake_stripe.clock import later
from tests.fake_stripe.errors import Json, StripeError, invalid, not_here
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import Invoice, PaymentMethod, Price, Subscription, SubscriptionItem, Thing
from tests.fake_stripe.world import World

PAUSES = {"keep_as_draft", "mark_uncollectible", "void"}
FEEDBACK = {
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
}


def begin(
    world: World, *, customer: str, lines: list[tuple[str, int]], asked: Json, method: PaymentMethod
) -> Subscription:
    """`lines`: (price id, quantity) of what repeats. Not yet announced: its first invoice is paid before."""
    now = world.clock.now()
    first = world.get(Price, lines[0][0])
    return world.add(
        Subscription(
            customer=customer,
            currency=first.currency,
            items=[world.add(SubscriptionItem(price=price, quantity=quantity)) for price, quantity in lines],
            anchor=now,
            period_start=now,
            period_end=later(now, interval=first.interval or "month", count=first.interval_count),
            default_payment_method=method.id,
            description=form.text(asked, "description"),
            metadata=form.metadata(asked),
        )
    )


def end(world: World, subscription: Subscription, *, reason: str) -> None:
    """At once. What it still owed is voided only when a reader or we ended it."""
    subscription.status, now = "canceled", world.clock.now()
    subscription.canceled_at, subscription.ended_at = subscription.canceled_at or now, now
    subscription.cancellation = {**subscription.cancellation, "reason": reason}
    for invoice in world.all(Invoice):
        if invoice.subscription == subscription.id:
            # Stripe stops collecting ("auto_advance" false), and leaves the invoice open.
            invoice.next_payment_attempt = invoice.finalizes_at = None
    emit(world, "customer.subscription.deleted", subscription)


def set_to_end(world: World, subscription: Subscription, is_ending: bool) -> None:
    subscription.cancel_at_period_end = is_ending
    subscription.cancel_at = subscription.period_end if is_ending else None
    subscription.canceled_at = world.clock.now() if is_ending else None
    reason = "cancellation_requested" if is_ending else None
    subscription.cancellation = {**subscription.cancellation, "reason": reason}


def change_items(world: World, subscription: Subscription, asked: list[Json]) -> None:
    for place, each in enumerate(asked):
        within = f"items[{place}]"
        named = form.text(each, "id")
        item = next((one for one in subscription.items if one.id == named), None)
        if named and item is None:
            raise StripeError(f"No such subscription item: '{named}'", code="resource_missing", param=f"{within}[id]")
        if item and form.flag(each, "deleted"):
            subscription.items.remove(item)
            continue
        if item is None:
            # Without the id Stripe adds a second item, and bills both: a classic mistake.
            item = world.add(SubscriptionItem(price=""))
            subscription.items.append(item)
        if form.text(each, "price") or each.get("price_data") or not item.price:
            item.price = _repeating(world, subscription, each, within)
        item.quantity = form.integer(each, "quantity") or item.quantity
    if not subscription.items:
        raise invalid("items", "A subscription must have at least one active plan.")


def _repeating(world: World, subscription: Subscription, each: Json, within: str) -> str:
    price = catalogue.price_of(world, each, within=within)
    if price.interval is None:
        raise invalid(
            f"{within}[price]",
            "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
        )
    if price.currency != subscription.currency:
        raise invalid(
            f"{within}[price]",
            f"The price specified only supports `{price.currency}`. This doesn't match the expected currency: `{subscription.currency}`.",
        )
    return price.id


def update(call: Call) -> Thing:
    world, params = call.world, call.params
    subscription = _living(call)
    before = look(world, subscription)
    if "items" in params:
        # Without "none" Stripe would add credits and debits to the next invoice. The fake does no prorations, and says so.
        if form.text(params, "proration_behavior") != "none":
            raise not_here("prorations: proration_behavior=none")
        change_items(world, subscription, params["items"])
    _change_end(world, subscription, params)
    if "pause_collection" in params:
        subscription.pause_collection = _pause(params["pause_collection"])
    method = form.text(params, "default_payment_method")
    if method:
        subscription.default_payment_method = world.get(PaymentMethod, method, param="default_payment_method").id
    if "description" in params:
        subscription.description = form.text(params, "description")
    subscription.metadata = form.metadata(params, subscription.metadata)
    emit(world, "customer.subscription.updated", subscription, before=before)
    return subscription


def _change_end(world: World, subscription: Subscription, params: Json) -> None:
    is_ending = form.flag(params, "cancel_at_period_end")
    if is_ending is not None:
        set_to_end(world, subscription, is_ending)
    if "cancel_at" in params:
        subscription.cancel_at = form.integer(params, "cancel_at")
        subscription.canceled_at = world.clock.now() if subscription.cancel_at else None
    _note_why(subscription, params)


def _note_why(subscription: Subscription, params: Json) -> None:
    why = params.get("cancellation_details") or {}
    if why.get("feedback") and why["feedback"] not in FEEDBACK:
        raise invalid(
            "cancellation_details[feedback]", f"Invalid feedback: must be one of {', '.join(sorted(FEEDBACK))}"
        )
    subscription.cancellation = {**subscription.cancellation, **{name: value or None for name, value in why.items()}}


def _pause(asked: Json | str) -> Json | None:
    if not isinstance(asked, dict):
        return None
    behavior = form.needed(asked, "behavior", within="pause_collection")
    if behavior not in PAUSES:
        raise invalid("pause_collection[behavior]", f"Invalid behavior: must be one of {', '.join(sorted(PAUSES))}")
    return {"behavior": behavior, "resumes_at": form.integer(asked, "resumes_at")}


def _living(call: Call) -> Subscription:
    subscription = call.world.get(Subscription, call.id)
    if subscription.status == "canceled":
        # Stripe answers as if it were not there.
        raise StripeError(f"No such subscription: {call.id}", status=404, code="resource_missing", param="id")
    return subscription


def cancel(call: Call) -> Thing:
    subscription = _living(call)
    _note_why(subscription, call.params)
    end(call.world, subscription, reason="cancellation_requested")
    return subscription


def pause(call: Call) -> Thing:
    subscription = _living(call)
    before = look(call.world, subscription)
    subscription.status, subscription.paused_at = "paused", call.world.clock.now()
    emit(call.world, "customer.subscription.paused", subscription, before=before)
    emit(call.world, "customer.subscription.updated", subscription, before=before)
    return subscription


def resume(call: Call) -> Thing:
    """A paused one begins a new period now, with an invoice that is paid at once."""
    world = call.world
    subscription = _living(call)
    if subscription.status != "paused":
        raise StripeError("You can only resume a subscription that is paused.", code="resource_state_invalid")
    before = look(world, subscription)
    now = world.clock.now()
    first = world.get(Price, subscription.items[0].price)
    subscription.anchor, subscription.cycles, subscription.period_start = now, 1, now
    subscription.period_end = later(now, interval=first.interval or "month", count=first.interval_count)
    invoice = invoices.new_invoice(world, subscription, reason="subscription_update")
    invoices.finalize(world, invoice)
    if invoices.try_to_pay(world, invoice, invoices.method_of(world, subscription)) != "requires_payment_method":
        subscription.status, subscription.paused_at = "active", None
        emit(world, "customer.subscription.resumed", subscription, before=before)
    emit(world, "customer.subscription.updated", subscription, before=before)
    return subscription


def retrieve(call: Call) -> Thing:
    return call.world.get(Subscription, call.id)


def list_(call: Call) -> Page:
    """Ended ones only when asked for."""
    wanted = form.text(call.params, "status")
    found = [
        each
        for each in call.world.all(Subscription)
        if wanted in {"all", each.status} or (wanted is None and each.status != "canceled")
    ]
    return paged(call, same(found, call.params, customer="customer"))


ROUTES = [
    Route("GET", "/v1/subscriptions", list_, takes.SubscriptionListParams),
    Route("GET", "/v1/subscriptions/{id}", retrieve, takes.SubscriptionRetrieveParams),
    Route("POST", "/v1/subscriptions/{id}", update, takes.SubscriptionUpdateParams),
    Route("DELETE", "/v1/subscriptions/{id}", cancel, takes.SubscriptionCancelParams),
    Route("POST", "/v1/subscriptions/{id}/pause", pause, takes.SubscriptionPauseParams),
    Route("POST", "/v1/subscriptions/{id}/resume", resume, takes.SubscriptionResumeParams),
]
