"""Time passes: periods end, invoices are collected, tried again, given up; sessions expire."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.fake_stripe import checkout, invoices, subscriptions
from tests.fake_stripe.clock import later
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.things import CheckoutSession, Invoice, Price, Subscription
from tests.fake_stripe.world import World

Due = tuple[int, Callable[[], None]]


def advance(worlds: list[World], to: int, *, between: Callable[[], None] = lambda: None) -> None:
    """Turn the clock they share to `to`, doing on the way, in order and each at its own moment, all that falls due.

    `between` runs after each, without a lock: to deliver what has happened.
    """
    clock = worlds[0].clock
    while due := _next(worlds, to):
        world, moment, happen = due
        with world.lock:
            clock.turn_to(max(moment, clock.now()))
            happen()
        between()
    clock.turn_to(max(to, clock.now()))
    between()


def _next(worlds: list[World], to: int) -> tuple[World, int, Callable[[], None]] | None:
    found = []
    for world in worlds:
        with world.lock:
            found += [(world, moment, happen) for moment, happen in _due(world) if moment <= to]
    return min(found, key=lambda each: each[1], default=None)


def _due(world: World) -> Iterator[Due]:
    for subscription in world.all(Subscription):
        yield from _due_of_subscription(world, subscription)
    for invoice in world.all(Invoice):
        if invoice.status == "draft" and invoice.finalizes_at:
            yield invoice.finalizes_at, lambda one=invoice: _collect(world, one)  # type: ignore[misc]
        if invoice.status == "open" and invoice.next_payment_attempt:
            yield invoice.next_payment_attempt, lambda one=invoice: _try(world, one)  # type: ignore[misc]
    for session in world.all(CheckoutSession):
        if session.status == "open":
            yield session.expires_at, lambda one=session: checkout.expire(world, one)  # type: ignore[misc]


def _due_of_subscription(world: World, one: Subscription) -> Iterator[Due]:
    if one.status not in {"active", "past_due"}:
        return
    if one.cancel_at is not None:
        yield one.cancel_at, lambda: subscriptions.end(world, one, reason="cancellation_requested")
    resumes_at = (one.pause_collection or {}).get("resumes_at")
    if resumes_at:
        yield resumes_at, lambda: _resume_collection(world, one)
    yield one.period_end, lambda: _renew(world, one)


def _resume_collection(world: World, one: Subscription) -> None:
    before = look(world, one)
    one.pause_collection = None
    emit(world, "customer.subscription.updated", one, before=before)


def _renew(world: World, one: Subscription) -> None:
    """A new period, and a draft of its invoice."""
    before = look(world, one)
    price = world.get(Price, one.items[0].price)
    one.cycles += 1
    one.period_start = one.period_end
    one.period_end = later(one.anchor, interval=price.interval or "month", count=one.cycles * price.interval_count)
    invoice = invoices.new_invoice(world, one, reason="subscription_cycle")
    if (one.pause_collection or {}).get("behavior") == "keep_as_draft":
        invoice.finalizes_at = None
    emit(world, "customer.subscription.updated", one, before=before)


def _collect(world: World, invoice: Invoice) -> None:
    invoices.finalize(world, invoice)
    behavior = (world.get(Subscription, invoice.subscription).pause_collection or {}).get("behavior")
    if behavior == "void":
        invoices.void(world, invoice)
    elif behavior == "mark_uncollectible":
        invoices.mark_uncollectible(world, invoice)
    else:
        _try(world, invoice)


def _try(world: World, invoice: Invoice) -> None:
    one = world.get(Subscription, invoice.subscription)
    status = invoices.try_to_pay(world, invoice, invoices.method_of(world, one))
    follow(world, one, invoice, is_paid=status != "requires_payment_method")


def follow(world: World, one: Subscription, invoice: Invoice, *, is_paid: bool) -> None:
    """How the subscription stands after a try: past_due, active again, or at its end."""
    is_last = not is_paid and invoice.next_payment_attempt is None
    if is_last and world.dunning.at_last == "canceled":
        subscriptions.end(world, one, reason="payment_failed")
        return
    status = "active" if is_paid else world.dunning.at_last if is_last else "past_due"
    if status != one.status:
        before = look(world, one)
        one.status = status
        emit(world, "customer.subscription.updated", one, before=before)
