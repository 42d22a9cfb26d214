"""Products, Prices, Subscriptions, Invoices and what pays them."""

from __future__ import annotations

from typing import Any

import stripe

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.shapes.lists import listed
from tests.fake_stripe.state import (
    Customer,
    Invoice,
    InvoicePayment,
    Line,
    Price,
    Product,
    Subscription,
    SubscriptionItem,
    World,
)

NO_TAX = {"disabled_reason": None, "enabled": False, "liability": None}


def product(world: World, one: Product) -> Json:
    return nulls(stripe.Product, without=("type",)) | {
        "id": one.id,
        "object": "product",
        "active": True,
        "created": one.created,
        "description": one.description,
        "images": [],
        "livemode": world.livemode,
        "marketing_features": [],
        "metadata": one.metadata,
        "name": one.name,
        "type": "service",
        "updated": one.created,
    }


def price(world: World, one: Price) -> Json:
    recurring = {
        "interval": one.interval,
        "interval_count": one.interval_count,
        "meter": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }
    return nulls(stripe.Price, without=("currency_options", "tiers")) | {
        "id": one.id,
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": one.created,
        "currency": one.currency,
        "livemode": world.livemode,
        "metadata": one.metadata,
        "product": one.product,
        "recurring": recurring if one.interval else None,
        "tax_behavior": "unspecified",
        "type": "recurring" if one.interval else "one_time",
        "unit_amount": one.unit_amount,
        "unit_amount_decimal": str(one.unit_amount),
    }


def plan(world: World, one: Price) -> Json:
    return nulls(stripe.Plan, without=("tiers",)) | {
        "id": one.id,
        "object": "plan",
        "active": True,
        "amount": one.unit_amount,
        "amount_decimal": str(one.unit_amount),
        "billing_scheme": "per_unit",
        "created": one.created,
        "currency": one.currency,
        "interval": one.interval,
        "interval_count": one.interval_count,
        "livemode": world.livemode,
        "metadata": {},
        "product": one.product,
        "usage_type": "licensed",
    }


def subscription_item(world: World, of: Subscription, one: SubscriptionItem) -> Json:
    of_price = world.get(Price, one.price)
    return {
        "id": one.id,
        "object": "subscription_item",
        "billing_thresholds": None,
        "created": one.created,
        "current_period_end": of.period_end,
        "current_period_start": of.period_start,
        "discounts": [],
        "metadata": one.metadata,
        "plan": plan(world, of_price),
        "price": price(world, of_price),
        "quantity": one.quantity,
        "subscription": of.id,
        "tax_rates": [],
    }


def subscription(world: World, one: Subscription) -> Json:
    items = [subscription_item(world, one, each) for each in one.items]
    return nulls(
        stripe.Subscription, without=("presentment_details", "managed_payments", "customer_account", "status_details")
    ) | {
        "id": one.id,
        "object": "subscription",
        "automatic_tax": NO_TAX,
        "billing_cycle_anchor": one.anchor,
        "billing_mode": {
            "flexible": {"proration_discounts": "included"},
            "type": "flexible",
            "updated_at": one.created,
        },
        "billing_schedules": [],
        "cancel_at": one.cancel_at,
        "cancel_at_period_end": one.cancel_at_period_end,
        "canceled_at": one.canceled_at,
        "cancellation_details": one.cancellation,
        "collection_method": "charge_automatically",
        "created": one.created,
        "currency": one.currency,
        "customer": one.customer,
        "default_payment_method": one.default_payment_method,
        "default_tax_rates": [],
        "description": one.description,
        "discounts": [],
        "ended_at": one.ended_at,
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
        "items": listed(items, f"/v1/subscription_items?subscription={one.id}") | {"total_count": len(items)},
        "latest_invoice": one.latest_invoice,
        "livemode": world.livemode,
        "metadata": one.metadata,
        "pause_collection": one.pause_collection,
        "payment_settings": {
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        "start_date": one.created,
        "status": one.status,
        "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
        "status_details": _status_details(one),
    }


def _status_details(one: Subscription) -> Json | None:
    if one.paused_at is None:
        return None
    how = {"type": "pause_requested"}
    return {"paused": {"subscription": how, "transitioned_at": one.paused_at, "type": "subscription"}}


def invoice(world: World, one: Invoice) -> Json:
    of = world.get(Subscription, one.subscription)
    who = world.get(Customer, one.customer)
    lines = [invoice_line(world, one, each) for each in one.lines]
    due = 0 if one.status == "void" else one.total
    return nulls(
        stripe.Invoice,
        without=("payments", "confirmation_secret", "customer_account", "status_details", "amount_paid_off_stripe"),
    ) | {
        "id": one.id,
        "object": "invoice",
        "account_country": "DE",
        "account_name": "A newsroom",
        "amount_due": one.total,
        "amount_overpaid": 0,
        "amount_paid": one.amount_paid,
        "amount_remaining": due - one.amount_paid,
        "amount_shipping": 0,
        "attempt_count": one.attempt_count,
        "attempted": one.attempt_count > 0,
        "auto_advance": one.status in {"draft", "open"},
        "automatic_tax": {**NO_TAX, "provider": None, "status": None},
        "automatically_finalizes_at": one.finalizes_at,
        "billing_reason": one.billing_reason,
        "collection_method": "charge_automatically",
        "created": one.created,
        "currency": one.currency,
        "customer": one.customer,
        "customer_email": who.email,
        "customer_name": who.name,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_tax_rates": [],
        "discounts": [],
        "effective_at": one.finalized_at,
        "ending_balance": 0 if one.finalized_at else None,
        "hosted_invoice_url": f"https://invoice.stripe.com/i/{one.id}" if one.finalized_at else None,
        "invoice_pdf": f"https://pay.stripe.com/invoice/{one.id}/pdf" if one.finalized_at else None,
        "issuer": {"type": "self"},
        "lines": listed(lines, f"/v1/invoices/{one.id}/lines") | {"total_count": len(lines)},
        "livemode": world.livemode,
        "metadata": one.metadata,
        "next_payment_attempt": one.next_payment_attempt,
        "number": one.number,
        "parent": {
            "quote_details": None,
            "subscription_details": {"metadata": of.metadata, "subscription": of.id},
            "type": "subscription_details",
        },
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": one.period_end,
        "period_start": one.period_start,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "starting_balance": 0,
        "status": one.status,
        "status_transitions": {
            "finalized_at": one.finalized_at,
            "marked_uncollectible_at": one.uncollectible_at,
            "paid_at": one.paid_at,
            "voided_at": one.voided_at,
        },
        "subtotal": one.total,
        "subtotal_excluding_tax": one.total,
        "total": one.total,
        "total_discount_amounts": [],
        "total_excluding_tax": one.total,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
    }


def invoice_line(world: World, of: Invoice, one: Line) -> Json:
    of_price = world.get(Price, one.price)
    name = world.get(Product, of_price.product).name
    subscription_ = world.get(Subscription, of.subscription)
    details: dict[str, Any] = {
        "invoice_item": None,
        "proration": False,
        "proration_details": {"credited_items": None},
        "subscription": of.subscription,
        "subscription_item": one.item,
    }
    return {
        "id": one.id,
        "object": "line_item",
        "amount": one.amount,
        "currency": of.currency,
        "description": f"{one.quantity} × {name}",
        "discount_amounts": [],
        "discountable": True,
        "discounts": [],
        "invoice": of.id,
        "livemode": world.livemode,
        "metadata": subscription_.metadata,
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": details,
            "type": "subscription_item_details",
        },
        "period": {"end": subscription_.period_end, "start": subscription_.period_start},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": {"price": of_price.id, "product": of_price.product},
            "type": "price_details",
            "unit_amount_decimal": str(of_price.unit_amount),
        },
        "quantity": one.quantity,
        "quantity_decimal": str(one.quantity),
        "subscription": of.subscription,
        "subtotal": one.amount,
        "taxes": [],
    }


def invoice_payment(world: World, one: InvoicePayment) -> Json:
    return {
        "id": one.id,
        "object": "invoice_payment",
        "amount_paid": one.amount_paid,
        "amount_requested": one.amount_requested,
        "created": one.created,
        "currency": one.currency,
        "invoice": one.invoice,
        "is_default": True,
        "livemode": world.livemode,
        "payment": {"payment_intent": one.payment_intent, "type": "payment_intent"},
        "status": one.status,
        "status_transitions": {"canceled_at": None, "paid_at": one.paid_at},
    }
