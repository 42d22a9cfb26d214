"""Customers and what they pay with."""

from __future__ import annotations

import stripe

from tests.fake_stripe import cards
from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.things import Customer, PaymentMethod
from tests.fake_stripe.world import World

# Only there when expanded.
CUSTOMER_PARTS = (
    "cash_balance",
    "invoice_credit_balance",
    "sources",
    "subscriptions",
    "tax",
    "tax_ids",
    "customer_account",
    "business_name",
    "individual_name",
)
METHOD_TYPES = tuple(
    name
    for name in stripe.PaymentMethod.__annotations__
    if name not in {"allow_redisplay", "billing_details", "customer", "customer_account", "id", "livemode", "metadata"}
)
NO_ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


def customer(world: World, one: Customer) -> Json:
    if one.is_deleted:
        return {"id": one.id, "object": "customer", "deleted": True}
    return nulls(stripe.Customer, without=CUSTOMER_PARTS) | {
        "id": one.id,
        "object": "customer",
        "balance": 0,
        "created": one.created,
        "delinquent": one.is_delinquent,
        "description": one.description,
        "email": one.email,
        "invoice_prefix": one.id[-8:].upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": one.default_payment_method,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": world.livemode,
        "metadata": one.metadata,
        "name": one.name,
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "tax_exempt": "none",
    }


def billing_details(method: PaymentMethod) -> Json:
    return {"address": NO_ADDRESS, "email": method.email, "name": method.name, "phone": None, "tax_id": None}


def card(number: str) -> Json:
    return {
        "brand": cards.brand(number),
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"fp{number[-8:]}",
        "funding": "credit",
        "last4": number[-4:],
        "networks": {"available": [cards.brand(number)], "preferred": None},
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def debit(kind: str, number: str) -> Json:
    """What names the account, in the three kinds of debit."""
    same = {"fingerprint": f"fp{number[-8:]}", "last4": number[-4:]}
    own: dict[str, Json] = {
        "sepa_debit": {"bank_code": "19043", "branch_code": "", "country": "AT"},
        "us_bank_account": {
            "account_holder_type": "individual",
            "account_type": "checking",
            "bank_name": "STRIPE TEST BANK",
            "routing_number": "110000000",
        },
        "bacs_debit": {"sort_code": "108800"},
    }
    return same | own[kind]


def payment_method(world: World, one: PaymentMethod) -> Json:
    return nulls(stripe.PaymentMethod, without=(*METHOD_TYPES, "customer_account")) | {
        "id": one.id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(one),
        "created": one.created,
        "livemode": world.livemode,
        "metadata": one.metadata,
        "type": one.type,
        "customer": one.customer,
        one.type: card(one.number) if one.type == "card" else debit(one.type, one.number),
    }
