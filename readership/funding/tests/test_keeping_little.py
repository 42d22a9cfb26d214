"""What a stolen database must not hold: secrets of payments, cards, whole accounts (attack K20)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from readership.funding.expiring import BODIES_KEPT, forget_bodies
from readership.funding.models import Outcome, ProcessorEvent
from readership.funding.money import Money
from readership.funding.processors.stripe_events import without_secrets
from readership.funding.queries import meter
from readership.funding.refunding import order_refund
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import make_campaign, make_event, make_reader
from readership.funding.webhooks import put_aside
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db


def everything_stored() -> str:
    """Every cell of every table, as the database has it; binary ones as text."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = cursor.fetchall()
            found.extend(
                bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in rows
                for cell in row
            )
    return "\n".join(found)


def test_k20_of_a_gift_its_refund_and_a_pledge_no_secret_and_no_card_is_stored(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    order_refund(
        gift=gift,
        amount=Money(500, "EUR"),
        reason="Asked",
        ordered_by=make_reader(),
        submission_key="a",
        now=timezone.now(),
    )
    work()
    counter.pledge(campaign)
    counter.announce(counter.events())
    stored = everything_stored()

    assert "payment_intent.succeeded" in stored
    for secret in ("_secret_", "fingerprint", '"4242"', "4242424242424242", "exp_month", "sk_live", "whsec_"):
        assert secret not in stored


def test_k20_only_what_is_secret_is_left_out_of_an_event() -> None:
    event = {
        "id": "evt",
        "data": {"object": {"id": "pi", "client_secret": "pi_secret_x", "next": [{"fingerprint": "f"}]}},
    }

    kept = json.loads(without_secrets(json.dumps(event).encode()))

    assert kept == {"id": "evt", "data": {"object": {"id": "pi", "next": [{}]}}}


@pytest.mark.parametrize("body", [b'{"id":  "evt", "data": {"client_secret": null}}', b'{"a": [1, "x", null]}'])
def test_what_holds_no_secret_is_kept_byte_for_byte(body: bytes) -> None:
    assert without_secrets(body) == body


def test_k20_what_was_done_long_ago_is_forgotten_but_for_its_name(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.gift(campaign)
    put_aside(make_event(), now=timezone.now())
    waiting = [make_event(outcome=outcome) for outcome in (Outcome.UNMATCHED, Outcome.FAILED, Outcome.WAITING)]
    later = timezone.now() + BODIES_KEPT

    assert forget_bodies(now=later - timedelta(minutes=5)) == 0
    assert forget_bodies(now=later + timedelta(minutes=5)) > 1
    assert forget_bodies(now=later + timedelta(minutes=5)) == 0

    assert set(ProcessorEvent.objects.exclude(body=b"")) == set(waiting)
    # Told once more after all this time, it is still the same event.
    events = ProcessorEvent.objects.count()
    counter.announce(counter.events())
    assert ProcessorEvent.objects.count() == events
    assert meter(campaign).raised == Money(2_500, "EUR")
    assert not OutboxItem.objects.filter(kind="treasurer_alarm").exists()
