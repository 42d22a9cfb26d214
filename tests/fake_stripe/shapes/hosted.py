"""Checkout and portal sessions."""

from __future__ import annotations

import stripe

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.shapes.catalogue import price
from tests.fake_stripe.shapes.people import NO_ADDRESS
from tests.fake_stripe.things import CheckoutSession, Line, PortalSession, Price, Product
from tests.fake_stripe.world import World

LEFT_OUT = (
    "line_items",
    "managed_payments",
    "presentment_details",
    "customer_account",
    "allowed_payment_method_types",
    "excluded_payment_method_types",
    "optional_items",
    "name_collection",
)


SESSION: Json = {
    "adaptive_pricing": {"enabled": False},
    "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
    "collected_information": {"business_name": None, "individual_name": None, "shipping_details": None},
    "custom_fields": [],
    "custom_text": {
        "after_submit": None,
        "shipping_address": None,
        "submit": None,
        "terms_of_service_acceptance": None,
    },
    "discounts": [],
    "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
    "phone_number_collection": {"enabled": False},
    "shipping_options": [],
    "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
    "ui_mode": "hosted_page",
    "wallet_options": None,
}


def checkout_session(world: World, one: CheckoutSession) -> Json:
    pays = one.mode == "payment"
    return (
        nulls(stripe.checkout.Session, without=LEFT_OUT)
        | SESSION
        | {
            "id": one.id,
            "object": "checkout.session",
            "amount_subtotal": one.amount_total,
            "amount_total": one.amount_total,
            "cancel_url": one.cancel_url,
            "client_reference_id": one.client_reference_id,
            "created": one.created,
            "currency": one.currency,
            "customer": one.customer,
            "customer_creation": (one.customer_creation or "if_required") if pays and not one.customer else None,
            "customer_details": _details(one),
            "customer_email": one.customer_email,
            "expires_at": one.expires_at,
            "invoice": one.invoice,
            "invoice_creation": {"enabled": False, "invoice_data": _no_invoice()} if pays else None,
            "livemode": world.livemode,
            "locale": one.locale,
            "metadata": one.metadata,
            "mode": one.mode,
            "payment_intent": one.payment_intent,
            "payment_method_collection": "if_required" if pays else "always",
            "payment_method_types": one.payment_method_types,
            "payment_status": one.payment_status,
            "status": one.status,
            "submit_type": one.submit_type,
            "subscription": one.subscription,
            "success_url": one.success_url,
            # Gone once the session is complete or expired.
            "url": f"{one.base_url}/c/pay/{one.id}" if one.status == "open" else None,
        }
    )


def _details(one: CheckoutSession) -> Json | None:
    if not (one.email or one.customer_email):
        return None
    return {
        "address": NO_ADDRESS if one.status == "complete" else None,
        "business_name": None,
        "email": one.email or one.customer_email,
        "individual_name": None,
        "name": one.name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [] if one.status == "complete" else None,
    }


def _no_invoice() -> Json:
    return {
        "account_tax_ids": None,
        "custom_fields": None,
        "description": None,
        "footer": None,
        "issuer": None,
        "metadata": {},
        "rendering_options": None,
    }


def line_item(world: World, of: CheckoutSession, one: Line) -> Json:
    of_price = world.get(Price, one.price)
    return {
        "id": one.id,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": one.amount,
        "amount_tax": 0,
        "amount_total": one.amount,
        "currency": of.currency,
        "description": world.get(Product, of_price.product).name,
        "metadata": {},
        "price": price(world, of_price),
        "quantity": one.quantity,
    }


def portal_session(world: World, one: PortalSession) -> Json:
    return nulls(stripe.billing_portal.Session, without=("customer_account", "after_expiration")) | {
        "id": one.id,
        "object": "billing_portal.session",
        "configuration": "bpc_fake",
        "created": one.created,
        "customer": one.customer,
        "flow": one.flow,
        "livemode": world.livemode,
        "return_url": one.return_url,
        "url": f"{one.base_url}/p/session/{one.id}",
    }
