"""The ledger against the processor's own book: green, healed, or every difference by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from readership.funding.ledger import Movement, book
from readership.funding.models import EntryKind, Gift, LedgerEntry, Reconciliation
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.reconciling import reconcile
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import make_campaign
from readership.funding.tests.tampering import change_unseen
from readership.outbox.models import OutboxItem
from tests.fake_stripe.fake import LIVE_KEY
from tests.fake_stripe.fixtures import client_of

pytestmark = pytest.mark.django_db


def compared(counter: Counter) -> Reconciliation:
    return reconcile(processor=counter.processor, now=timezone.now() + timedelta(minutes=10))


def test_books_that_agree_are_green(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign, 2_500, cover=64)
    counter.fake.refund_by_hand(gift.payment_ref, amount=500, world=counter.world)
    dispute = counter.fake.dispute(counter.gift(campaign).payment_ref, world=counter.world)
    counter.fake.close_dispute(dispute, is_won=True, world=counter.world)
    counter.announce()

    result = compared(counter)

    assert result.differences == []
    assert result.movements_count >= 5


def test_k21_lost_webhooks_are_made_good(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    counter.fake.refund_by_hand(gift.payment_ref, amount=500, world=counter.world)
    counter.pay(counter.begin(campaign, 4_000))
    assert meter(campaign).raised == Money(2_500, "EUR")

    result = compared(counter)

    assert result.differences == []
    assert meter(campaign).raised == Money(6_000, "EUR")


def test_money_that_did_not_fit_is_named_until_somebody_settles_it(counter: Counter) -> None:
    session = counter.begin(make_campaign(currency="EUR"))
    Gift.objects.update(amount_minor=9_900)
    counter.pay(session)

    result = compared(counter)

    assert [said for said in result.differences if "our ledger has not" in said]


def test_k10_what_another_shop_of_the_account_sells_is_no_difference(counter: Counter) -> None:
    mug = {"currency": "eur", "unit_amount": 999, "product_data": {"name": "Mug"}}
    sessions = client_of(counter.fake, LIVE_KEY).v1.checkout.sessions
    items: Any = [{"price_data": mug, "quantity": 1}]
    foreign = sessions.create({"mode": "payment", "line_items": items, "success_url": "http://127.0.0.1:9/"})
    counter.pay(foreign.id)

    result = compared(counter)

    assert (result.movements_count, result.differences) == (1, [])


def test_another_sum_in_our_ledger_is_named_and_alarmed(counter: Counter) -> None:
    counter.gift(make_campaign(currency="EUR"))
    change_unseen("UPDATE funding_ledgerentry SET amount_minor = 2400 WHERE kind = 'gift'")

    result = compared(counter)

    assert any("is €25 there and €24 here" in said for said in result.differences)
    work()
    assert OutboxItem.objects.filter(kind="treasurer_alarm").exists()


def test_an_entry_that_the_processor_does_not_know_is_named(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    book(
        campaign=campaign,
        gift=gift,
        kind=EntryKind.REFUND,
        amount=Money(-100, "EUR"),
        movement=Movement("stripe", "re_never"),
    )

    result = compared(counter)

    assert any("re_never" in said for said in result.differences)


def test_payouts_are_booked_and_agree(counter: Counter) -> None:
    counter.gift(make_campaign(currency="EUR"))
    counter.fake.advance(days=3)
    counter.fake.pay_out(world=counter.world)
    counter.announce()

    entry = LedgerEntry.objects.get(kind="payout")
    assert entry.amount_minor == -(2_500 - 63)
    assert entry.campaign is None
