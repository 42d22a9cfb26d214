"""Subscriptions, Invoices and what pays them."""

from __future__ import annotations

import stripe

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.shapes.catalogue import plan, price
from tests.fake_stripe.shapes.lists import listed
from tests.fake_stripe.things import (
    Customer,
    Invoice,
    InvoicePayment,
    Line,
    Price,
    Product,
    Subscription,
    SubscriptionItem,
)
from tests.fake_stripe.world import World

NO_TAX = {"disabled_reason": None, "enabled": False, "liability": None}


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


SUBSCRIPTION: Json = {
    "automatic_tax": NO_TAX,
    "billing_schedules": [],
    "collection_method": "charge_automatically",
    "default_tax_rates": [],
    "discounts": [],
    "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
    "payment_settings": {
        "payment_method_options": None,
        "payment_method_types": None,
        "save_default_payment_method": "off",
    },
    "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
}


def subscription(world: World, one: Subscription) -> Json:
    items = [subscription_item(world, one, each) for each in one.items]
    return (
        nulls(
            stripe.Subscription,
            without=("presentment_details", "managed_payments", "customer_account", "status_details"),
        )
        | SUBSCRIPTION
        | {
            "id": one.id,
            "object": "subscription",
            "billing_cycle_anchor": one.anchor,
            "billing_mode": {
                "flexible": {"proration_discounts": "included"},
                "type": "flexible",
                "updated_at": one.created,
            },
            "cancel_at": one.cancel_at,
            "cancel_at_period_end": one.cancel_at_period_end,
            "canceled_at": one.canceled_at,
            "cancellation_details": one.cancellation,
            "created": one.created,
            "currency": one.currency,
            "customer": one.customer,
            "default_payment_method": one.default_payment_method,
            "description": one.description,
            "ended_at": one.ended_at,
            "items": listed(items, f"/v1/subscription_items?subscription={one.id}") | {"total_count": len(items)},
            "latest_invoice": one.latest_invoice,
            "livemode": world.livemode,
            "metadata": one.metadata,
            "pause_collection": one.pause_collection,
            "start_date": one.created,
            "status": one.status,
            "status_details": _status_details(one),
        }
    )


def _status_details(one: Subscription) -> Json | None:
    if one.paused_at is None:
        return None
    how = {"type": "pause_requested"}
    return {"paused": {"subscription": how, "transitioned_at": one.paused_at, "type": "subscription"}}


INVOICE: Json = {
    "account_country": "DE",
    "account_name": "A newsroom",
    "amount_overpaid": 0,
    "amount_shipping": 0,
    "automatic_tax": {**NO_TAX, "provider": None, "status": None},
    "collection_method": "charge_automatically",
    "customer_tax_exempt": "none",
    "customer_tax_ids": [],
    "default_tax_rates": [],
    "discounts": [],
    "issuer": {"type": "self"},
    "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
    "post_payment_credit_notes_amount": 0,
    "pre_payment_credit_notes_amount": 0,
    "starting_balance": 0,
    "total_discount_amounts": [],
    "total_pretax_credit_amounts": [],
    "total_taxes": [],
}


def invoice(world: World, one: Invoice) -> Json:
    who = world.get(Customer, one.customer)
    lines = [invoice_line(world, one, each) for each in one.lines]
    return (
        nulls(
            stripe.Invoice,
            without=("payments", "confirmation_secret", "customer_account", "status_details", "amount_paid_off_stripe"),
        )
        | INVOICE
        | _sums(one)
        | {
            "id": one.id,
            "object": "invoice",
            "attempt_count": one.attempt_count,
            "attempted": one.attempt_count > 0,
            "auto_advance": one.status in {"draft", "open"},
            "automatically_finalizes_at": one.finalizes_at,
            "billing_reason": one.billing_reason,
            "created": one.created,
            "currency": one.currency,
            "customer": one.customer,
            "customer_email": who.email,
            "customer_name": who.name,
            "effective_at": one.finalized_at,
            "ending_balance": 0 if one.finalized_at else None,
            "hosted_invoice_url": f"https://invoice.stripe.com/i/{one.id}" if one.finalized_at else None,
            "invoice_pdf": f"https://pay.stripe.com/invoice/{one.id}/pdf" if one.finalized_at else None,
            "lines": listed(lines, f"/v1/invoices/{one.id}/lines") | {"total_count": len(lines)},
            "livemode": world.livemode,
            "metadata": one.metadata,
            "next_payment_attempt": one.next_payment_attempt,
            "number": one.number,
            "parent": {
                "quote_details": None,
                "subscription_details": {"metadata": one.subscription_metadata, "subscription": one.subscription},
                "type": "subscription_details",
            },
            "period_end": one.period_end,
            "period_start": one.period_start,
            "status": one.status,
        }
    )


def _sums(one: Invoice) -> Json:
    due = 0 if one.status == "void" else one.total
    whole = ("amount_due", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")
    return {
        **dict.fromkeys(whole, one.total),
        "amount_paid": one.amount_paid,
        "amount_remaining": due - one.amount_paid,
        "status_transitions": {
            "finalized_at": one.finalized_at,
            "marked_uncollectible_at": one.uncollectible_at,
            "paid_at": one.paid_at,
            "voided_at": one.voided_at,
        },
    }


def invoice_line(world: World, of: Invoice, one: Line) -> Json:
    of_price = world.get(Price, one.price)
    name = world.get(Product, of_price.product).name
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
        "metadata": of.subscription_metadata,
        "parent": _line_parent(of, one),
        "period": {"end": one.period_end, "start": one.period_start},
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


def _line_parent(of: Invoice, one: Line) -> Json:
    details = {
        "invoice_item": None,
        "proration": False,
        "proration_details": {"credited_items": None},
        "subscription": of.subscription,
        "subscription_item": one.item,
    }
    return {
        "invoice_item_details": None,
        "subscription_item_details": details,
        "type": "subscription_item_details",
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
