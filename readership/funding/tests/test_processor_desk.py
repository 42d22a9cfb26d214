"""The processor at the desk: events in question, and a comparison that is green or names each difference."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.balance_list import balance, balance_months
from readership.funding.comparing import comparison_under_way, order_comparison
from readership.funding.models import Gift, Outcome, ProcessorEvent, ProcessorName, Reconciliation
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.reconciling import reconcile
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import (
    ADMIN,
    make_campaign,
    make_event,
    make_online_gift,
    make_reader,
    make_treasurer,
)
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db
PROCESSOR = "/admin/funding/processor/"
EVENTS = "/admin/funding/processor/events/"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def test_what_is_in_question_stands_first_and_the_rest_under_all(desk: Client) -> None:
    make_event(outcome=Outcome.UNMATCHED, said="fits nothing")
    make_event(outcome=Outcome.REFUSED, said="was refused")
    make_event(outcome=Outcome.FAILED, said="has failed")
    make_event(outcome=Outcome.DONE, said="was booked")
    make_event(outcome=Outcome.UNMATCHED, said="lies aside", settled_at=timezone.now())

    page, everything = (desk.get(address).content.decode() for address in (EVENTS, f"{EVENTS}?show=all"))

    for said in ("fits nothing", "was refused", "has failed"):
        assert said in page
        assert said in everything
    for said in ("was booked", "lies aside"):
        assert said not in page
        assert said in everything


def test_a02_the_body_of_an_event_is_shown_as_words(desk: Client) -> None:
    event = make_event(body=f'{{"name": "{EVIL}"}}'.encode(), said=EVIL)
    broken = make_event(body=b"\xff not json " + EVIL.encode())

    for one in (event, broken):
        page = desk.get(f"{EVENTS}{one.pk}/").content.decode()
        assert EVIL not in page
        assert "&lt;img" in page


def test_an_event_that_fitted_nothing_is_tried_again_and_booked(desk: Client, counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign, 2_500)
    Gift.objects.update(amount_minor=9_900)
    counter.pay(session)
    counter.announce()
    event = ProcessorEvent.objects.filter(outcome=Outcome.UNMATCHED).first()
    assert event
    Gift.objects.update(amount_minor=2_500)

    desk.post(f"{EVENTS}{event.pk}/again/")

    event.refresh_from_db()
    assert event.outcome == Outcome.DONE
    assert meter(campaign).raised == Money(2_500, "EUR")


def test_an_event_is_put_aside_and_stays_on_record(desk: Client) -> None:
    event = make_event()

    assert desk.get(f"{EVENTS}{event.pk}/aside/").status_code == 405
    desk.post(f"{EVENTS}{event.pk}/aside/")

    event.refresh_from_db()
    assert event.settled_at
    assert "Nothing is in question" in desk.get(EVENTS).content.decode()


def test_without_a_processor_trying_again_says_so(desk: Client) -> None:
    event = make_event()

    page = desk.post(f"{EVENTS}{event.pk}/again/", follow=True).content.decode()

    assert "not set up any more" in page


def test_a_comparison_is_ordered_done_and_green(desk: Client, counter: Counter) -> None:
    counter.gift(make_campaign(currency="EUR"), 2_500)
    assert "Compare now" in desk.get(PROCESSOR).content.decode()

    desk.post(PROCESSOR, {"days": "30"})
    desk.post(PROCESSOR, {"days": "30"})

    assert OutboxItem.objects.filter(kind="comparison").count() == 1
    waiting = desk.get(PROCESSOR).content.decode()
    assert "was ordered at" in waiting
    assert "Compare now" not in waiting
    work()
    page = desk.get(PROCESSOR).content.decode()
    assert "Green: the books agree" in page
    assert "€25" in page
    (result,) = Reconciliation.objects.all()
    assert result.until - result.since == timedelta(days=30)


def test_k21_each_difference_is_named(desk: Client, counter: Counter) -> None:
    session = counter.begin(make_campaign(currency="EUR"))
    Gift.objects.update(amount_minor=9_900)
    counter.pay(session)

    # A moment later: the processor's book is asked for what lies before.
    reconcile(processor=counter.processor, now=timezone.now() + timedelta(minutes=10))

    page = desk.get(PROCESSOR).content.decode()
    result = Reconciliation.objects.get()
    assert "Red: " in page
    assert len(result.differences) >= 1
    assert desk.get(f"{PROCESSOR}comparisons/{result.pk}/").content.decode().count("<li>") >= len(result.differences)


def test_a_comparison_that_failed_says_when_it_is_tried_again(desk: Client, counter: Counter) -> None:
    order_comparison(days=7)
    counter.fake.close()

    work()

    under_way = comparison_under_way()
    assert under_way
    assert under_way.has_failed
    assert "is tried again at" in desk.get(PROCESSOR).content.decode()


def test_without_a_processor_the_page_says_what_to_do_and_orders_nothing(desk: Client) -> None:
    assert "No payment processor is set up" in desk.get(PROCESSOR).content.decode()

    desk.post(PROCESSOR)

    assert not OutboxItem.objects.filter(kind="comparison").exists()


def test_the_balance_and_the_months_are_what_was_moved(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign, 2_500, cover=100)
    counter.fake.refund_by_hand(gift.payment_ref, amount=1_000, world=counter.world)
    counter.announce()

    (month,) = balance_months(ProcessorName.STRIPE, is_trial=False)

    assert (month.charged, month.back) == ("€26", "-€10")
    (left,) = balance(ProcessorName.STRIPE, is_trial=False)
    lines = counter.processor.balance_lines(
        since=timezone.now() - timedelta(days=1), until=timezone.now() + timedelta(minutes=1)
    )
    assert left.minor == sum(line.amount.minor - line.fee.minor for line in lines)


def test_trials_are_in_no_balance_of_the_books() -> None:
    make_online_gift(is_trial=True)

    assert balance(ProcessorName.STRIPE, is_trial=False) == []
    assert len(balance(ProcessorName.STRIPE, is_trial=True)) == 1


@pytest.mark.parametrize(
    "page", [PROCESSOR, f"{PROCESSOR}comparisons/1/", EVENTS, f"{EVENTS}1/", f"{EVENTS}1/again/", f"{EVENTS}1/aside/"]
)
def test_c17_the_processor_is_closed_to_others(page: str) -> None:
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert {client.get(page).status_code, client.post(page).status_code} <= {403, 405}


def test_the_lists_take_as_many_queries_for_many_as_for_one(
    desk: Client, counter: Counter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for _number in range(12):
        make_event()
        make_online_gift()
        Reconciliation.objects.create(
            processor=ProcessorName.STRIPE, since=now, until=now, movements_count=1, differences=["x"]
        )

    for page in (PROCESSOR, EVENTS):
        with django_assert_max_num_queries(22):
            desk.get(page)
