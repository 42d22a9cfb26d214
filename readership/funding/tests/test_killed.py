"""F-03: a process is killed with -9 at 23 places on the way of a gift; the books equal the processor's, thanked for once.

A copy of this process goes each part of the way and kills itself at a statement. Then the world goes on: the giver
presses again, the processor sends again, and the pump takes up what was left. `test_crashes.py` does the same at
every statement, with an exception; real servers under a storm are killed by `python -m bench.storm`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.funding.auditing import audit
from readership.funding.beginning import Intent, Words, begin
from readership.funding.models import Campaign, Frequency, Gift, LedgerEntry, Outcome, ProcessorEvent
from readership.funding.money import Money
from readership.funding.reconciling import reconcile
from readership.funding.tests.counter import SECRET, Counter, send
from readership.funding.tests.killing import killed_at
from readership.funding.tests.makers import make_campaign
from readership.outbox.pump import LEASE, Pump
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.things import CheckoutSession

pytestmark = pytest.mark.postgresql
CUTS = 23
# As in test_crashes.py.
RIGHT = [("cover", 64), ("cover_back", -12), ("fee", -63), ("gift", 2_500), ("refund", -488)]


def test_f03_killed_at_23_places_the_books_are_the_processors_and_thanks_go_out_once(
    counter: Counter, books_for_good: None, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    pressing, working = _statements_of_a_story(counter)
    places = [*range(1, pressing + 1), *(1 + working * n // (CUTS - pressing) for n in range(CUTS - pressing))]

    for number, place in enumerate(places):
        campaign = make_campaign(currency="EUR")
        email = f"giver{number}@example.org"
        if number < pressing:
            killed_at(place, partial(_press, counter, campaign))
        session = _press(counter, campaign)
        bodies = _happen(counter, session, email)
        if number >= pressing:
            killed_at(place, partial(_deliver_and_work, bodies, later=timedelta()))
        _deliver_and_work(bodies, later=(number + 1) * (LEASE + timedelta(minutes=1)))

        assert _booked(campaign) == RIGHT, f"killed at statement {place}"
        thanks = _thanks_to(email, tmp_path)
        # Killed between sending and noting it, the same letter goes out once more, under the same name.
        assert len(set(thanks)) == 1
        assert len(thanks) <= 2
    assert len(places) == CUTS
    assert set(ProcessorEvent.objects.values_list("outcome", flat=True)) == {Outcome.DONE, Outcome.IGNORED}
    assert reconcile(processor=counter.processor, now=timezone.now() + timedelta(minutes=10)).differences == []
    assert audit().is_whole


def _statements_of_a_story(counter: Counter) -> tuple[int, int]:
    """How many statements pressing takes, and working through what the processor tells."""
    campaign, seen = make_campaign(currency="EUR"), [0]

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        seen[0] += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        session = _press(counter, campaign)
        pressing, seen[0] = seen[0], 0
        bodies = _happen(counter, session, "first@example.org")
        seen[0] = 0
        _deliver_and_work(bodies, later=timedelta())
    assert _booked(campaign) == RIGHT
    return pressing, seen[0]


def _press(counter: Counter, campaign: Campaign) -> str:
    """The giving form, sent; the same again leads to the same session."""
    intent = Intent(campaign, Money(2_500, "EUR"), Money(64, "EUR"), Frequency.ONCE, Words(), f"pressed-{campaign.pk}")
    begin(intent, processor=counter.processor, now=timezone.now())
    return str(Gift.objects.get(campaign=campaign).session_ref)


def _happen(counter: Counter, session: str, email: str) -> list[str]:
    """Paid, and a part paid back by hand: the bodies of all events that nobody has heard of yet."""
    counter.pay(session, email=email)
    payment = counter.world.get(CheckoutSession, session).payment_intent or ""
    counter.fake.refund_by_hand(payment, amount=500, world=counter.world)
    stored = set(ProcessorEvent.objects.values_list("event_ref", flat=True))
    return [body_of(counter.world, event, None) for event in counter.events() if event.id not in stored]


def _deliver_and_work(bodies: list[str], *, later: timedelta) -> None:
    """What was stored before is stored; `later` a lease of somebody who was killed has run out."""
    for body in bodies:
        assert send(body, signing.header(body, [SECRET])) == 200
    pump = Pump(lambda: timezone.now() + later)
    while pump.do_due():
        pass


def _booked(campaign: Campaign) -> list[tuple[str, int]]:
    entries = LedgerEntry.objects.filter(campaign=campaign).order_by("kind", "amount_minor")
    return list(entries.values_list("kind", "amount_minor"))


def _thanks_to(email: str, folder: Path) -> list[str]:
    """The name of each letter of thanks that went to `email`."""
    # Two connections of one second may share a file.
    texts = [
        text for file in folder.iterdir() for text in re.split(rb"^-{79}\n", file.read_bytes(), flags=re.M) if text
    ]
    letters = [message_from_bytes(text, policy=policy.default) for text in texts]
    to_the_giver = [one for one in letters if one["To"] == email and "Thank you" in one["Subject"]]
    return [str(one["Message-ID"]) for one in to_the_giver if "receipt" in _plain_text(one)]


def _plain_text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return body.get_content() if isinstance(body, EmailMessage) else ""
