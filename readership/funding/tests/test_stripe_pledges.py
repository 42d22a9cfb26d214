"""Pledges through Stripe: each instalment is one gift; failing, stopping and resuming are told by the processor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from readership.funding.auditing import audit
from readership.funding.errors import PledgeEnded
from readership.funding.models import (
    Frequency,
    Gift,
    LedgerEntry,
    Outcome,
    Pledge,
    PledgeState,
    ProcessorEvent,
    StoppedBy,
)
from readership.funding.money import Money
from readership.funding.pledging import change_pledge, resume_pledge, stop_pledge
from readership.funding.queries import meter
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import make_campaign
from readership.outbox.models import OutboxItem
from tests.fake_stripe import cards
from tests.fake_stripe.things import Subscription

pytestmark = pytest.mark.django_db
A_MONTH = 32


def sums() -> list[int]:
    return list(LedgerEntry.objects.filter(kind="gift").order_by("number").values_list("amount_minor", flat=True))


def customer_of(counter: Counter, pledge: Pledge) -> str:
    return str(counter.world.get(Subscription, pledge.subscription_ref or "").customer)


def test_the_first_instalment_is_one_gift_though_four_events_tell_of_it(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")

    pledge = counter.pledge(campaign)

    assert (pledge.state, pledge.giver and pledge.giver.email) == (PledgeState.ACTIVE, "ann@example.org")
    assert sums() == [1_000]
    assert OutboxItem.objects.filter(kind="pledge_begun").count() == 1
    assert meter(campaign).raised == Money(1_000, "EUR")


def test_a_renewal_is_a_gift_of_its_own_booked_once(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))

    counter.fake.advance(days=A_MONTH)
    counter.announce()
    counter.announce(counter.events())

    assert sums() == [1_000, 1_000]
    assert {gift.pledge for gift in Gift.objects.all()} == {pledge}
    assert audit().is_whole


def test_k03_a_renewal_told_before_its_session_books_both_in_the_end(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign, 1_000, frequency=Frequency.MONTH)
    counter.pay(session)

    counter.announce(counter.events("invoice.paid"))
    assert sums() == [1_000]
    counter.announce()

    assert sums() == [1_000]
    assert Pledge.objects.get().state == PledgeState.ACTIVE


def test_a_failed_renewal_puts_the_pledge_behind_and_a_new_card_puts_it_right(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    customer = customer_of(counter, pledge)
    counter.fake.change_card(customer, cards.FAILS_LATER, world=counter.world)

    counter.fake.advance(days=A_MONTH)
    counter.announce()

    pledge.refresh_from_db()
    assert pledge.state == PledgeState.BEHIND
    assert pledge.failures_count >= 1
    assert OutboxItem.objects.filter(kind="pledge_behind").count() == pledge.failures_count
    assert sums() == [1_000]

    counter.fake.change_card(customer, cards.PAYS, world=counter.world)
    counter.fake.advance(days=6)
    counter.announce()

    pledge.refresh_from_db()
    assert (pledge.state, pledge.failures_count) == (PledgeState.ACTIVE, 0)
    assert sums() == [1_000, 1_000]


def test_a_card_that_keeps_failing_ends_the_pledge_and_its_giver_is_told_once(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    counter.fake.change_card(customer_of(counter, pledge), cards.FAILS_LATER, world=counter.world)

    counter.fake.advance(days=90)
    counter.announce()

    pledge.refresh_from_db()
    assert (pledge.state, pledge.stopped_by) == (PledgeState.STOPPED, StoppedBy.PROCESSOR)
    assert OutboxItem.objects.filter(kind="pledge_stopped").count() == 1


def test_a_stopped_pledge_is_never_charged_again_and_can_be_resumed_until_its_time_is_over(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))

    pledge = stop_pledge(pledge, processor=counter.processor, now=timezone.now(), reason=" Too dear. ")
    assert (pledge.state, pledge.stopped_by, pledge.stop_reason) == (PledgeState.STOPPED, StoppedBy.GIVER, "Too dear.")
    pledge = resume_pledge(pledge, processor=counter.processor, now=timezone.now())
    assert (pledge.state, pledge.stopped_at) == (PledgeState.ACTIVE, None)
    pledge = stop_pledge(pledge, processor=counter.processor, now=timezone.now())
    counter.fake.advance(days=A_MONTH)
    counter.announce()

    pledge.refresh_from_db()
    assert pledge.state == PledgeState.STOPPED
    assert pledge.ended_at is not None
    assert sums() == [1_000]
    with pytest.raises(PledgeEnded):
        resume_pledge(pledge, processor=counter.processor, now=timezone.now())


def test_a_changed_sum_counts_from_the_next_instalment_on(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))

    pledge = change_pledge(pledge, amount=Money(1_700, "EUR"), processor=counter.processor, now=timezone.now())
    assert pledge.amount_minor == 1_700
    counter.fake.advance(days=A_MONTH)
    counter.announce()

    assert sums() == [1_000, 1_700]


def test_an_instalment_that_comes_after_the_stop_is_booked_and_named(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    counter.fake.advance(days=A_MONTH)
    late = counter.events("invoice.paid")[-1]
    Pledge.objects.filter(pk=pledge.pk).update(
        state=PledgeState.STOPPED, stopped_at=timezone.now(), ended_at=timezone.now()
    )

    counter.announce([late])

    assert sums() == [1_000, 1_000]
    assert Pledge.objects.get().state == PledgeState.STOPPED
    event = ProcessorEvent.objects.get(event_ref=late.id)
    assert (event.outcome, "after pledge" in event.said) == (Outcome.DONE, True)


def test_an_older_answer_does_not_undo_a_newer_one(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    stop_pledge(pledge, processor=counter.processor, now=timezone.now())
    Pledge.objects.update(told_at=timezone.now() + timedelta(minutes=5), amount_minor=555)

    counter.fake.advance(days=1)
    counter.announce(counter.events("customer.subscription.updated"))

    assert Pledge.objects.get().amount_minor == 555


def test_k13_bills_of_an_older_version_book_the_same(counter: Counter) -> None:
    session = counter.begin(make_campaign(currency="EUR"), 1_000, frequency=Frequency.MONTH)
    counter.pay(session)

    counter.announce(counter.events(), version="2025-02-24.acacia")

    assert sums() == [1_000]


def test_a_refunded_instalment_comes_off_the_meter(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.pledge(campaign)
    gift = Gift.objects.get()

    counter.fake.refund_by_hand(gift.payment_ref, world=counter.world)
    counter.announce()

    assert meter(campaign).raised == Money(0, "EUR")
