"""The fake holds under many hands: what Stripe would refuse to the second, it refuses too (K11)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import stripe

from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import gift_session


def test_k11_of_many_refunds_at_once_only_what_was_paid_goes_back(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    fake_stripe.pay(gift_session(stripe_client).id)
    intent = stripe_client.v1.payment_intents.list().data[0].id

    def refund(_number: int) -> int:
        try:
            return stripe_client.v1.refunds.create({"payment_intent": intent, "amount": 600}).amount
        except stripe.InvalidRequestError:
            return 0

    with ThreadPoolExecutor(8) as pool:
        went_back = list(pool.map(refund, range(20)))

    assert sorted(went_back, reverse=True)[:5] == [600, 600, 600, 600, 0]
    assert stripe_client.v1.charges.list().data[0].amount_refunded == 2400


def test_gifts_while_webhooks_are_sent_and_time_passes(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    fake_stripe.listen("http://127.0.0.1:9/")

    def give(_number: int) -> str:
        return fake_stripe.pay(gift_session(stripe_client).id)

    with ThreadPoolExecutor(4) as pool:
        given = pool.map(give, range(40))
        fake_stripe.webhooks.deliver()
        fake_stripe.advance(days=0.01)
        fake_stripe.webhooks.deliver()
        assert set(given) == {"paid"}

    assert len(fake_stripe.webhooks.deliveries) == 40 * 5
    assert len(list(stripe_client.v1.balance_transactions.list().auto_paging_iter())) == 40
