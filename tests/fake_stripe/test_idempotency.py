"""The key of a request: one answer for one request, whatever the answer was (K22, F06)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.fake_stripe.clock import DAY
from tests.fake_stripe.fake import LIVE_KEY, FakeStripe
from tests.fake_stripe.faults import Kind
from tests.fake_stripe.fixtures import client_of
from tests.fake_stripe.makers import gift_session
from tests.serving.running import wait_until


def _customer(client: stripe.StripeClient, key: str, email: str = "ann@example.com") -> stripe.Customer:
    return client.v1.customers.create({"email": email}, {"idempotency_key": key})


def test_the_same_request_twice_is_done_once(stripe_client: stripe.StripeClient) -> None:
    first, second = _customer(stripe_client, "one"), _customer(stripe_client, "one")

    assert first.id == second.id
    assert second.last_response is not None
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(stripe_client.v1.customers.list().data) == 1


def test_the_same_key_with_other_parameters_is_refused(stripe_client: stripe.StripeClient) -> None:
    _customer(stripe_client, "one")

    with pytest.raises(stripe.IdempotencyError, match="same parameters") as refused:
        _customer(stripe_client, "one", email="bob@example.com")

    assert refused.value.http_status == 400


def test_k22_a_key_is_forgotten_after_a_day(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    first = _customer(stripe_client, "one")

    fake_stripe.advance(to=fake_stripe.clock.now() + DAY - 60)
    assert _customer(stripe_client, "one").id == first.id

    fake_stripe.advance(to=fake_stripe.clock.now() + 120)
    assert _customer(stripe_client, "one").id != first.id


def test_k22_what_was_done_is_found_by_its_metadata(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    for gift in ("7", "8"):
        made = gift_session(stripe_client, payment_intent_data={"metadata": {"gift": gift}})
        fake_stripe.pay(made.id)

    found = stripe_client.v1.payment_intents.search({"query": "metadata['gift']:'7' AND status:'succeeded'"})

    assert [intent.metadata.to_dict() for intent in found.data] == [{"gift": "7"}]
    with pytest.raises(stripe.InvalidRequestError, match="unable to parse"):
        stripe_client.v1.payment_intents.search({"query": "gift is 7"})


def test_a_kept_500_is_answered_again(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.ERROR_AFTER, path="/v1/customers")

    for _time in range(2):
        with pytest.raises(stripe.APIError) as broken:
            _customer(stripe_client, "one")
        assert broken.value.http_status == 500

    # It was done all the same: only looking for it tells.
    assert len(stripe_client.v1.customers.list().data) == 1


def test_what_was_not_even_begun_is_not_kept(stripe_client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        stripe_client.v1.refunds.create({"reason": "duplicate"}, {"idempotency_key": "one"})

    assert _customer(stripe_client, "one").email == "ann@example.com"


def test_the_two_modes_keep_their_keys_apart(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    live = client_of(fake_stripe, LIVE_KEY)

    assert _customer(stripe_client, "one").id != _customer(live, "one").id
    assert _customer(live, "one").livemode is True


def test_a_second_request_while_the_first_runs_is_told_so(fake_stripe: FakeStripe) -> None:
    once = stripe.StripeClient("sk_test_fake", base_addresses={"api": fake_stripe.url}, max_network_retries=0)
    running = threading.Thread(target=_customer, args=(once, "one"))
    with fake_stripe.test.lock:
        running.start()
        wait_until(lambda: fake_stripe.api.keys.is_running("one"), within=5)
        with pytest.raises(stripe.APIError) as refused:
            _customer(once, "one")
    running.join()

    assert refused.value.http_status == 409
    assert "idempotency_key_in_use" in str(refused.value.json_body)


def test_many_at_once_with_one_key_make_one(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    once = stripe.StripeClient("sk_test_fake", base_addresses={"api": fake_stripe.url}, max_network_retries=0)

    def ask(_number: int) -> str | None:
        try:
            return _customer(once, "one").id
        except stripe.APIError as refused:
            return None if refused.http_status == 409 else "another error"

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(ask, range(50))) - {None}

    assert len(made) == 1
    assert [customer.id for customer in stripe_client.v1.customers.list().data] == list(made)
