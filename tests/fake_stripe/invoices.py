"""What a subscription owes for a period, and the payments that pay it."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import form, paying
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.errors import Json, StripeError, declined
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import (
    Charge,
    Customer,
    Invoice,
    InvoicePayment,
    Line,
    PaymentIntent,
    PaymentMethod,
    Price,
    Subscription,
    Thing,
)
from tests.fake_stripe.world import World

# docs.stripe.com/billing/subscriptions/overview: a renewal's invoice stays a draft for about an hour.
DRAFT_FOR = 3_600


def new_invoice(world: World, subscription: Subscription, *, reason: str, extra: tuple[Line, ...] = ()) -> Invoice:
    """A draft of this period's items, and of `extra`, lines that come once."""
    now = world.clock.now()
    lines = [*_lines_of(world, subscription), *extra]
    for line in lines:
        line.period_start, line.period_end = subscription.period_start, subscription.period_end
    invoice = world.add(
        Invoice(
            customer=subscription.customer,
            subscription=subscription.id,
            currency=subscription.currency,
            lines=lines,
            total=sum(line.amount for line in lines),
            billing_reason=reason,
            # An invoice's own period looks back; that of its lines is the one that is paid for.
            period_start=_period_before(world, subscription) if reason == "subscription_cycle" else now,
            period_end=now,
            subscription_metadata=dict(subscription.metadata),
            finalizes_at=now + DRAFT_FOR if reason == "subscription_cycle" else None,
        )
    )
    subscription.latest_invoice = invoice.id
    emit(world, "invoice.created", invoice)
    return invoice


def _lines_of(world: World, subscription: Subscription) -> list[Line]:
    return [
        Line(
            f"il_{item.id}_{subscription.cycles}",
            item.price,
            item.quantity,
            world.get(Price, item.price).unit_amount * item.quantity,
            item.id,
        )
        for item in subscription.items
    ]


def _period_before(world: World, subscription: Subscription) -> int:
    before = world.get(Invoice, subscription.latest_invoice)
    return before.lines[0].period_start


def finalize(world: World, invoice: Invoice) -> None:
    before = look(world, invoice)
    who = world.get(Customer, invoice.customer)
    count = sum(1 for each in world.all(Invoice) if each.customer == who.id and each.number)
    invoice.status, invoice.number = "open", f"{who.id[-8:].upper()}-{count + 1:04d}"
    invoice.finalized_at, invoice.finalizes_at = world.clock.now(), None
    emit(world, "invoice.finalized", invoice)
    emit(world, "invoice.updated", invoice, before=before)


def payment_of(world: World, invoice: Invoice) -> tuple[InvoicePayment, PaymentIntent]:
    """One PaymentIntent pays an invoice, however often it is tried."""
    paying_ = next((each for each in world.all(InvoicePayment) if each.invoice == invoice.id), None)
    if paying_:
        return paying_, world.get(PaymentIntent, paying_.payment_intent)
    # Its metadata stays empty: a subscription's is not copied to the payments of its invoices.
    intent = world.add(
        PaymentIntent(
            amount=invoice.total,
            currency=invoice.currency,
            customer=invoice.customer,
            description="Subscription creation"
            if invoice.billing_reason == "subscription_create"
            else "Subscription update",
            is_for_later=invoice.billing_reason == "subscription_create",
            invoice=invoice.id,
        )
    )
    made = world.add(
        InvoicePayment(
            invoice=invoice.id, payment_intent=intent.id, amount_requested=invoice.total, currency=invoice.currency
        )
    )
    return made, intent


def try_to_pay(world: World, invoice: Invoice, method: PaymentMethod) -> str:
    """The PaymentIntent's status afterwards."""
    _paying, intent = payment_of(world, invoice)
    before = look(world, invoice)
    invoice.attempt_count += 1
    invoice.next_payment_attempt = None
    paying.pay(world, intent, method, is_first=invoice.billing_reason == "subscription_create")
    if intent.status == "succeeded":
        mark_paid(world, invoice, before)
    elif intent.status == "requires_payment_method":
        note_failure(world, invoice, before)
    return intent.status


def mark_paid(world: World, invoice: Invoice, before: Json | None = None) -> None:
    paid, _intent = payment_of(world, invoice)
    now = world.clock.now()
    before = before or look(world, invoice)
    invoice.status, invoice.amount_paid, invoice.paid_at, invoice.next_payment_attempt = (
        "paid",
        invoice.total,
        now,
        None,
    )
    paid.status, paid.amount_paid, paid.paid_at = "paid", invoice.total, now
    emit(world, "invoice.updated", invoice, before=before)
    emit(world, "invoice.paid", invoice)
    emit(world, "invoice.payment_succeeded", invoice)
    emit(world, "invoice_payment.paid", paid)


def note_failure(world: World, invoice: Invoice, before: Json | None = None) -> None:
    """Say so, and when it is tried again (docs.stripe.com/billing/revenue-recovery/smart-retries)."""
    before = before or look(world, invoice)
    days = world.dunning.retry_days
    tries = invoice.attempt_count - 1
    may_retry = invoice.billing_reason != "subscription_create" and tries < len(days)
    invoice.next_payment_attempt = world.clock.now() + days[tries] * DAY if may_retry else None
    emit(world, "invoice.payment_failed", invoice)
    emit(world, "invoice.updated", invoice, before=before)


def void(world: World, invoice: Invoice) -> None:
    before = look(world, invoice)
    invoice.status, invoice.voided_at, invoice.next_payment_attempt = "void", world.clock.now(), None
    emit(world, "invoice.voided", invoice)
    emit(world, "invoice.updated", invoice, before=before)


def mark_uncollectible(world: World, invoice: Invoice) -> None:
    before = look(world, invoice)
    invoice.status, invoice.uncollectible_at, invoice.next_payment_attempt = "uncollectible", world.clock.now(), None
    emit(world, "invoice.marked_uncollectible", invoice)
    emit(world, "invoice.updated", invoice, before=before)


def method_of(world: World, subscription: Subscription) -> PaymentMethod:
    """The subscription's own, else the customer's."""
    customer = world.get(Customer, subscription.customer)
    return world.get(PaymentMethod, subscription.default_payment_method or customer.default_payment_method)


def retrieve(call: Call) -> Thing:
    return call.world.get(Invoice, call.id)


def list_(call: Call) -> Page:
    found = same(
        call.world.all(Invoice), call.params, subscription="subscription", customer="customer", status="status"
    )
    return paged(call, found)


def pay(call: Call) -> Thing:
    world = call.world
    invoice = world.get(Invoice, call.id)
    if invoice.status != "open":
        raise StripeError(
            "Invoice is already paid" if invoice.status == "paid" else f"Invoice is {invoice.status}",
            code="invoice_not_editable",
        )
    subscription = world.get(Subscription, invoice.subscription)
    named = form.text(call.params, "payment_method")
    method = world.get(PaymentMethod, named, param="payment_method") if named else method_of(world, subscription)
    was = look(world, subscription)
    if try_to_pay(world, invoice, method) == "requires_payment_method":
        charge = world.get(Charge, payment_of(world, invoice)[1].latest_charge)
        raise declined(charge.failure_code or "", charge=charge.id)
    if subscription.status == "past_due":
        subscription.status = "active"
        emit(world, "customer.subscription.updated", subscription, before=was)
    return invoice


def void_(call: Call) -> Thing:
    invoice = call.world.get(Invoice, call.id)
    if invoice.status not in {"open", "uncollectible"}:
        raise StripeError("You can only pass in open or uncollectible invoices.", code="invoice_not_editable")
    void(call.world, invoice)
    return invoice


def retrieve_payment(call: Call) -> Thing:
    return call.world.get(InvoicePayment, call.id)


def list_payments(call: Call) -> Page:
    found = same(call.world.all(InvoicePayment), call.params, invoice="invoice", status="status")
    return paged(call, same(found, call.params.get("payment") or {}, payment_intent="payment_intent"))


ROUTES = [
    Route("GET", "/v1/invoices", list_, takes.InvoiceListParams),
    Route("GET", "/v1/invoices/{id}", retrieve, takes.InvoiceRetrieveParams),
    Route("POST", "/v1/invoices/{id}/pay", pay, takes.InvoicePayParams),
    Route("POST", "/v1/invoices/{id}/void", void_, takes.InvoiceVoidInvoiceParams),
    Route("GET", "/v1/invoice_payments", list_payments, takes.InvoicePaymentListParams),
    Route("GET", "/v1/invoice_payments/{id}", retrieve_payment, takes.InvoicePaymentRetrieveParams),
]
