"""The processor and the way to it fail in every way; not a cent is lost, none counts twice, somebody is told (F-08)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from readership.funding.auditing import audit
from readership.funding.beginning import Intent, Words, begin
from readership.funding.errors import ProcessorUnavailable
from readership.funding.models import Campaign, Frequency, Gift, GiftState, LedgerEntry, Outcome, ProcessorEvent
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.reconciling import reconcile
from readership.funding.tests.counter import SECRET, Counter, send, work
from readership.funding.tests.makers import make_campaign, make_treasurer
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.faults import Kind
from tests.fake_stripe.things import CheckoutSession

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9/"


def press(counter: Counter, campaign: Campaign, key: str = "form") -> str:
    intent = Intent(campaign, Money(2_500, "EUR"), Money(0, "EUR"), Frequency.ONCE, Words(), key)
    return begin(intent, processor=counter.processor, now=timezone.now())


def sessions(counter: Counter) -> list[str]:
    return [one.id for one in counter.world.all(CheckoutSession)]


def test_f08_k03_fifty_copies_of_each_event_book_once_and_thank_once(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.pay(counter.begin(campaign), email="ann@example.org")
    bodies = [body_of(counter.world, event, None) for event in counter.events()] * 50

    for body in bodies:
        assert send(body, signing.header(body, [SECRET])) == 200
    work()

    assert meter(campaign).raised == Money(2_500, "EUR")
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


def test_f08_k21_after_four_days_without_a_webhook_the_night_makes_the_books_equal(counter: Counter) -> None:
    """For three days the processor tries again; then only its own book tells. The audit and the book agree after."""
    counter.fake.listen(NOWHERE, secret=SECRET, world=counter.world)
    campaign = make_campaign(currency="EUR")
    counter.pay(counter.begin(campaign, 2_500), email="ann@example.org")
    back = counter.begin(campaign, 4_000)
    counter.pay(back, email="bo@example.org")
    payment = counter.world.get(CheckoutSession, back).payment_intent or ""
    counter.fake.refund_by_hand(payment, amount=1_500, world=counter.world)
    counter.pay(counter.begin(campaign, 1_000, frequency=Frequency.MONTH), email="cleo@example.org")

    counter.fake.advance(days=4, is_delivering=True)
    assert counter.fake.webhooks.next_due() is None
    assert not LedgerEntry.objects.exists()
    now = datetime.fromtimestamp(counter.fake.clock.now(), UTC)
    night = reconcile(processor=counter.processor, now=now)
    next_night = reconcile(processor=counter.processor, now=now)

    assert (night.differences, next_night.differences) == ([], [])
    assert meter(campaign).raised == Money(6_000, "EUR")
    assert audit().is_whole
    work()
    thanked = [letter.to[0] for letter in mail.outbox if letter.subject.startswith(("Thank you", "Receipt for"))]
    assert sorted(thanked) == ["ann@example.org", "bo@example.org", "cleo@example.org"]


def test_f08_treasurers_are_told_within_five_minutes_and_once_however_many_events_wait(counter: Counter) -> None:
    make_treasurer()
    campaign = make_campaign(currency="EUR")
    for _number in range(3):
        counter.pay(counter.begin(campaign))
    counter.fake.faults.order(Kind.ERROR_BEFORE, method="GET", times=1_000, is_kept=False)
    for event in counter.events("checkout.session.completed"):
        assert counter.send(event) == 200

    for minutes in (0, 1, 2, 4):
        _pump(minutes)
    assert set(ProcessorEvent.objects.values_list("outcome", flat=True)) == {Outcome.FAILED}
    (told,) = [letter for letter in mail.outbox if "Please look at the money" in letter.subject]
    assert "Nothing is lost" in told.body

    counter.fake.faults.clear()
    _pump(30)
    assert meter(campaign).raised == Money(7_500, "EUR")
    assert set(ProcessorEvent.objects.values_list("outcome", flat=True)) == {Outcome.DONE}


def _pump(minutes: int) -> None:
    pump = Pump(lambda: timezone.now() + timedelta(minutes=minutes, seconds=5))
    while pump.do_due():
        pass


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": Kind.UNREACHABLE},
        {"kind": Kind.ERROR_BEFORE, "status": 503, "is_kept": False},
        {"kind": Kind.LOST_ANSWER},
        {"kind": Kind.HANGS_AFTER, "seconds": 1.0},
    ],
)
def test_f08_what_the_library_may_try_again_leads_to_one_session(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr("readership.funding.processors.stripe.TIMEOUT", 0.5)
    counter.fake.faults.order(path="/v1/checkout/sessions", **fault)

    press(counter, make_campaign(currency="EUR"))

    assert sessions(counter) == [Gift.objects.get().session_ref]


def test_f08_an_error_that_the_processor_keeps_for_its_key_costs_the_giver_a_second_try_only(counter: Counter) -> None:
    """Done, and answered with a 500 that is repeated for a day: the form of the next minute has another key."""
    campaign = make_campaign(currency="EUR")
    counter.fake.faults.order(Kind.ERROR_AFTER, path="/v1/checkout/sessions")
    for _time in range(2):
        with pytest.raises(ProcessorUnavailable):
            press(counter, campaign)

    press(counter, campaign, key="a minute later")
    hidden, shown = sessions(counter)
    counter.pay(shown)
    counter.announce()

    assert meter(campaign).raised == Money(2_500, "EUR")
    # Should the session that nobody was led to be paid all the same, it finds the gift that began it.
    counter.pay(hidden)
    counter.announce()
    assert meter(campaign).raised == Money(5_000, "EUR")
    assert Gift.objects.filter(state=GiftState.RECEIVED).count() == 2


def test_k22_an_order_that_is_tried_again_after_25_hours_pays_nothing_more(counter: Counter) -> None:
    """The processor forgot the key after a day, so what the first try did is looked for before anything is asked."""
    gift = counter.gift(make_campaign(currency="EUR"))
    refund = counter.processor.refund
    first = refund(charge_ref=gift.charge_ref or "", amount=Money(1_000, "EUR"), order_key="order-1")
    counter.fake.advance(days=25 / 24)

    second = refund(charge_ref=gift.charge_ref or "", amount=Money(1_000, "EUR"), order_key="order-1")

    assert second == first
    counter.announce()
    assert meter(gift.campaign).raised == Money(1_500, "EUR")
    assert not OutboxItem.objects.filter(kind="treasurer_alarm").exists()
