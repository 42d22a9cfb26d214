"""A storm of deliveries: shuffled, repeated, at the same time, with programs that die; the sum is exact to the cent.

First with either of the two keys taken away, to see that the storm would show it. PostgreSQL: writers meet there.
The same with real processes and kill -9, at full size, is `python -m bench.storm`.
"""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from readership.funding import charging, webhooks
from readership.funding.auditing import audit
from readership.funding.ledger import Movement
from readership.funding.models import Campaign, Gift, LedgerEntry, Outcome, ProcessorEvent
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.tests.counter import SECRET, Counter, send
from readership.funding.tests.makers import make_campaign
from readership.outbox.pump import LEASE, Pump
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.things import CheckoutSession

pytestmark = pytest.mark.postgresql

GIFTS, REFUNDED, REPEATS, THREADS = 24, 8, 3, 4
EXPECTED = Money(GIFTS * 2_500 - REFUNDED * 700, "EUR")


class Killed(BaseException):
    """Caught by nobody: the transaction is gone, and the lease stays until it runs out."""


def raise_the_storm(counter: Counter, campaign: Campaign, *, deaths: float = 0.0) -> None:
    """Gifts and refunds at the processor, then every event three times, in any order, to several at once."""
    sessions = [counter.begin(campaign) for _number in range(GIFTS)]
    for number, session in enumerate(sessions):
        counter.pay(session, email=f"giver{number}@example.org")
    for session in sessions[:REFUNDED]:
        payment = counter.world.get(CheckoutSession, session).payment_intent or ""
        counter.fake.refund_by_hand(payment, amount=700, world=counter.world)
    bodies = [body_of(counter.world, event, None) for event in counter.events()] * REPEATS
    random.Random(7).shuffle(bodies)
    with ThreadPoolExecutor(THREADS * 2) as threads:
        done = threading.Event()
        pumps = [threads.submit(_pump_until, done, deaths, seed) for seed in range(THREADS)]
        list(threads.map(_deliver, bodies))
        done.set()
        for one in pumps:
            one.result()
    _work_off()


def _deliver(body: str) -> None:
    try:
        assert send(body, signing.header(body, [SECRET])) == 200
    finally:
        connection.close()


def _pump_until(done: threading.Event, deaths: float, seed: int) -> None:
    chance = random.Random(seed)
    try:
        while not done.is_set():
            try:
                with connection.execute_wrapper(_dying(chance, deaths)):
                    Pump().do_due()
            except Killed:
                connection.close()
    finally:
        connection.close()


def _dying(chance: random.Random, deaths: float) -> Callable[..., Any]:
    def step(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if chance.random() < deaths:
            raise Killed
        return execute(sql, params, many, context)

    return step


def _work_off() -> None:
    """What the dead had taken up, once their leases have run out; what failed, at its next try."""
    for hours in range(1, 9):
        last = Pump(lambda: timezone.now() + LEASE + timedelta(hours=12 * hours))  # noqa: B023
        while last.do_due():
            pass


def test_the_sum_is_exact_though_programs_die(counter: Counter, books_for_good: None) -> None:
    campaign = make_campaign(currency="EUR")

    raise_the_storm(counter, campaign, deaths=0.01)

    assert meter(campaign).raised == EXPECTED
    assert Gift.objects.received().count() == GIFTS
    assert LedgerEntry.objects.filter(kind="gift").count() == GIFTS
    assert LedgerEntry.objects.filter(kind="refund").count() == REFUNDED
    assert ProcessorEvent.objects.count() == len(counter.events())
    assert set(ProcessorEvent.objects.values_list("outcome", flat=True)) <= {Outcome.DONE, Outcome.IGNORED}
    assert audit().is_whole


def test_k03_f08_fifty_copies_of_each_event_at_once_are_stored_and_booked_once(
    counter: Counter, books_for_good: None
) -> None:
    campaign = make_campaign(currency="EUR")
    counter.pay(counter.begin(campaign))
    bodies = [body_of(counter.world, event, None) for event in counter.events()]

    with ThreadPoolExecutor(10) as threads:
        for body in bodies:
            list(threads.map(_deliver, [body] * 50))
    _work_off()

    assert ProcessorEvent.objects.count() == len(bodies)
    assert list(LedgerEntry.objects.order_by("number").values_list("kind", "amount_minor")) == [
        ("gift", 2_500),
        ("fee", -63),
    ]
    assert meter(campaign).raised == Money(2_500, "EUR")


def test_without_the_movements_name_the_storm_books_refunds_again(
    counter: Counter, books_for_good: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless(processor: str, ref: str, settled: Money | None = None) -> Movement:
        movement = Movement(processor, ref, settled)
        return replace(movement, ref=f"{ref}-{uuid.uuid4()}") if ref.startswith("re_") else movement

    monkeypatch.setattr(charging, "Movement", nameless)
    monkeypatch.setattr(charging, "_parts_booked", lambda _gift: {})
    campaign = make_campaign(currency="EUR")

    raise_the_storm(counter, campaign)

    assert LedgerEntry.objects.filter(kind="refund").count() > REFUNDED
    assert meter(campaign).raised < EXPECTED


def test_without_the_events_name_the_storm_stores_them_again(
    counter: Counter, books_for_good: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = webhooks.store

    def nameless(announcement: Any, *arguments: Any, **more: Any) -> ProcessorEvent:
        return store(replace(announcement, event_ref=str(uuid.uuid4())), *arguments, **more)

    monkeypatch.setattr("readership.funding.webhook_views.store", nameless)
    campaign = make_campaign(currency="EUR")

    raise_the_storm(counter, campaign)

    assert ProcessorEvent.objects.count() == len(counter.events()) * REPEATS
    # The other key holds: the sum stays exact.
    assert meter(campaign).raised == EXPECTED
