"""Products, Prices, and the Plans that prices were before."""

from __future__ import annotations

import stripe

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.things import Price, Product
from tests.fake_stripe.world import World


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
