"""Products and prices, made beforehand or on the spot (`price_data`)."""

from __future__ import annotations

import re

from stripe import params as takes

from tests.fake_stripe import form, money
from tests.fake_stripe.errors import Json, StripeError, invalid, missing
from tests.fake_stripe.events import emit
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import Price, Product, Thing
from tests.fake_stripe.world import World

INTERVALS = {"day", "week", "month", "year"}


def price_of(world: World, line: Json, *, within: str) -> Price:
    """What a line names: `price`, an id, or `price_data`, from which a price is made."""
    if form.text(line, "price"):
        return world.get(Price, line["price"], param=f"{within}[price]")
    if not line.get("price_data"):
        raise missing(f"{within}[price]")
    return _new_price(world, line["price_data"], within=f"{within}[price_data]")


def _new_price(world: World, asked: Json, *, within: str) -> Price:
    currency = form.needed(asked, "currency", within=within).lower()
    amount = _amount(asked, within=within)
    money.check(amount, currency, param=f"{within}[unit_amount]")
    recurring = asked.get("recurring") or {}
    interval = form.text(recurring, "interval")
    if recurring and interval not in INTERVALS:
        raise invalid(f"{within}[recurring][interval]", "Invalid interval: must be one of day, month, week, or year")
    return world.add(
        Price(
            product=_product_of(world, asked, within=within).id,
            currency=currency,
            unit_amount=amount,
            interval=interval,
            interval_count=form.integer(recurring, "interval_count") or 1,
            metadata=form.metadata(asked),
        )
    )


def _amount(asked: Json, *, within: str) -> int:
    """`unit_amount`, or `unit_amount_decimal` when that is a whole number of the smallest unit."""
    exact = form.text(asked, "unit_amount_decimal")
    if exact is not None and not re.fullmatch(r"\d+(\.0+)?", exact):
        raise invalid(f"{within}[unit_amount_decimal]", f"Invalid decimal: {exact}; must be whole here")
    if exact is not None:
        return int(exact.split(".")[0])
    return form.needed_integer(asked, "unit_amount", within=within)


def _product_of(world: World, asked: Json, *, within: str) -> Product:
    if form.text(asked, "product"):
        return world.get(Product, asked["product"], param=f"{within}[product]")
    described = asked.get("product_data")
    if not described:
        raise missing(f"{within}[product]")
    name = form.needed(described, "name", within=f"{within}[product_data]")
    return world.add(
        Product(name=name, description=form.text(described, "description"), metadata=form.metadata(described))
    )


def create_product(call: Call) -> Thing:
    if form.text(call.params, "id") in call.world.things:
        raise StripeError("Product already exists.", code="resource_already_exists")
    product = call.world.add(
        Product(
            id=form.text(call.params, "id") or "",
            name=form.needed(call.params, "name"),
            description=form.text(call.params, "description"),
            metadata=form.metadata(call.params),
        )
    )
    emit(call.world, "product.created", product)
    return product


def retrieve_product(call: Call) -> Thing:
    return call.world.get(Product, call.id)


def list_products(call: Call) -> Page:
    return paged(call, call.world.all(Product))


def create_price(call: Call) -> Thing:
    price = _new_price(call.world, call.params, within="")
    emit(call.world, "price.created", price)
    return price


def retrieve_price(call: Call) -> Thing:
    return call.world.get(Price, call.id)


def list_prices(call: Call) -> Page:
    return paged(call, same(call.world.all(Price), call.params, product="product", currency="currency"))


ROUTES = [
    Route("POST", "/v1/products", create_product, takes.ProductCreateParams),
    Route("GET", "/v1/products", list_products, takes.ProductListParams),
    Route("GET", "/v1/products/{id}", retrieve_product, takes.ProductRetrieveParams),
    Route("POST", "/v1/prices", create_price, takes.PriceCreateParams),
    Route("GET", "/v1/prices", list_prices, takes.PriceListParams),
    Route("GET", "/v1/prices/{id}", retrieve_price, takes.PriceRetrieveParams),
]
