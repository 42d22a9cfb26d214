"""Whatever order, number and version the processor's events come in, the books end the same (K03, F-08)."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction

from readership.funding.auditing import audit
from readership.funding.models import LedgerEntry
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import make_campaign
from tests.fake_stripe.things import CheckoutSession

pytestmark = pytest.mark.django_db


def booked() -> list[tuple[str, int]]:
    return [(entry.kind, entry.amount_minor) for entry in LedgerEntry.objects.order_by("number")]


# A gift, a part of it paid back, and what was left reclaimed through the bank.
STORY = [
    "checkout.session.completed",
    "charge.updated",
    "refund.created",
    "charge.refunded",
    "charge.dispute.funds_withdrawn",
]
# Of 4.00 paid back from 25.64, 3.90 were the gift; the bank took the rest, and 20.00 for its trouble.
RIGHT = [
    ("cover", 64),
    ("cover_back", -54),
    ("cover_back", -10),
    ("dispute", -2_110),
    ("fee", -2_000),
    ("fee", -63),
    ("gift", 2_500),
    ("refund", -390),
]


@pytest.mark.sqlite
def test_k03_f08_all_120_orders_of_a_story_of_five_events_end_in_the_same_books(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.world.is_balance_late = True
    session = counter.begin(campaign, 2_500, cover=64)
    counter.pay(session)
    counter.fake.book_late_charges(world=counter.world)
    counter.fake.refund_by_hand(_payment_ref(counter, session), amount=400, world=counter.world)
    counter.fake.dispute(_payment_ref(counter, session), amount=2_164, world=counter.world)
    story = [counter.events(kind)[0] for kind in STORY]
    endings = {}

    for order in itertools.permutations(story):
        # Each order begins with an empty ledger.
        with transaction.atomic():
            counter.announce(order)
            names = tuple(event.type for event in order)
            endings[names] = (sorted(booked()), meter(campaign).raised, audit().is_whole)
            transaction.set_rollback(True)

    assert len(endings) == 120
    assert set(map(repr, endings.values())) == {repr((RIGHT, Money(0, "EUR"), True))}


def _payment_ref(counter: Counter, session: str) -> str:
    return str(counter.world.get(CheckoutSession, session).payment_intent)


def test_k03_a_refund_that_arrives_before_its_gift_books_both(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.pay(session)
    counter.fake.refund_by_hand(_payment_ref(counter, session), amount=1_000, world=counter.world)

    counter.announce(counter.events("refund.created"))

    assert meter(campaign).raised == Money(1_500, "EUR")
    counter.announce()
    assert meter(campaign).raised == Money(1_500, "EUR")
