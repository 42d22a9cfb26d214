"""F-03: the program dies at every single step of a gift; what remains ends in the same books, thanked for once.

A death is an exception that nobody catches, raised at the n-th statement: the transaction is gone, as after kill -9.
Then the world goes on as it does: the processor sends again what was not answered with success, the pump takes up
what was left when its lease has run out, and the giver, who saw an error, presses again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from readership.funding.auditing import audit
from readership.funding.models import Campaign, Gift, GiftState, LedgerEntry, ProcessorEvent
from readership.funding.tests.counter import SECRET, Counter, send
from readership.funding.tests.makers import make_campaign
from readership.outbox.models import OutboxItem
from readership.outbox.pump import LEASE, Pump
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.things import CheckoutSession


class Killed(BaseException):
    """Not an Exception: nothing of ours may catch it and go on."""


@contextmanager
def dying_at(number: int) -> Iterator[list[int]]:
    """Die at the `number`-th statement from here on. Yields how many there were."""
    seen = [0]

    def step(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen[0] += 1
        if seen[0] == number:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(step):
        yield seen


@dataclass
class Story:
    """One gift, from the form to the refund. `session` and `is_refunded` happened outside, and stay happened."""

    counter: Counter
    campaign: Campaign
    session: str = ""
    is_refunded: bool = False
    later: timedelta = timedelta()

    def go_on(self) -> None:
        """Whatever is not done yet, as the giver, the processor and the pump do it."""
        if not self.session:
            session = self.counter.begin(self.campaign, 2_500, cover=64)
            self.counter.pay(session)
            self.session = session
        if not self.is_refunded:
            payment = self.counter.world.get(CheckoutSession, self.session).payment_intent or ""
            self.counter.fake.refund_by_hand(payment, amount=500, world=self.counter.world)
            self.is_refunded = True
        self._deliver()
        # Later each time: a lease of somebody who died has run out.
        self.later += LEASE + timedelta(minutes=1)
        pumping = Pump(lambda: timezone.now() + self.later)
        while pumping.do_due():
            pass

    def _deliver(self) -> None:
        """What was not answered with success, the processor sends again."""
        stored = set(ProcessorEvent.objects.values_list("event_ref", flat=True))
        for event in self.counter.events():
            if event.id not in stored:
                body = body_of(self.counter.world, event, None)
                assert send(body, signing.header(body, [SECRET])) == 200

    def booked(self) -> list[tuple[str, int]]:
        entries = LedgerEntry.objects.filter(campaign=self.campaign).order_by("kind", "amount_minor")
        return list(entries.values_list("kind", "amount_minor"))


# 2.564 of the part for the fee, rounded: of 5.00 back from 25.64, 4.88 were the gift and 0.12 for the fee.
RIGHT = [("cover", 64), ("cover_back", -12), ("fee", -63), ("gift", 2_500), ("refund", -488)]


@pytest.mark.sqlite
def test_f03_died_at_any_statement_the_books_are_right_in_the_end(counter: Counter, books_for_good: None) -> None:
    with dying_at(0) as seen:
        first = Story(counter, make_campaign(currency="EUR"))
        first.go_on()
    assert first.booked() == RIGHT
    assert seen[0] > 40

    # Every third: each was tried once, and a step that stops being safe spans more than one statement.
    for number in range(1, seen[0] + 1, 3):
        story = Story(counter, make_campaign(currency="EUR"))
        mails = len(mail.outbox)
        with suppress(Killed), dying_at(number):
            story.go_on()
        story.go_on()

        assert story.booked() == RIGHT, f"died at statement {number}"
        gift = Gift.objects.get(campaign=story.campaign, state=GiftState.RECEIVED)
        assert OutboxItem.objects.filter(kind="gift_thanks", key=f"gift-{gift.pk}", done_at__isnull=False).count() == 1
        assert len(mail.outbox) > mails
    assert audit().is_whole
