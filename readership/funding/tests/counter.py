"""A newsroom with a Stripe account that lives on this machine: gifts are begun, paid there, and announced here."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from readership.funding.beginning import Intent, Words, begin
from readership.funding.models import Campaign, Frequency, Gift, Pledge, ProcessorEvent
from readership.funding.money import Money
from readership.funding.processors.base import Processor
from readership.funding.processors.choosing import processor
from readership.outbox.pump import Pump
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.fake import LIVE_KEY, FakeStripe
from tests.fake_stripe.running import running
from tests.fake_stripe.things import Event
from tests.fake_stripe.world import World

SECRET = "whsec_counter"
WEBHOOK = "/gifts/webhooks/stripe/"
_keys = itertools.count(1)


@dataclass
class Counter:
    """`fake` is Stripe; `world` our live account in it."""

    fake: FakeStripe
    world: World

    @property
    def processor(self) -> Processor:
        chosen = processor()
        assert chosen is not None
        return chosen

    def begin(
        self, campaign: Campaign, minor: int = 2_500, *, cover: int = 0, frequency: Frequency = Frequency.ONCE
    ) -> str:
        """The session's name."""
        key = f"counter-{next(_keys)}"
        currency = campaign.currency
        intent = Intent(campaign, Money(minor, currency), Money(cover, currency), frequency, Words(), key)
        begin(intent, processor=self.processor, now=timezone.now())
        model = Gift if frequency == Frequency.ONCE else Pledge
        return str(model.objects.get(submission_key=key).session_ref)

    def pay(self, session_ref: str, **how: Any) -> str:
        return self.fake.pay(session_ref, world=self.world, **how)

    def gift(self, campaign: Campaign, minor: int = 2_500, *, cover: int = 0, email: str = "ann@example.org") -> Gift:
        """Begun, paid and announced."""
        session_ref = self.begin(campaign, minor, cover=cover)
        self.pay(session_ref, email=email)
        self.announce()
        return Gift.objects.get(session_ref=session_ref)

    def pledge(self, campaign: Campaign, minor: int = 1_000, *, email: str = "ann@example.org") -> Pledge:
        session_ref = self.begin(campaign, minor, frequency=Frequency.MONTH)
        self.pay(session_ref, email=email)
        self.announce()
        return Pledge.objects.get(session_ref=session_ref)

    def events(self, *types: str) -> list[Event]:
        """Oldest first."""
        return self.fake.events(*types, world=self.world)

    def announce(self, events: Iterable[Event] | None = None, *, version: str | None = None) -> None:
        """Deliver `events` (what was not delivered yet), then do what they lead to."""
        known = set(ProcessorEvent.objects.values_list("event_ref", flat=True))
        waiting = [event for event in self.events() if event.id not in known]
        for event in waiting if events is None else events:
            assert self.send(event, version=version) == 200
        work()

    def send(self, event: Event, *, version: str | None = None, secret: str = SECRET) -> int:
        body = body_of(self.world, event, version)
        return send(body, signing.header(body, [secret]))


def send(body: str | bytes, signature: str) -> int:
    headers = {"Stripe-Signature": signature}
    return Client().post(WEBHOOK, body, content_type="application/json", headers=headers).status_code


def work() -> None:
    """Do what lies in the outbox until nothing is due."""
    while Pump().do_due():
        pass


@contextmanager
def counter_open(settings: Any) -> Iterator[Counter]:
    with running() as fake:
        settings.STRIPE_SECRET_KEY = LIVE_KEY
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        settings.STRIPE_ADDRESS = fake.url
        yield Counter(fake, fake.live)


def with_changes(body: str, **changes: Any) -> str:
    return json.dumps({**json.loads(body), **changes})
