"""Refunds and disputes, and what they leave in the balance (K11, K12)."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from tests.fake_stripe import cards
from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import gift_session


@pytest.fixture
def intent(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> str:
    """A card payment of 25.00 EUR."""
    return paid_intent(fake_stripe, stripe_client)


def paid_intent(fake: FakeStripe, client: stripe.StripeClient, number: str = cards.PAYS, **more: Any) -> str:
    session = gift_session(client, **more)
    fake.pay(session.id, number=number)
    found = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert isinstance(found, str)
    return found


def _charge(client: stripe.StripeClient, intent: str) -> stripe.Charge:
    return client.v1.charges.list({"payment_intent": intent, "expand": ["data.refunds"]}).data[0]


def _moved(client: stripe.StripeClient) -> list[tuple[str, str, int, int]]:
    """Oldest first: type, category, amount, fee."""
    found = client.v1.balance_transactions.list({"limit": 100}).data
    return [(each.type, each.reporting_category, each.amount, each.fee) for each in reversed(found)]


def test_a_refund_of_all(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str) -> None:
    refund = stripe_client.v1.refunds.create(
        {"payment_intent": intent, "reason": "requested_by_customer", "metadata": {"gift": "7"}}
    )

    assert (refund.status, refund.amount) == ("succeeded", 2500)
    assert refund.metadata is not None
    assert refund.metadata.to_dict() == {"gift": "7"}
    charge = _charge(stripe_client, intent)
    assert (charge.refunded, charge.amount_refunded, charge.status) == (True, 2500, "succeeded")
    # Stripe keeps its fee.
    assert _moved(stripe_client) == [("charge", "charge", 2500, 63), ("refund", "refund", -2500, 0)]
    assert [event.type for event in fake_stripe.events()][-2:] == ["refund.created", "charge.refunded"]


def test_k11_parts_can_go_back_until_nothing_is_left(stripe_client: stripe.StripeClient, intent: str) -> None:
    stripe_client.v1.refunds.create({"payment_intent": intent, "amount": 1000})
    stripe_client.v1.refunds.create({"payment_intent": intent, "amount": 1000})

    with pytest.raises(
        stripe.InvalidRequestError,
        match=r"Refund amount \(10.00 EUR\) is greater than unrefunded amount on charge \(5.00 EUR\)",
    ):
        stripe_client.v1.refunds.create({"payment_intent": intent, "amount": 1000})
    assert stripe_client.v1.refunds.create({"payment_intent": intent}).amount == 500
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_client.v1.refunds.create({"payment_intent": intent})

    assert refused.value.code == "charge_already_refunded"
    charge = _charge(stripe_client, intent)
    assert charge.amount_refunded == 2500
    assert charge.refunds is not None
    assert sorted(refund.amount for refund in charge.refunds.data) == [500, 1000, 1000]


def test_k12_a_refund_that_fails_brings_the_money_back(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    intent = paid_intent(fake_stripe, stripe_client, cards.REFUND_PENDS)
    refund = stripe_client.v1.refunds.create({"payment_intent": intent})
    assert (refund.status, refund.pending_reason) == ("pending", "processing")

    fake_stripe.fail_refund(refund.id)

    failed = stripe_client.v1.refunds.retrieve(refund.id, {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    assert isinstance(failed.failure_balance_transaction, stripe.BalanceTransaction)
    assert failed.failure_balance_transaction.amount == 2500
    assert _charge(stripe_client, intent).refunded is False
    assert [event.type for event in fake_stripe.events()][-4:] == [
        "refund.failed",
        "refund.updated",
        "charge.refund.updated",
        "charge.updated",
    ]
    # What failed can be refunded again.
    assert stripe_client.v1.refunds.create({"payment_intent": intent}).amount == 2500


def test_a_pending_refund_arrives(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    intent = paid_intent(fake_stripe, stripe_client, cards.REFUND_PENDS)
    refund = stripe_client.v1.refunds.create({"payment_intent": intent})

    fake_stripe.arrive_refund(refund.id)

    assert stripe_client.v1.refunds.retrieve(refund.id).status == "succeeded"
    updated = fake_stripe.events("refund.updated")[-1]
    assert stripe_client.v1.events.retrieve(updated.id).data.to_dict()["previous_attributes"]["status"] == "pending"


def test_k12_a_refund_in_stripes_dashboard_is_seen(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str
) -> None:
    refund = fake_stripe.refund_by_hand(intent, amount=300)

    assert [found.id for found in stripe_client.v1.refunds.list({"payment_intent": intent}).data] == [refund]
    event = fake_stripe.events("refund.created")[-1]
    assert (event.request_id, event.idempotency_key) == (None, None)


def test_a_payment_that_failed_cannot_be_refunded(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    fake_stripe.pay(gift_session(stripe_client).id, number=cards.DECLINED)
    intent = stripe_client.v1.payment_intents.list().data[0]

    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        stripe_client.v1.refunds.create({"payment_intent": intent.id})


def test_k12_a_dispute_takes_the_money_and_a_fee(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str
) -> None:
    dispute = stripe_client.v1.disputes.retrieve(fake_stripe.dispute(intent))

    assert (dispute.status, dispute.amount, dispute.payment_intent) == ("needs_response", 2500, intent)
    assert [(each.amount, each.fee, each.net) for each in dispute.balance_transactions] == [(-2500, 2000, -4500)]
    assert _moved(stripe_client)[-1] == ("adjustment", "dispute", -2500, 2000)
    assert _charge(stripe_client, intent).disputed is True
    assert [event.type for event in fake_stripe.events()][-2:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
    ]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_client.v1.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_disputed"


@pytest.mark.parametrize("is_won", [True, False], ids=["won", "lost"])
def test_k12_a_dispute_ends(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str, *, is_won: bool
) -> None:
    dispute_id = fake_stripe.dispute(intent, amount=1000)

    fake_stripe.close_dispute(dispute_id, is_won=is_won)

    dispute = stripe_client.v1.disputes.retrieve(dispute_id)
    assert dispute.status == ("won" if is_won else "lost")
    assert [each.amount for each in dispute.balance_transactions] == ([-1000, 1000] if is_won else [-1000])
    # The fee for receiving it stays, also when it is won.
    assert sum(each.fee for each in dispute.balance_transactions) == 2000
    types = [event.type for event in fake_stripe.events()]
    assert types[-1] == ("charge.dispute.funds_reinstated" if is_won else "charge.dispute.closed")


def test_an_inquiry_moves_no_money(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str) -> None:
    dispute_id = fake_stripe.dispute(intent, is_inquiry=True)

    fake_stripe.close_dispute(dispute_id, is_won=True)

    assert stripe_client.v1.disputes.retrieve(dispute_id).status == "warning_closed"
    assert len(_moved(stripe_client)) == 1


def test_a_dispute_can_be_answered_or_accepted(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, intent: str
) -> None:
    dispute_id = fake_stripe.dispute(intent)

    answered = stripe_client.v1.disputes.update(dispute_id, {"evidence": {"uncategorized_text": "It was a gift."}})
    assert (answered.status, answered.evidence_details.submission_count) == ("under_review", 1)

    assert stripe_client.v1.disputes.close(dispute_id).status == "lost"
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        stripe_client.v1.disputes.close(dispute_id)


def test_k07_a_refund_converts_at_the_days_rate(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    intent = paid_intent(fake_stripe, stripe_client, currency="usd", amount=1000)
    fake_stripe.set_rate("usd", "0.95")

    stripe_client.v1.refunds.create({"payment_intent": intent})

    assert [amount for _type, _category, amount, _fee in _moved(stripe_client)] == [920, -950]
