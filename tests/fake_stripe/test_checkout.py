"""Gifts once, from the session to the balance, all through the unmodified SDK."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import stripe

from tests.fake_stripe import cards
from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import gift_session

DEEP = ["payment_intent.latest_charge.balance_transaction", "line_items"]


def test_a_session_is_open_and_has_an_address_but_no_payment_yet(stripe_client: stripe.StripeClient) -> None:
    session = gift_session(stripe_client, client_reference_id="reader-5", customer_email="ann@example.com")

    assert (session.status, session.payment_status, session.amount_total, session.currency) == (
        "open",
        "unpaid",
        2500,
        "eur",
    )
    assert session.id.startswith("cs_test_")
    assert session.url is not None
    assert session.url.endswith(session.id)
    assert (session.payment_intent, session.client_reference_id, session.customer_email) == (
        None,
        "reader-5",
        "ann@example.com",
    )
    assert session.expires_at - session.created == 86_400


def test_a_paid_session_leads_to_its_charge_and_its_movement(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    session = gift_session(stripe_client)

    assert fake_stripe.pay(session.id) == "paid"

    paid = stripe_client.v1.checkout.sessions.retrieve(session.id, {"expand": DEEP})
    assert (paid.status, paid.payment_status, paid.url, paid.customer) == ("complete", "paid", None, None)
    assert paid.customer_details is not None
    assert paid.customer_details.email == "reader@example.com"
    intent = paid.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert intent.metadata.to_dict() == {"gift": "7"}
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    moved = charge.balance_transaction
    assert isinstance(moved, stripe.BalanceTransaction)
    # 1.5 % of 25.00 and 0.25
    assert (moved.amount, moved.fee, moved.net, moved.type, moved.reporting_category) == (
        2500,
        63,
        2437,
        "charge",
        "charge",
    )
    assert moved.source == charge.id
    assert paid.line_items is not None
    assert [line.amount_total for line in paid.line_items.data] == [2500]


def test_the_events_of_a_gift_come_in_stripes_order(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    fake_stripe.pay(gift_session(stripe_client).id)

    assert [event.type for event in fake_stripe.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "checkout.session.completed",
    ]
    succeeded = fake_stripe.events("charge.succeeded")[0]
    assert stripe_client.v1.events.retrieve(succeeded.id).data.object["balance_transaction"] is None


def test_a_declined_card_leaves_the_session_open_and_it_can_be_paid_after(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    session = gift_session(stripe_client)

    assert fake_stripe.pay(session.id, number=cards.DECLINED) == "declined"
    assert stripe_client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert [event.type for event in fake_stripe.events()][-1] == "payment_intent.payment_failed"
    assert fake_stripe.pay(session.id) == "paid"

    charges = stripe_client.v1.charges.list().data
    assert [(charge.status, charge.paid) for charge in charges] == [("succeeded", True), ("failed", False)]
    assert charges[0].payment_intent == charges[1].payment_intent
    assert len(stripe_client.v1.balance_transactions.list().data) == 1


def test_k05_a_debit_is_complete_but_unpaid_until_it_arrives(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    session = gift_session(stripe_client)
    fake_stripe.pay_by_debit(session.id)
    waiting = stripe_client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert isinstance(waiting.payment_intent, stripe.PaymentIntent)
    assert waiting.payment_intent.status == "processing"

    fake_stripe.settle_debit(waiting.payment_intent.id)

    assert stripe_client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert fake_stripe.events()[-1].type == "checkout.session.async_payment_succeeded"


def test_k05_a_debit_that_comes_back_takes_its_money_out_of_the_balance(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    session = gift_session(stripe_client)
    fake_stripe.pay_by_debit(session.id)
    intent = stripe_client.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert isinstance(intent, str)

    fake_stripe.fail_debit(intent)

    assert stripe_client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    moved = stripe_client.v1.balance_transactions.list().data
    assert [(each.type, each.reporting_category, each.amount) for each in moved] == [
        ("payment_failure_refund", "charge_failure", -2500),
        ("payment", "charge", 2500),
    ]
    charge = stripe_client.v1.charges.list({"payment_intent": intent}).data[0]
    assert (charge.status, charge.failure_balance_transaction) == ("failed", moved[0].id)
    assert fake_stripe.events()[-1].type == "checkout.session.async_payment_failed"


def test_an_expired_session_cannot_be_paid(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    session = gift_session(stripe_client)

    assert stripe_client.v1.checkout.sessions.expire(session.id).status == "expired"

    with pytest.raises(stripe.InvalidRequestError):
        stripe_client.v1.checkout.sessions.expire(session.id)
    assert fake_stripe.events()[-1].type == "checkout.session.expired"


def test_a_session_expires_by_itself(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    soon = fake_stripe.clock.now() + int(timedelta(minutes=31).total_seconds())
    session = gift_session(stripe_client, expires_at=soon)

    fake_stripe.advance(to=soon)

    assert stripe_client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_sessions_are_listed_newest_first_and_paged(stripe_client: stripe.StripeClient) -> None:
    made = [gift_session(stripe_client).id for _number in range(25)]

    pages = stripe_client.v1.checkout.sessions.list({"limit": 10})

    assert (len(pages.data), pages.has_more) == (10, True)
    assert [session.id for session in pages.auto_paging_iter()] == made[::-1]


@pytest.mark.parametrize(
    ("wrong", "param", "code"),
    [
        ({"mode": None}, "mode", "parameter_missing"),
        ({"success_url": "/thanks"}, "success_url", "url_invalid"),
        ({"line_items": None}, "line_items", "parameter_missing"),
        ({"expires_at": 5}, "expires_at", None),
        ({"customer": "cus_unknown"}, "customer", "resource_missing"),
        ({"donor": "Ann"}, "donor", "parameter_unknown"),
        ({"customer_email": "ann@"}, "customer_email", "email_invalid"),
        ({"metadata": {"note": "a" * 501}}, "metadata[note]", None),
        ({"metadata": {"k" * 41: "a"}}, "metadata", None),
        ({"metadata": {f"k{number}": "a" for number in range(51)}}, "metadata", None),
        ({"subscription_data": {"metadata": {"a": "b"}}}, "subscription_data", None),
        ({"line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 500, "product_date": {"name": "A"}}}]}, None, "parameter_unknown"),
        ({"line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": "5,00", "product_data": {"name": "A"}}}]}, None, "parameter_invalid_integer"),
        ({"line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amount": 5, "product_data": {"name": "A"}}}]}, "line_items", "amount_too_small"),
    ],
)  # fmt: skip
def test_k06_what_stripe_refuses_is_refused(
    stripe_client: stripe.StripeClient, wrong: dict[str, Any], param: str | None, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        gift_session(stripe_client, **wrong)

    assert refused.value.code == code
    assert param is None or refused.value.param == param
    assert refused.value.request_id


@pytest.mark.parametrize(
    ("currency", "amount", "settled", "rate"),
    [("eur", 2500, 2500, None), ("usd", 1000, 920, 0.92), ("jpy", 5000, 3100, 0.0062), ("kwd", 5120, 1531, 2.99)],
)
def test_k07_money_settles_in_one_currency(
    fake_stripe: FakeStripe,
    stripe_client: stripe.StripeClient,
    currency: str,
    amount: int,
    settled: int,
    rate: float | None,
) -> None:
    fake_stripe.pay(gift_session(stripe_client, currency=currency, amount=amount).id)

    charge = stripe_client.v1.charges.list({"expand": ["data.balance_transaction"]}).data[0]

    assert (charge.amount, charge.currency) == (amount, currency)
    moved = charge.balance_transaction
    assert isinstance(moved, stripe.BalanceTransaction)
    assert (moved.amount, moved.currency, moved.exchange_rate) == (settled, "eur", rate)
    assert moved.net == moved.amount - moved.fee


@pytest.mark.parametrize(
    ("currency", "kind"), [("eur", "sepa_debit"), ("usd", "us_bank_account"), ("gbp", "bacs_debit")]
)
def test_a_currency_has_its_own_debit(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, currency: str, kind: str
) -> None:
    session = gift_session(stripe_client, currency=currency)
    assert session.payment_method_types == ["card", kind]

    assert fake_stripe.pay_by_debit(session.id) == "unpaid"

    details = stripe_client.v1.charges.list().data[0].payment_method_details
    assert details is not None
    assert details.type == kind
    assert details[kind]["last4"] == "6789"


def test_what_the_fake_does_not_do_it_refuses(stripe_client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.APIError, match=r"does not do subscription_data\[trial_period_days\]"):
        gift_session(stripe_client, mode="subscription", subscription_data={"trial_period_days": 7})


def test_k07_three_decimals_must_end_in_ten(stripe_client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="nearest ten"):
        gift_session(stripe_client, currency="kwd", amount=5124)


def test_a_balance_transaction_may_come_late(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    fake_stripe.test.is_balance_late = True
    fake_stripe.pay(gift_session(stripe_client).id)
    assert stripe_client.v1.charges.list().data[0].balance_transaction is None

    fake_stripe.book_late_charges()

    assert stripe_client.v1.charges.list().data[0].balance_transaction is not None
    assert fake_stripe.events()[-1].type == "charge.updated"


def test_an_expansion_that_is_none_is_refused(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    session = gift_session(stripe_client)

    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        stripe_client.v1.checkout.sessions.retrieve(session.id, {"expand": ["success_url"]})
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        stripe_client.v1.checkout.sessions.retrieve(session.id, {"expand": ["a.b.c.d.e"]})
