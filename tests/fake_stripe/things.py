"""What Stripe has objects for, as dataclasses: the facts, with ids where Stripe has ids. shapes/ draws the JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from tests.fake_stripe.errors import Json


@dataclass(kw_only=True)
class Thing:
    kind: ClassVar[str]
    prefix: ClassVar[str]
    id: str = ""
    created: int = 0
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Customer(Thing):
    kind, prefix = "customer", "cus"
    email: str | None = None
    name: str | None = None
    description: str | None = None
    default_payment_method: str | None = None
    is_delinquent: bool = False
    is_deleted: bool = False


@dataclass(kw_only=True)
class PaymentMethod(Thing):
    """`number` is a test card's or test account's, and says what will happen (see cards.py)."""

    kind, prefix = "payment_method", "pm"
    type: str = "card"
    number: str = ""
    customer: str | None = None
    email: str | None = None
    name: str | None = None


@dataclass(kw_only=True)
class Product(Thing):
    kind, prefix = "product", "prod"
    name: str = ""
    description: str | None = None


@dataclass(kw_only=True)
class Price(Thing):
    kind, prefix = "price", "price"
    product: str
    currency: str
    unit_amount: int
    interval: str | None = None
    interval_count: int = 1


@dataclass
class Line:
    """One line of a session or an invoice. `item` is the subscription item that it bills."""

    id: str
    price: str
    quantity: int
    amount: int
    item: str | None = None
    period_start: int = 0
    period_end: int = 0


@dataclass(kw_only=True)
class CheckoutSession(Thing):
    kind, prefix = "checkout.session", "cs"
    mode: str
    currency: str
    lines: list[Line]
    amount_total: int
    success_url: str
    cancel_url: str | None
    expires_at: int
    customer: str | None = None
    customer_email: str | None = None
    customer_creation: str | None = None
    client_reference_id: str | None = None
    submit_type: str | None = None
    locale: str | None = None
    payment_method_types: list[str] = field(default_factory=lambda: ["card", "sepa_debit"])
    payment_data: Json = field(default_factory=dict)
    subscription_data: Json = field(default_factory=dict)
    email: str | None = None
    name: str | None = None
    status: str = "open"
    payment_status: str = "unpaid"
    payment_intent: str | None = None
    subscription: str | None = None
    invoice: str | None = None
    base_url: str = ""


@dataclass(kw_only=True)
class PaymentIntent(Thing):
    kind, prefix = "payment_intent", "pi"
    amount: int
    currency: str
    customer: str | None = None
    description: str | None = None
    receipt_email: str | None = None
    statement_descriptor: str | None = None
    payment_method: str | None = None
    payment_method_types: list[str] = field(default_factory=lambda: ["card"])
    latest_charge: str | None = None
    status: str = "requires_payment_method"
    is_for_later: bool = False
    canceled_at: int | None = None
    cancellation_reason: str | None = None
    invoice: str | None = None


@dataclass(kw_only=True)
class Charge(Thing):
    kind, prefix = "charge", "ch"
    amount: int
    currency: str
    payment_intent: str
    payment_method: str
    customer: str | None
    description: str | None = None
    receipt_email: str | None = None
    status: str = "succeeded"
    failure_code: str | None = None
    balance_transaction: str | None = None
    failure_balance_transaction: str | None = None
    is_disputed: bool = False


@dataclass(kw_only=True)
class BalanceTransaction(Thing):
    """`amount` and `fee` in the settlement currency; signed as the balance feels them."""

    kind, prefix = "balance_transaction", "txn"
    type: str
    category: str
    amount: int
    fee: int
    currency: str
    source: str | None
    exchange_rate: float | None
    available_on: int
    description: str | None = None
    payout: str | None = None


@dataclass(kw_only=True)
class Refund(Thing):
    kind, prefix = "refund", "re"
    amount: int
    currency: str
    charge: str
    payment_intent: str
    status: str
    reason: str | None = None
    balance_transaction: str | None = None
    failure_balance_transaction: str | None = None
    failure_reason: str | None = None


@dataclass(kw_only=True)
class Dispute(Thing):
    kind, prefix = "dispute", "du"
    amount: int
    currency: str
    charge: str
    payment_intent: str
    reason: str
    status: str = "needs_response"
    balance_transactions: list[str] = field(default_factory=list)
    evidence: Json = field(default_factory=dict)
    is_submitted: bool = False


@dataclass(kw_only=True)
class SubscriptionItem(Thing):
    kind, prefix = "subscription_item", "si"
    price: str
    quantity: int = 1


@dataclass(kw_only=True)
class Subscription(Thing):
    """`cycles`: periods begun since `anchor`. A pause of collection: {"behavior", "resumes_at"}."""

    kind, prefix = "subscription", "sub"
    customer: str
    currency: str
    items: list[SubscriptionItem]
    anchor: int
    period_start: int
    period_end: int
    cycles: int = 1
    status: str = "active"
    default_payment_method: str | None = None
    latest_invoice: str | None = None
    description: str | None = None
    cancel_at: int | None = None
    cancel_at_period_end: bool = False
    canceled_at: int | None = None
    ended_at: int | None = None
    cancellation: Json = field(default_factory=lambda: {"comment": None, "feedback": None, "reason": None})
    pause_collection: Json | None = None
    paused_at: int | None = None


@dataclass(kw_only=True)
class Invoice(Thing):
    kind, prefix = "invoice", "in"
    customer: str
    subscription: str
    currency: str
    lines: list[Line]
    total: int
    billing_reason: str
    period_start: int
    period_end: int
    subscription_metadata: dict[str, str] = field(default_factory=dict)
    number: str | None = None
    status: str = "draft"
    amount_paid: int = 0
    attempt_count: int = 0
    finalizes_at: int | None = None
    next_payment_attempt: int | None = None
    finalized_at: int | None = None
    paid_at: int | None = None
    voided_at: int | None = None
    uncollectible_at: int | None = None


@dataclass(kw_only=True)
class InvoicePayment(Thing):
    kind, prefix = "invoice_payment", "inpay"
    invoice: str
    payment_intent: str
    amount_requested: int
    currency: str
    amount_paid: int | None = None
    status: str = "open"
    paid_at: int | None = None


@dataclass(kw_only=True)
class Payout(Thing):
    kind, prefix = "payout", "po"
    amount: int
    currency: str
    arrival_date: int
    status: str = "in_transit"
    is_automatic: bool = True
    balance_transaction: str | None = None
    failure_balance_transaction: str | None = None
    failure_code: str | None = None
    reconciliation_status: str = "in_progress"


@dataclass(kw_only=True)
class PortalSession(Thing):
    kind, prefix = "billing_portal.session", "bps"
    customer: str
    return_url: str
    base_url: str
    flow: Json | None = None


@dataclass(kw_only=True)
class Event(Thing):
    """`shapes`: the object as it was at that moment, for each API shape (see shapes/versions.py)."""

    kind, prefix = "event", "evt"
    type: str
    about: str
    shapes: dict[str, Json]
    previous: Json | None
    request_id: str | None
    idempotency_key: str | None
    pending: int = 0


@dataclass(kw_only=True)
class WebhookEndpoint(Thing):
    """`secrets`: the newest first; two while one is being rolled."""

    kind, prefix = "webhook_endpoint", "we"
    url: str
    secrets: list[str]
    api_version: str | None = None
    enabled_events: list[str] = field(default_factory=lambda: ["*"])
    status: str = "enabled"
    is_down: bool = False
