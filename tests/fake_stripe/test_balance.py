"""What a reconciliation reads: the balance, payouts, and every movement once (K21)."""

from __future__ import annotations

import stripe

from tests.fake_stripe.clock import DAY
from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import gift_session


def _give(fake: FakeStripe, client: stripe.StripeClient, *amounts: int) -> None:
    for amount in amounts:
        fake.pay(gift_session(client, amount=amount).id)


def test_the_balance_waits_two_days(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    _give(fake_stripe, stripe_client, 2500)
    assert (
        stripe_client.v1.balance.retrieve().pending[0].amount,
        stripe_client.v1.balance.retrieve().available[0].amount,
    ) == (2437, 0)

    fake_stripe.advance(days=2.1)

    assert (
        stripe_client.v1.balance.retrieve().pending[0].amount,
        stripe_client.v1.balance.retrieve().available[0].amount,
    ) == (0, 2437)


def test_a_payout_names_its_movements(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    _give(fake_stripe, stripe_client, 2500, 1000)
    fake_stripe.take_fee(200)

    payout_id = fake_stripe.pay_out()
    fake_stripe.arrive_payout(payout_id)
    _give(fake_stripe, stripe_client, 700)

    payout = stripe_client.v1.payouts.retrieve(payout_id, {"expand": ["balance_transaction"]})
    assert (payout.amount, payout.status, payout.reconciliation_status, payout.automatic) == (
        2437 + 960 - 200,
        "paid",
        "completed",
        True,
    )
    of_payout = stripe_client.v1.balance_transactions.list({"payout": payout_id}).data
    assert [(each.type, each.net) for each in of_payout] == [
        ("payout", -3197),
        ("stripe_fee", -200),
        ("charge", 960),
        ("charge", 2437),
    ]
    assert sum(each.net for each in of_payout) == 0
    assert [event.type for event in fake_stripe.events() if event.type.startswith("payout.")] == [
        "payout.created",
        "payout.updated",
        "payout.paid",
        "payout.reconciliation_completed",
    ]


def test_a_payout_that_fails_comes_back(fake_stripe: FakeStripe, stripe_client: stripe.StripeClient) -> None:
    _give(fake_stripe, stripe_client, 2500)
    payout_id = fake_stripe.pay_out()

    fake_stripe.fail_payout(payout_id)

    payout = stripe_client.v1.payouts.retrieve(payout_id, {"expand": ["failure_balance_transaction"]})
    assert (payout.status, payout.failure_code) == ("failed", "account_closed")
    assert isinstance(payout.failure_balance_transaction, stripe.BalanceTransaction)
    assert payout.failure_balance_transaction.amount == 2437


def test_k21_movements_are_read_by_day_type_and_page(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient
) -> None:
    _give(fake_stripe, stripe_client, *[1000] * 12)
    noon = fake_stripe.clock.now() + DAY
    fake_stripe.advance(to=noon)
    _give(fake_stripe, stripe_client, *[500] * 11)
    fake_stripe.take_fee(30)

    all_of_it = list(stripe_client.v1.balance_transactions.list({"limit": 5}).auto_paging_iter())
    today = stripe_client.v1.balance_transactions.list({"created": {"gte": noon}, "limit": 100}).data
    yesterday = stripe_client.v1.balance_transactions.list({"created": {"lt": noon}, "limit": 100}).data
    charges = stripe_client.v1.balance_transactions.list({"type": "charge", "limit": 100}).data
    last = stripe_client.v1.balance_transactions.list({"limit": 3, "ending_before": all_of_it[-1].id})

    assert (len(all_of_it), len({each.id for each in all_of_it})) == (24, 24)
    assert (len(today), len(yesterday), len(charges)) == (12, 12, 23)
    assert [each.id for each in last.data] == [each.id for each in all_of_it[-4:-1]]
    assert all(each.net == each.amount - each.fee for each in all_of_it)
    first = stripe_client.v1.balance_transactions.retrieve(all_of_it[-1].id, {"expand": ["source"]})
    assert isinstance(first.source, stripe.Charge)
