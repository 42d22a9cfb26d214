"""Does what lies in the outbox.

An item is claimed by one UPDATE that only succeeds while nobody holds it, so any number of pumps on any
number of machines may run on either database. Its handler runs outside the transaction. Killed between doing
and noting it done, the item is done again when its lease has run out: that is the only way to a double.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from readership.outbox.models import OutboxItem, OutboxItemQuerySet
from readership.outbox.postbox import postbox_at_hand
from readership.outbox.putting import wake_up
from readership.outbox.registry import Lane, handler_of, mail_kinds

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=12)
LEASE = timedelta(minutes=5)
AT_ONCE = 50
# How often to look whether something was put, and how often into the table in any case.
LOOK_EVERY = 0.2
LOOK_INTO_TABLE_EVERY = timedelta(seconds=15)
KEPT_WHEN_DONE = timedelta(days=7)
LONGEST_ERROR = 2_000


class Pump:
    """Does what is due in one lane, or in all."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now, *, lane: Lane | None = None) -> None:
        self._clock, self._lane = clock, lane
        self._is_stopping = threading.Event()

    def run(self) -> None:
        """Do what is due, for ever or until `stop`; the item under way is finished."""
        with postbox_at_hand() as postbox:
            while not self._is_stopping.is_set():
                close_old_connections()
                seen = wake_up()[0]
                if self.do_due() == 0:
                    postbox.close()
                    self._sleep(until_moved_from=seen)

    def stop(self) -> None:
        self._is_stopping.set()

    def do_due(self) -> int:
        """Do up to `AT_ONCE` items that are due. Returns how many were tried."""
        due = list(self._in_lane(OutboxItem.objects.due(now=self._clock()))[:AT_ONCE])
        tried = 0
        for item in due:
            if self._is_stopping.is_set():
                break
            tried += self._do(item)
        return tried

    def _in_lane(self, items: OutboxItemQuerySet) -> OutboxItemQuerySet:
        if self._lane is None:
            return items
        return items.filter(kind__in=mail_kinds()) if self._lane is Lane.MAIL else items.exclude(kind__in=mail_kinds())

    def _do(self, item: OutboxItem) -> bool:
        now = self._clock()
        if not claim(item, now=now):
            return False
        try:
            handle(item)
        except Exception as error:
            log.warning("Outbox: %s failed at attempt %s.", item, item.attempts, exc_info=True)
            put_off(item, error=repr(error), now=self._clock())
        else:
            mark_done(item, now=self._clock())
        return True

    def _sleep(self, *, until_moved_from: int) -> None:
        end = self._clock() + LOOK_INTO_TABLE_EVERY
        while self._clock() < end and wake_up()[0] == until_moved_from:
            if self._is_stopping.wait(LOOK_EVERY):
                return


class NobodyHandles(Exception):
    """An item of a kind that no app of this version knows: kept, tried again later and reported."""


def claim(item: OutboxItem, *, now: datetime) -> bool:
    """Take `item` for `LEASE`. False when somebody else was quicker."""
    taken = (
        OutboxItem.objects.due(now=now)
        .filter(pk=item.pk, attempts=item.attempts)
        .order_by()
        .update(leased_until=now + LEASE, attempts=item.attempts + 1)
    )
    item.attempts += taken
    return taken == 1


def handle(item: OutboxItem) -> None:
    handler = handler_of(item.kind)
    if handler is None:
        raise NobodyHandles(item.kind)
    handler(item.payload)


def mark_done(item: OutboxItem, *, now: datetime) -> None:
    OutboxItem.objects.filter(pk=item.pk).update(done_at=now, leased_until=None, last_error="")


def put_off(item: OutboxItem, *, error: str, now: datetime) -> None:
    """Try again later, four times as late each time; after the last attempt, give up and say so."""
    is_last = item.attempts >= MOST_ATTEMPTS
    if is_last:
        log.error("Outbox: %s was given up after %s attempts: %s", item, item.attempts, error)
    OutboxItem.objects.filter(pk=item.pk).update(
        next_at=now + delay_after(item.attempts),
        given_up_at=now if is_last else None,
        leased_until=None,
        last_error=error[:LONGEST_ERROR],
    )


def delay_after(attempts: int) -> timedelta:
    # 1, 4, 16 … minutes: eight attempts are spread over more than two days.
    return min(FIRST_DELAY * (1 << 2 * (attempts - 1)), LONGEST_DELAY)


def sweep(*, now: datetime) -> int:
    """Forget what was done long ago. Returns how many. What was given up stays until somebody decides."""
    return OutboxItem.objects.filter(done_at__lt=now - KEPT_WHEN_DONE).delete()[0]
