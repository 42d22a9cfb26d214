"""Customers and their payment methods."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import form
from tests.fake_stripe.errors import Json, StripeError
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import Customer, PaymentMethod, Subscription, Thing
from tests.fake_stripe.world import World


def new_customer(world: World, *, email: str | None, name: str | None = None) -> Customer:
    customer = world.add(Customer(email=email, name=name))
    emit(world, "customer.created", customer)
    return customer


def attach(world: World, method: PaymentMethod, customer: Customer) -> None:
    method.customer = customer.id
    emit(world, "payment_method.attached", method)


def change_card(world: World, customer: Customer, number: str) -> PaymentMethod:
    """What the portal does: the new card becomes the customer's and that of every subscription."""
    method = world.add(PaymentMethod(number=number, email=customer.email, name=customer.name))
    attach(world, method, customer)
    before = look(world, customer)
    customer.default_payment_method = method.id
    emit(world, "customer.updated", customer, before=before)
    for subscription in world.all(Subscription):
        if subscription.customer == customer.id and subscription.status != "canceled":
            was = look(world, subscription)
            subscription.default_payment_method = method.id
            emit(world, "customer.subscription.updated", subscription, before=was)
    return method


def create(call: Call) -> Thing:
    customer = call.world.add(
        Customer(
            email=form.email(call.params, "email"),
            name=form.text(call.params, "name"),
            description=form.text(call.params, "description"),
            metadata=form.metadata(call.params),
        )
    )
    emit(call.world, "customer.created", customer)
    return customer


def retrieve(call: Call) -> Thing:
    return call.world.get(Customer, call.id)


def update(call: Call) -> Thing:
    customer = _living(call)
    before = look(call.world, customer)
    for name in ("email", "name", "description"):
        if name in call.params:
            setattr(customer, name, form.text(call.params, name))
    customer.metadata = form.metadata(call.params, customer.metadata)
    method = form.text(call.params.get("invoice_settings") or {}, "default_payment_method")
    if method:
        customer.default_payment_method = call.world.get(PaymentMethod, method, param="default_payment_method").id
    emit(call.world, "customer.updated", customer, before=before)
    return customer


def delete(call: Call) -> Json:
    customer = _living(call)
    customer.is_deleted = True
    emit(call.world, "customer.deleted", customer)
    return {"id": customer.id, "object": "customer", "deleted": True}


def _living(call: Call) -> Customer:
    customer = call.world.get(Customer, call.id)
    if customer.is_deleted:
        raise StripeError(f"No such customer: '{call.id}'", status=404, code="resource_missing", param="id")
    return customer


def list_(call: Call) -> Page:
    found = [customer for customer in call.world.all(Customer) if not customer.is_deleted]
    return paged(call, same(found, call.params, email="email"))


def methods_of(call: Call) -> Page:
    found = [method for method in call.world.all(PaymentMethod) if method.customer == call.id]
    return paged(call, same(found, call.params, type="type"))


def retrieve_method(call: Call) -> Thing:
    return call.world.get(PaymentMethod, call.id)


def list_methods(call: Call) -> Page:
    return paged(call, same(call.world.all(PaymentMethod), call.params, type="type", customer="customer"))


def detach(call: Call) -> Thing:
    method = call.world.get(PaymentMethod, call.id)
    before = look(call.world, method)
    method.customer = None
    emit(call.world, "payment_method.detached", method, before=before)
    return method


ROUTES = [
    Route("POST", "/v1/customers", create, takes.CustomerCreateParams),
    Route("GET", "/v1/customers", list_, takes.CustomerListParams),
    Route("GET", "/v1/customers/{id}", retrieve, takes.CustomerRetrieveParams),
    Route("POST", "/v1/customers/{id}", update, takes.CustomerUpdateParams),
    Route("DELETE", "/v1/customers/{id}", delete, takes.CustomerDeleteParams),
    Route("GET", "/v1/customers/{id}/payment_methods", methods_of, takes.CustomerPaymentMethodListParams),
    Route("GET", "/v1/payment_methods", list_methods, takes.PaymentMethodListParams),
    Route("GET", "/v1/payment_methods/{id}", retrieve_method, takes.PaymentMethodRetrieveParams),
    Route("POST", "/v1/payment_methods/{id}/detach", detach, takes.PaymentMethodDetachParams),
]
