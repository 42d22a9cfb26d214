"""What goes wrong on the way, as a test orders it (F-08)."""

from __future__ import annotations

import time

import pytest
import stripe

from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.faults import Kind
from tests.fake_stripe.makers import gift_session


@pytest.fixture
def once(fake_stripe: FakeStripe) -> stripe.StripeClient:
    """A client that does not try again."""
    return stripe.StripeClient("sk_test_fake", base_addresses={"api": fake_stripe.url}, max_network_retries=0)


def _sessions(client: stripe.StripeClient) -> int:
    return len(client.v1.checkout.sessions.list().data)


def test_an_error_before_leaves_nothing_done(fake_stripe: FakeStripe, once: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.ERROR_BEFORE)

    with pytest.raises(stripe.APIError) as broken:
        gift_session(once)

    assert broken.value.http_status == 500
    assert _sessions(once) == 0
    assert gift_session(once).status == "open"


def test_an_error_after_hides_that_it_was_done(fake_stripe: FakeStripe, once: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.ERROR_AFTER)

    with pytest.raises(stripe.APIError):
        gift_session(once)

    assert _sessions(once) == 1


def test_a_lost_answer_is_found_again_by_the_same_key(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    fake_stripe.faults.order(Kind.LOST_ANSWER)

    session = gift_session(stripe_client)

    # The SDK tried again by itself, with the key of the first time.
    assert [asked.method for asked in fake_stripe.api.log] == ["POST", "POST"]
    assert session.last_response is not None
    assert session.last_response.headers["Idempotent-Replayed"] == "true"
    assert _sessions(stripe_client) == 1


def test_a_503_is_tried_again_and_then_done(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.ERROR_BEFORE, status=503, is_kept=False)

    assert gift_session(stripe_client).status == "open"
    assert _sessions(stripe_client) == 1


def test_an_unreachable_stripe_is_a_connection_error(fake_stripe: FakeStripe, once: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.UNREACHABLE, method="GET")

    with pytest.raises(stripe.APIConnectionError):
        once.v1.charges.list()

    assert once.v1.charges.list().data == []


def test_a_time_out_comes_after_it_was_done(fake_stripe: FakeStripe) -> None:
    hasty = stripe.StripeClient(
        "sk_test_fake",
        base_addresses={"api": fake_stripe.url},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=0.3),
    )
    fake_stripe.faults.order(Kind.HANGS_AFTER, seconds=1)

    with pytest.raises(stripe.APIConnectionError):
        gift_session(hasty)

    assert _sessions(hasty) == 1


def test_slowness_is_only_slow(fake_stripe: FakeStripe, once: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.SLOW, method="GET", path="/v1/charges", seconds=0.3)

    started_at = time.monotonic()
    once.v1.charges.list()

    assert 0.3 <= time.monotonic() - started_at < 5


def test_a_fault_hits_only_what_it_names(fake_stripe: FakeStripe, once: stripe.StripeClient) -> None:
    fake_stripe.faults.order(Kind.ERROR_BEFORE, path="/v1/refunds", times=2)

    assert gift_session(once).status == "open"
    for _time in range(2):
        with pytest.raises(stripe.APIError):
            once.v1.refunds.create({"charge": "ch_x"})
    with pytest.raises(stripe.InvalidRequestError):
        once.v1.refunds.create({"charge": "ch_x"})


@pytest.mark.parametrize("key", ["sk_test_wrong", "sk_live_wrong"])
def test_a_wrong_key_is_refused(fake_stripe: FakeStripe, key: str) -> None:
    stranger = stripe.StripeClient(key, base_addresses={"api": fake_stripe.url})

    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key"):
        stranger.v1.charges.list()


def test_an_unknown_address_is_refused(once: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        once.v1.coupons.list()
