"""Paying back through the processor: never twice, never more than came."""

from __future__ import annotations

import pytest
from django.utils import timezone

from readership.funding.errors import NothingToRefund, RefundAlreadyAsked, RefundTooLarge
from readership.funding.models import Gift, RefundOrder, RefundState
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.refunding import ask_refund, decline_refund, grant_refund, left_of, order_refund, pay_back
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import make_campaign, make_gift, make_reader
from readership.outbox.models import OutboxItem
from tests.fake_stripe.faults import Kind
from tests.fake_stripe.things import Refund

pytestmark = pytest.mark.django_db


def order(gift: Gift, minor: int, key: str = "key") -> RefundOrder:
    return order_refund(
        gift=gift,
        amount=Money(minor, gift.currency),
        reason="Asked by phone",
        ordered_by=make_reader(),
        submission_key=key,
        now=timezone.now(),
    )


def refunds_there(counter: Counter) -> list[int]:
    return [refund.amount for refund in counter.world.all(Refund)]


def test_a_refund_is_ordered_paid_and_booked(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)

    order(gift, 1_000)
    work()

    assert RefundOrder.objects.get().state == RefundState.PAID
    assert refunds_there(counter) == [1_000]
    assert meter(campaign).raised == Money(1_500, "EUR")
    assert left_of(gift) == Money(1_500, "EUR")
    assert OutboxItem.objects.filter(kind="gift_refunded").count() == 1


def test_k11_two_clicks_and_the_webhook_pay_back_once(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)

    first, second = order(gift, 1_000), order(gift, 1_000)
    assert first == second
    work()
    counter.announce()

    assert refunds_there(counter) == [1_000]
    assert meter(campaign).raised == Money(1_500, "EUR")


def test_k11_more_than_is_left_is_refused(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    order(gift, 2_000)

    with pytest.raises(RefundTooLarge):
        order(gift, 501, "other")
    order(gift, 500, "rest")
    with pytest.raises(NothingToRefund):
        order(gift, 1, "more")


def test_k11_what_was_paid_back_on_the_processors_pages_counts(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    counter.fake.refund_by_hand(gift.payment_ref, amount=2_000, world=counter.world)
    counter.announce()

    assert left_of(gift) == Money(500, "EUR")
    with pytest.raises(RefundTooLarge):
        order(gift, 501)


def test_k22_an_order_that_is_tried_again_long_after_pays_nothing_more(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    placed = order(gift, 1_000)
    work()
    # As after a crash between the processor's answer and our note, found again after its keys were forgotten.
    RefundOrder.objects.update(state=RefundState.ORDERED, refund_ref=None)
    counter.fake.advance(days=2)

    pay_back({"refund_id": placed.pk})

    assert refunds_there(counter) == [1_000]
    assert RefundOrder.objects.get().state == RefundState.PAID


def test_f08_an_answer_that_never_came_pays_back_once(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    # Done, and answered with an error that Stripe then repeats for the same key.
    counter.fake.faults.order(Kind.ERROR_AFTER, path="/v1/refunds")

    placed = order(gift, 1_000)
    work()
    pay_back({"refund_id": placed.pk})

    assert refunds_there(counter) == [1_000]


def test_a_giver_asks_and_a_treasurer_grants(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    asked = ask_refund(gift=gift, reason="I pressed twice.", submission_key="a")
    with pytest.raises(RefundAlreadyAsked):
        ask_refund(gift=gift, reason="Again.", submission_key="b")

    grant_refund(order=asked, granted_by=make_reader(), now=timezone.now())
    grant_refund(order=asked, granted_by=make_reader(), now=timezone.now())
    work()

    assert refunds_there(counter) == [2_500]
    assert meter(campaign).raised == Money(0, "EUR")


def test_a_declined_refund_moves_nothing_and_its_giver_is_told(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    asked = ask_refund(gift=gift, reason="", submission_key="a")

    decline_refund(order=asked, answer="It was spent.", declined_by=make_reader(), now=timezone.now())
    work()

    assert refunds_there(counter) == []
    assert OutboxItem.objects.filter(kind="refund_declined").count() == 1


def test_cash_is_not_paid_back_through_a_processor() -> None:
    with pytest.raises(NothingToRefund):
        order(make_gift(), 100)
