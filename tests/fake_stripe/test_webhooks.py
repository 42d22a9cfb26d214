"""Events on their way: signed, in any order, more than once, tried again, and forged ones (K01, K02, K03, K21, F-08)."""

from __future__ import annotations

import json
from collections import Counter

import pytest
import stripe

from tests.fake_stripe.clock import DAY
from tests.fake_stripe.fake import LIVE_KEY, OTHER_KEY, FakeStripe
from tests.fake_stripe.fixtures import client_of
from tests.fake_stripe.forging import FORGERIES
from tests.fake_stripe.makers import Receiver, gift_session, pledge_session, receiving
from tests.fake_stripe.shapes import CURRENT, OLDER
from tests.serving.running import wait_until

SECRET = "whsec_of_the_tests"
TYPES = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "charge.updated",
    "checkout.session.completed",
]


def _read(receiver: Receiver, place: int, secret: str = SECRET) -> stripe.Event:
    event: stripe.Event = stripe.Webhook.construct_event(receiver.bodies[place], receiver.signatures[place], secret)
    return event


def test_k01_the_sdk_accepts_what_is_signed(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    with receiving() as receiver:
        fake_stripe.listen(receiver.url, secret=SECRET)
        session = gift_session(stripe_client)
        fake_stripe.pay(session.id)

        assert fake_stripe.webhooks.deliver() == [200] * 5

    assert receiver.types == TYPES
    event = _read(receiver, 4)
    assert (event.api_version, event.livemode, event.pending_webhooks) == (CURRENT, False, 1)
    assert event.data.object["id"] == session.id
    assert stripe_client.v1.events.retrieve(event.id).pending_webhooks == 0


def test_an_event_tells_who_asked_for_it(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    stripe_client.v1.customers.create({"email": "ann@example.com"}, {"idempotency_key": "reader-5"})

    request = stripe_client.v1.events.list().data[0].request

    assert request is not None
    assert request.idempotency_key == "reader-5"
    assert request.id is not None


def test_an_event_keeps_its_object_as_it_was(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    session = gift_session(stripe_client)
    fake_stripe.pay(session.id)
    fake_stripe.refund_by_hand(stripe_client.v1.payment_intents.list().data[0].id)

    succeeded, refunded = (
        stripe_client.v1.events.list({"type": kind}).data[0].data.to_dict()
        for kind in ("charge.succeeded", "charge.refunded")
    )

    assert (succeeded["object"]["amount_refunded"], refunded["object"]["amount_refunded"]) == (0, 2500)
    assert refunded["previous_attributes"] == {"amount_refunded": 0, "refunded": False}


def test_k01_two_secrets_are_valid_while_one_is_rolled(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    with receiving() as receiver:
        endpoint = fake_stripe.listen(receiver.url, secret=SECRET)
        new = fake_stripe.webhooks.roll_secret(endpoint)
        fake_stripe.pay(gift_session(stripe_client).id)
        fake_stripe.webhooks.deliver()

    assert _read(receiver, 0).id == _read(receiver, 0, new).id


@pytest.mark.parametrize("how", sorted(FORGERIES))
def test_k01_k02_forgeries_do_not_pass(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, how: str) -> None:
    """All but the future one, which the SDK takes: refusing that is the product's work."""
    fake_stripe.pay(gift_session(stripe_client).id)
    with receiving() as receiver:
        endpoint = fake_stripe.listen(receiver.url, secret=SECRET)

        assert fake_stripe.forge(fake_stripe.events()[-1], endpoint, how) == 200

        if how == "future":
            assert _read(receiver, 0).type == "checkout.session.completed"
        else:
            with pytest.raises(stripe.SignatureVerificationError):
                _read(receiver, 0)


def test_k03_shuffled_repeated_and_at_once_all_arrive(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    """F-08: 1,000 events, each three times, from 8 threads."""
    with receiving() as receiver:
        fake_stripe.listen(receiver.url, secret=SECRET)
        for _gift in range(200):
            fake_stripe.pay(gift_session(stripe_client).id)
        happened = [event.id for event in fake_stripe.events()]

        answers = fake_stripe.webhooks.deliver(is_shuffled=True, repeat=3, threads=8, seed=7)

    assert len(happened) == 1_000
    assert answers == [200] * 3_000
    assert Counter(receiver.ids) == dict.fromkeys(happened, 3)
    first_seen = list(dict.fromkeys(receiver.ids))
    assert first_seen != happened
    assert fake_stripe.webhooks.due() == []
    assert stripe_client.v1.events.list({"delivery_success": False}).data == []


def test_k03_an_order_can_be_had_again_by_its_seed(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    """F-08: the five events of a gift in any order."""
    fake_stripe.listen("http://127.0.0.1:9/")
    fake_stripe.pay(gift_session(stripe_client).id)
    orders = set()
    for seed in range(600):
        with_seed = [each.event.type for each in fake_stripe.webhooks.batch(is_shuffled=True, seed=seed)]
        assert with_seed == [each.event.type for each in fake_stripe.webhooks.batch(is_shuffled=True, seed=seed)]
        orders.add(tuple(with_seed))

    assert [each.event.type for each in fake_stripe.webhooks.batch()] == TYPES
    assert len(orders) > 100


def test_k03_one_event_can_be_late(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    with receiving() as receiver:
        fake_stripe.listen(receiver.url)
        fake_stripe.pay(gift_session(stripe_client).id)

        fake_stripe.webhooks.deliver(only=lambda event: event.type != "charge.succeeded")
        fake_stripe.webhooks.deliver()

    assert receiver.types == [*(kind for kind in TYPES if kind != "charge.succeeded"), "charge.succeeded"]


def test_k21_a_failure_is_tried_again_later(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    with receiving() as receiver:
        fake_stripe.listen(receiver.url, events=("checkout.session.completed",))
        fake_stripe.pay(gift_session(stripe_client).id)
        receiver.status = 500
        assert fake_stripe.webhooks.deliver() == [500]
        assert fake_stripe.webhooks.deliver() == []

        receiver.status = 200
        fake_stripe.advance(days=0.01)

        assert fake_stripe.webhooks.deliver() == [200]
        assert receiver.ids[0] == receiver.ids[1]


def test_k21_after_three_days_it_is_given_up_and_only_the_list_tells(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    """F-08: an outage of four days."""
    with receiving() as receiver:
        endpoint = fake_stripe.listen(receiver.url, events=("checkout.session.completed",))
        endpoint.is_down = True
        fake_stripe.pay(gift_session(stripe_client).id)
        for _hour in range(4 * 24):
            fake_stripe.webhooks.deliver()
            fake_stripe.advance(days=1 / 24)
        endpoint.is_down = False

        assert fake_stripe.webhooks.deliver() == []
        assert receiver.bodies == []
        (delivery,) = fake_stripe.webhooks.deliveries
        assert delivery.is_given_up
        assert 5 < len(delivery.statuses) < 15
        missed = stripe_client.v1.events.list({"delivery_success": False, "type": "checkout.session.completed"}).data
        assert [event.id for event in missed] == [delivery.event.id]
        fake_stripe.advance(to=fake_stripe.clock.now() + 27 * DAY)
        assert stripe_client.v1.events.list({"delivery_success": False}).data == []


def test_events_are_delivered_while_time_passes(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    with receiving() as receiver:
        fake_stripe.listen(receiver.url, events=("invoice.paid",))
        fake_stripe.pay(pledge_session(stripe_client).id)

        fake_stripe.advance(days=70, is_delivering=True)

    assert receiver.types == ["invoice.paid"] * 3


def test_k13_an_endpoint_is_written_to_in_its_own_version(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    with receiving() as older, receiving() as current:
        fake_stripe.listen(older.url, secret=SECRET, api_version=OLDER, events=("invoice.paid",))
        fake_stripe.listen(current.url, secret=SECRET, events=("invoice.paid",))
        fake_stripe.pay(pledge_session(stripe_client).id)
        fake_stripe.webhooks.deliver()

    before, now = _read(older, 0), _read(current, 0)
    assert before.id == now.id
    assert (before.api_version, now.api_version) == (OLDER, CURRENT)
    assert before.data.object["subscription"] == now.data.object["parent"]["subscription_details"]["subscription"]
    assert "payment_intent" not in now.data.object


def test_k09_live_money_has_its_own_key_and_events(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    live = client_of(fake_stripe, LIVE_KEY)
    session = gift_session(live)
    fake_stripe.pay(session.id, world=fake_stripe.live)

    with receiving() as receiver:
        endpoint = fake_stripe.listen(receiver.url, secret=SECRET)
        fake_stripe.send_foreign(fake_stripe.events(world=fake_stripe.live)[-1], endpoint, fake_stripe.live)

    assert session.id.startswith("cs_live_")
    assert _read(receiver, 0).livemode is True
    assert live.v1.events.list().data[0].pending_webhooks == 0
    assert stripe_client.v1.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError) as missing:
        stripe_client.v1.checkout.sessions.retrieve(session.id)
    assert (missing.value.code, missing.value.http_status) == ("resource_missing", 404)


def test_k10_an_event_of_another_account_is_well_signed_but_leads_nowhere(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    with receiving() as receiver:
        endpoint = fake_stripe.listen(receiver.url, secret=SECRET)
        theirs = gift_session(client_of(fake_stripe, OTHER_KEY))
        fake_stripe.pay(theirs.id, world=fake_stripe.other)

        fake_stripe.send_foreign(fake_stripe.events(world=fake_stripe.other)[-1], endpoint, fake_stripe.other)

    assert _read(receiver, 0).data.object["id"] == theirs.id
    with pytest.raises(stripe.InvalidRequestError, match="No such checkout session"):
        stripe_client.v1.checkout.sessions.retrieve(theirs.id)


def test_k10_another_products_payment_has_none_of_our_metadata(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    fake_stripe.pay(gift_session(stripe_client, metadata={}, payment_intent_data={}).id)

    completed = stripe_client.v1.events.list({"type": "checkout.session.completed"}).data[0]
    assert completed.data.object["metadata"].to_dict() == {}


def test_an_endpoint_made_through_the_api_shows_its_secret_once(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    with receiving() as receiver:
        made = stripe_client.v1.webhook_endpoints.create({"url": receiver.url, "enabled_events": ["charge.succeeded"]})
        fake_stripe.pay(gift_session(stripe_client).id)
        fake_stripe.webhooks.deliver()

    assert made.secret is not None
    assert _read(receiver, 0, made.secret).type == "charge.succeeded"
    assert "secret" not in stripe_client.v1.webhook_endpoints.list().data[0]


def test_started_webhooks_come_by_themselves(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    with receiving() as receiver:
        fake_stripe.listen(receiver.url)
        fake_stripe.webhooks.start()
        fake_stripe.pay(gift_session(stripe_client).id)

        wait_until(lambda: len(receiver.bodies) == 5, within=10)

    assert receiver.types == TYPES
    assert json.loads(receiver.bodies[0])["object"] == "event"
