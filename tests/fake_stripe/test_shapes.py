"""What the fake answers has the fields that the SDK declares, and those of an older version for who asks in it (K13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
import stripe

from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.fixtures import client_of
from tests.fake_stripe.makers import gift_session, pledge_session
from tests.fake_stripe.shapes import OLDER, render
from tests.fake_stripe.shapes.versions import CURRENT
from tests.fake_stripe.things import Thing

CLASSES: dict[str, type[Any]] = {
    "customer": stripe.Customer,
    "payment_method": stripe.PaymentMethod,
    "product": stripe.Product,
    "price": stripe.Price,
    "checkout.session": stripe.checkout.Session,
    "billing_portal.session": stripe.billing_portal.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "balance_transaction": stripe.BalanceTransaction,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "subscription": stripe.Subscription,
    "invoice": stripe.Invoice,
    "invoice_payment": stripe.InvoicePayment,
    "payout": stripe.Payout,
    "event": stripe.Event,
    "webhook_endpoint": stripe.WebhookEndpoint,
}
# These stand only inside of others.
PARTS: dict[str, type[Any]] = {
    "plan": stripe.Plan,
    "subscription_item": stripe.SubscriptionItem,
    "line_item": stripe.InvoiceLineItem,
}


@pytest.fixture
def filled(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> FakeStripe:
    """One of everything."""
    fake_stripe.listen("http://127.0.0.1:9/")
    fake_stripe.pay(gift_session(stripe_client).id)
    fake_stripe.pay(pledge_session(stripe_client).id)
    gift, pledge = reversed(stripe_client.v1.payment_intents.list().data)
    fake_stripe.refund_by_hand(gift.id, amount=100)
    fake_stripe.dispute(pledge.id)
    fake_stripe.pay_out()
    customer = stripe_client.v1.customers.list().data[0].id
    stripe_client.v1.billing_portal.sessions.create({"customer": customer, "return_url": "http://127.0.0.1:9/"})
    return fake_stripe


def _declared(kind: type[Any]) -> dict[str, Any]:
    """Field → its annotation."""
    return {name: hint for name, hint in kind.__annotations__.items() if name not in {"OBJECT_NAME", "deleted"}}


def _may_be_null(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _inside(hint: Any) -> type[Any] | None:
    """The nested class that a field holds, once or in a list."""
    if isinstance(hint, type) and issubclass(hint, stripe.StripeObject):
        return hint
    return next((found for each in get_args(hint) if (found := _inside(each))), None)


def _mistakes(shape: dict[str, Any], kind: type[Any], where: str) -> Iterator[str]:
    declared = _declared(kind)
    yield from (f"{where}.{name} is not declared" for name in shape.keys() - declared.keys())
    for name, hint in declared.items():
        if not _may_be_null(hint) and shape.get(name) is None:
            yield f"{where}.{name} is missing"
        value = shape.get(name)
        if isinstance(value, dict) and value.get("object") == "list":
            value = value["data"]
        for each in value if isinstance(value, list) else [value]:
            named = each.get("object") if isinstance(each, dict) else None
            nested = (CLASSES | PARTS).get(named) if isinstance(named, str) else _inside(hint)
            if nested and _declared(nested) and isinstance(each, dict):
                yield from _mistakes(each, nested, f"{where}.{name}")


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_an_object_has_only_declared_fields_and_all_that_are_never_null(filled: FakeStripe, kind: str) -> None:
    things = [thing for thing in filled.test.things.values() if thing.kind == kind]
    assert things

    mistakes = {
        mistake for thing in things for mistake in _mistakes(render(filled.test, thing, CURRENT), CLASSES[kind], kind)
    }

    assert mistakes == set()


def _of(fake: FakeStripe, kind: str) -> Thing:
    return next(thing for thing in fake.test.things.values() if thing.kind == kind)


def test_k13_an_invoice_is_shaped_by_the_version_that_asks(filled: FakeStripe) -> None:
    invoice_id = _of(filled, "invoice").id

    now = client_of(filled).v1.invoices.retrieve(invoice_id, {"expand": ["payments"]}).to_dict()
    before = client_of(filled, version=OLDER).v1.invoices.retrieve(invoice_id).to_dict()

    assert now.keys() & {"subscription", "payment_intent", "charge", "paid"} == set()
    details = now["parent"]["subscription_details"]
    assert details["metadata"] == {"pledge": "3"}
    assert now["payments"]["data"][0]["payment"]["payment_intent"] == before["payment_intent"]
    assert details["subscription"] == before["subscription"]
    assert before["paid"] is True
    assert "parent" not in before
    assert now["lines"]["data"][0]["parent"]["type"] == "subscription_item_details"
    assert before["lines"]["data"][0]["type"] == "subscription"


def test_k13_the_period_moved_to_the_items_and_the_invoice_left_the_payment(filled: FakeStripe) -> None:
    subscription_id = _of(filled, "subscription").id
    now, older = client_of(filled), client_of(filled, version=OLDER)

    current = now.v1.subscriptions.retrieve(subscription_id).to_dict()
    before = older.v1.subscriptions.retrieve(subscription_id).to_dict()

    assert "current_period_end" not in current
    assert current["items"]["data"][0]["current_period_end"] == before["current_period_end"]
    assert "invoice" not in now.v1.charges.list().data[0].to_dict()
    assert older.v1.charges.list().data[0].to_dict()["invoice"] == _of(filled, "invoice").id


def test_an_unreadable_version_is_refused(fake_stripe: FakeStripe) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version"):
        client_of(fake_stripe, version="latest").v1.charges.list()
