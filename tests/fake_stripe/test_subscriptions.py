"""Gifts that repeat, while the clock is turned."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
import stripe

from tests.fake_stripe import cards
from tests.fake_stripe.clock import DAY, later
from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import pledge_session

PAYMENT = ["data.payments.data.payment.payment_intent.latest_charge"]


@pytest.fixture
def pledge(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> stripe.Subscription:
    """10.00 EUR a month, its first month paid."""
    return begun(fake_stripe, stripe_client)


def begun(
    fake: FakeStripe, client: stripe.StripeClient, number: str = cards.PAYS, interval: str = "month"
) -> stripe.Subscription:
    session = pledge_session(client, interval=interval)
    fake.pay(session.id, number=number)
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]}).subscription
    assert isinstance(found, stripe.Subscription)
    return found


def _again(client: stripe.StripeClient, pledge: stripe.Subscription) -> stripe.Subscription:
    return client.v1.subscriptions.retrieve(pledge.id)


def _item(pledge: stripe.Subscription) -> stripe.SubscriptionItem:
    # `.items` is a dictionary's method.
    found: stripe.SubscriptionItem = pledge["items"].data[0]
    return found


def _customer(pledge: stripe.Subscription) -> str:
    assert isinstance(pledge.customer, str)
    return pledge.customer


def _invoices(client: stripe.StripeClient, pledge: stripe.Subscription) -> list[tuple[str | None, str | None, int]]:
    """Oldest first: reason, status, sum."""
    found = client.v1.invoices.list({"subscription": pledge.id, "limit": 100}).data
    return [(invoice.billing_reason, invoice.status, invoice.total) for invoice in reversed(found)]


def _wait_a_period(fake: FakeStripe, client: stripe.StripeClient, pledge: stripe.Subscription) -> None:
    """To the end of the period, and the hour in which its invoice is a draft."""
    fake.advance(to=_item(_again(client, pledge)).current_period_end + 3_700)


def test_a_paid_session_begins_a_subscription(stripe_client: stripe.StripeClient, pledge: stripe.Subscription) -> None:
    assert (pledge.status, pledge.currency, pledge.metadata.to_dict()) == ("active", "eur", {"pledge": "3"})
    assert _item(pledge).price.unit_amount == 1000
    assert _item(pledge).current_period_end == later(pledge.billing_cycle_anchor, interval="month", count=1)
    assert _invoices(stripe_client, pledge) == [("subscription_create", "paid", 1000)]


def test_an_invoice_leads_to_its_payment_as_since_basil(
    stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    invoice = stripe_client.v1.invoices.list({"subscription": pledge.id, "expand": PAYMENT}).data[0]

    assert invoice.parent is not None
    assert invoice.parent.subscription_details is not None
    assert invoice.parent.subscription_details.subscription == pledge.id
    assert invoice.payments is not None
    paid = invoice.payments.data[0]
    intent = paid.payment.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert (paid.status, paid.amount_paid, intent.status, intent.metadata.to_dict()) == ("paid", 1000, "succeeded", {})
    assert isinstance(intent.latest_charge, stripe.Charge)
    assert intent.latest_charge.paid is True
    asked = {"payment": {"type": "payment_intent", "payment_intent": intent.id}}
    by_intent = stripe_client.v1.invoice_payments.list(asked)  # type: ignore[arg-type]
    assert [each.invoice for each in by_intent.data] == [invoice.id]


def test_a_year_of_renewals(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    for _month in range(12):
        _wait_a_period(fake_stripe, stripe_client, pledge)

    assert (
        _invoices(stripe_client, pledge)
        == [("subscription_create", "paid", 1000)] + [("subscription_cycle", "paid", 1000)] * 12
    )
    ends = datetime.fromtimestamp(_item(_again(stripe_client, pledge)).current_period_end, UTC)
    begins = datetime.fromtimestamp(pledge.billing_cycle_anchor, UTC)
    assert (ends.year * 12 + ends.month) - (begins.year * 12 + begins.month) == 13


def test_one_leap_of_the_clock_renews_each_month_at_its_own_time(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    fake_stripe.advance(days=100)

    created = [invoice.created for invoice in stripe_client.v1.invoices.list({"subscription": pledge.id}).data]
    assert len(created) == 4
    assert all(27 * DAY < after - before < 32 * DAY for after, before in pairwise(created))


def test_an_invoice_keeps_the_period_it_is_for(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    for _month in range(2):
        _wait_a_period(fake_stripe, stripe_client, pledge)
    stripe_client.v1.subscriptions.update(pledge.id, {"metadata": {"pledge": "4"}})

    third, second, first = stripe_client.v1.invoices.list({"subscription": pledge.id}).data
    periods = [invoice.lines.data[0].period for invoice in (first, second, third)]
    assert [period.start for period in periods[1:]] == [period.end for period in periods[:2]]
    assert periods[0].start == pledge.billing_cycle_anchor
    assert second.period_start == periods[0].start
    assert first.parent is not None
    assert first.parent.subscription_details is not None
    assert first.parent.subscription_details.metadata is not None
    assert first.parent.subscription_details.metadata.to_dict() == {"pledge": "3"}


def test_the_events_of_a_renewal(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    before = len(fake_stripe.events())

    _wait_a_period(fake_stripe, stripe_client, pledge)

    assert [event.type for event in fake_stripe.events()][before:] == [
        "invoice.created",
        "customer.subscription.updated",
        "invoice.finalized",
        "invoice.updated",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "invoice.updated",
        "invoice.paid",
        "invoice.payment_succeeded",
        "invoice_payment.paid",
    ]


def test_a_card_that_fails_is_past_due_and_heals_when_it_is_changed(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    pledge = begun(fake_stripe, stripe_client, cards.FAILS_LATER)

    _wait_a_period(fake_stripe, stripe_client, pledge)
    assert _again(stripe_client, pledge).status == "past_due"
    invoice = stripe_client.v1.invoices.list({"subscription": pledge.id}).data[0]
    assert (invoice.status, invoice.attempt_count) == ("open", 1)
    assert invoice.next_payment_attempt is not None
    fake_stripe.change_card(_customer(pledge), cards.PAYS)
    fake_stripe.advance(to=invoice.next_payment_attempt)

    assert _again(stripe_client, pledge).status == "active"
    assert _invoices(stripe_client, pledge)[-1] == ("subscription_cycle", "paid", 1000)
    payments = stripe_client.v1.charges.list({"limit": 3}).data
    assert [charge.status for charge in payments] == ["succeeded", "failed", "succeeded"]
    # One intent for both tries.
    assert payments[0].payment_intent == payments[1].payment_intent


def test_after_the_last_try_it_ends(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    pledge = begun(fake_stripe, stripe_client, cards.FAILS_LATER)

    _wait_a_period(fake_stripe, stripe_client, pledge)
    fake_stripe.advance(days=20)

    ended = _again(stripe_client, pledge)
    assert ended.status == "canceled"
    assert ended.cancellation_details is not None
    assert ended.cancellation_details.reason == "payment_failed"
    assert len(fake_stripe.events("invoice.payment_failed")) == 4
    assert fake_stripe.events()[-1].type == "customer.subscription.deleted"


def test_an_open_invoice_can_be_paid_at_once_with_the_new_card(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    pledge = begun(fake_stripe, stripe_client, cards.FAILS_LATER)
    _wait_a_period(fake_stripe, stripe_client, pledge)
    invoice = stripe_client.v1.invoices.list({"subscription": pledge.id}).data[0]
    with pytest.raises(stripe.CardError):
        stripe_client.v1.invoices.pay(invoice.id)

    fake_stripe.change_card(_customer(pledge), cards.PAYS)

    assert stripe_client.v1.invoices.pay(invoice.id).status == "paid"
    assert _again(stripe_client, pledge).status == "active"


def test_another_sum_from_the_next_period_on(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    item = _item(pledge)
    product = item.price.product
    assert isinstance(product, str)

    stripe_client.v1.subscriptions.update(
        pledge.id,
        {
            "items": [
                {
                    "id": item.id,
                    "price_data": {
                        "currency": "eur",
                        "product": product,
                        "unit_amount": 1500,
                        "recurring": {"interval": "month"},
                    },
                }
            ],
            "proration_behavior": "none",
        },
    )
    _wait_a_period(fake_stripe, stripe_client, pledge)

    assert _invoices(stripe_client, pledge) == [
        ("subscription_create", "paid", 1000),
        ("subscription_cycle", "paid", 1500),
    ]


def test_an_item_without_its_id_is_added_and_both_are_billed(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    """As at Stripe: the mistake costs the reader money there, and a test here."""
    stripe_client.v1.subscriptions.update(
        pledge.id, {"items": [{"price": _item(pledge).price.id}], "proration_behavior": "none"}
    )
    _wait_a_period(fake_stripe, stripe_client, pledge)

    assert _invoices(stripe_client, pledge)[-1] == ("subscription_cycle", "paid", 2000)


def test_stopping_at_the_end_of_the_period(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    ending = stripe_client.v1.subscriptions.update(
        pledge.id, {"cancel_at_period_end": True, "cancellation_details": {"feedback": "too_expensive"}}
    )
    assert (ending.status, ending.cancel_at) == ("active", _item(pledge).current_period_end)

    _wait_a_period(fake_stripe, stripe_client, pledge)

    assert _again(stripe_client, pledge).status == "canceled"
    assert len(_invoices(stripe_client, pledge)) == 1


def test_stopping_can_be_taken_back(stripe_client: stripe.StripeClient, pledge: stripe.Subscription) -> None:
    stripe_client.v1.subscriptions.update(pledge.id, {"cancel_at_period_end": True})

    going_on = stripe_client.v1.subscriptions.update(pledge.id, {"cancel_at_period_end": False})

    assert (going_on.cancel_at, going_on.canceled_at) == (None, None)


def test_stopping_at_once(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    ended = stripe_client.v1.subscriptions.cancel(pledge.id, {"cancellation_details": {"comment": "Moving abroad"}})

    assert ended.status == "canceled"
    assert ended.cancellation_details is not None
    assert (ended.cancellation_details.reason, ended.cancellation_details.comment) == (
        "cancellation_requested",
        "Moving abroad",
    )
    with pytest.raises(stripe.InvalidRequestError, match="No such subscription"):
        stripe_client.v1.subscriptions.cancel(pledge.id)
    fake_stripe.advance(days=70)
    assert len(_invoices(stripe_client, pledge)) == 1


def test_a_pause_of_collection_voids_what_falls_in_it(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    until = _item(pledge).current_period_end + 5 * DAY
    paused = stripe_client.v1.subscriptions.update(
        pledge.id, {"pause_collection": {"behavior": "void", "resumes_at": until}}
    )
    assert paused.status == "active"

    for _month in range(2):
        _wait_a_period(fake_stripe, stripe_client, pledge)

    assert [status for _reason, status, _total in _invoices(stripe_client, pledge)] == ["paid", "void", "paid"]
    assert _again(stripe_client, pledge).pause_collection is None


def test_a_paused_subscription_waits_until_it_is_resumed(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    assert stripe_client.v1.subscriptions.pause(pledge.id).status == "paused"
    fake_stripe.advance(days=70)
    assert len(_invoices(stripe_client, pledge)) == 1

    resumed = stripe_client.v1.subscriptions.resume(pledge.id)

    assert resumed.status == "active"
    assert _invoices(stripe_client, pledge)[-1][:2] == ("subscription_update", "paid")
    assert len(fake_stripe.events("customer.subscription.resumed")) == 1


def test_a_declined_card_begins_no_subscription(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    session = pledge_session(stripe_client)

    assert fake_stripe.pay(session.id, number=cards.DECLINED) == "declined"

    assert stripe_client.v1.subscriptions.list({"status": "all"}).data == []
    assert stripe_client.v1.invoices.list().data == []


def test_k05_a_pledge_by_debit_is_active_while_its_money_is_under_way(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    pledge = begun(fake_stripe, stripe_client, cards.DEBIT)
    intent = stripe_client.v1.payment_intents.list().data[0]
    assert (pledge.status, intent.status, _invoices(stripe_client, pledge)[0][1]) == ("active", "processing", "open")

    fake_stripe.fail_debit(intent.id)

    assert fake_stripe.events()[-1].type == "checkout.session.async_payment_failed"
    assert _again(stripe_client, pledge).status != "active"


def test_lists_leave_out_what_ended_unless_asked(
    stripe_client: stripe.StripeClient, pledge: stripe.Subscription
) -> None:
    stripe_client.v1.subscriptions.cancel(pledge.id)

    assert stripe_client.v1.subscriptions.list().data == []
    asked = stripe_client.v1.subscriptions.list({"status": "all", "customer": _customer(pledge)})
    assert [each.id for each in asked.data] == [pledge.id]


@pytest.mark.parametrize(
    ("anchor", "count", "falls_on"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 1, 31), 2, (2026, 3, 31)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
    ],
)
def test_the_31st_falls_on_the_last_day_of_a_short_month(
    anchor: tuple[int, int, int], count: int, falls_on: tuple[int, int, int]
) -> None:
    start = int(datetime(*anchor, 12, tzinfo=UTC).timestamp())

    assert later(start, interval="month", count=count) == int(datetime(*falls_on, 12, tzinfo=UTC).timestamp())
