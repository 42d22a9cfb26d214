"""Does what lies in the outbox.

An item is claimed by one UPDATE that only succeeds while nobody holds it, so any number of pumps on any
number of machines may run on either database. Its handler runs outside the transaction. Killed between doing
and noting it done, the item is done again when its lease has run out: that is the only way to a double, but for
a server that takes something and goes away before it says so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from readership.outbox.errors import HeldUp, Hopeless, PerhapsDone, ServerAway
from readership.outbox.models import OutboxItem, OutboxItemQuerySet
from readership.outbox.postbox import deliveries, postbox_at_hand
from readership.outbox.putting import wake_up
from readership.outbox.registry import Lane, handler_of, kinds_in, kinds_outside
from readership.outbox.resting import Rest

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

    def __init__(
        self, clock: Callable[[], datetime] = timezone.now, *, lane: Lane | None = None, lease: timedelta = LEASE
    ) -> None:
        self._clock, self._lane, self._lease = clock, lane, lease
        self._is_stopping = threading.Event()
        self._rest = Rest()

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
        tried = 0
        for item in self._due():
            if self._is_stopping.is_set() or self._rest.lasts(self._clock()):
                break
            tried += self._do(item)
        return tried

    def _due(self) -> list[OutboxItem]:
        now = self._clock()
        if self._rest.lasts(now):
            return []
        due = self._in_lane(OutboxItem.objects.due(now=now))[:AT_ONCE]
        # The one at which the server went away comes last: it may be the reason.
        return sorted(due, key=lambda item: item.pk == self._rest.suspect)

    def _in_lane(self, items: OutboxItemQuerySet) -> OutboxItemQuerySet:
        if self._lane is None:
            return items
        # What nobody handles is noticed where all work is done.
        is_work = self._lane is Lane.WORK
        return (
            items.exclude(kind__in=kinds_outside(Lane.WORK)) if is_work else items.filter(kind__in=kinds_in(self._lane))
        )

    def _do(self, item: OutboxItem) -> bool:
        if not claim(item, now=self._clock(), lease=self._lease):
            return False
        sent = deliveries()
        try:
            handle(item)
        except Exception as error:
            self._note_failure(item, error, now=self._clock())
        else:
            mark_done(item, now=self._clock())
            if deliveries() != sent:
                self._go_on()
        return True

    def _note_failure(self, item: OutboxItem, error: Exception, *, now: datetime) -> None:
        match error:
            case ServerAway():
                if self._take_rest(item, error, now=now):
                    put_off(item, error=str(error), now=now)
                else:
                    release(item, error=str(error))
            case PerhapsDone():
                self._take_rest(item, error, now=now)
                put_off(item, error=str(error), now=now)
            case HeldUp():
                log.info("Outbox: %s has to wait: %s", item, error)
                if put_off(item, error=str(error), now=now):
                    error.when_given_up()
            case Hopeless():
                give_up(item, error=str(error), now=now)
            case _:
                log.warning("Outbox: %s failed at attempt %s.", item, item.attempts, exc_info=error)
                # A fault of ours must not keep what else goes to that person waiting.
                leave_line(item)
                put_off(item, error=repr(error), now=now)

    def _take_rest(self, item: OutboxItem, error: Exception, *, now: datetime) -> bool:
        """Returns whether `item` is to blame, and not the server."""
        if not self._rest.has_begun:
            log.warning("Outbox: %s waits, and is tried again by itself. %s", self._name, error)
        return self._rest.begin(now, item=item.pk)

    def _go_on(self) -> None:
        if self._rest.has_begun:
            log.warning("Outbox: %s goes on.", self._name)
        self._rest.end()

    @property
    def _name(self) -> str:
        return f"what is in the lane “{self._lane.value}”" if self._lane else "all"

    def _sleep(self, *, until_moved_from: int) -> None:
        now = self._clock()
        is_resting = self._rest.lasts(now)
        end = now + (self._rest.left(now) if is_resting else LOOK_INTO_TABLE_EVERY)
        # While it rests, nothing that is put makes it look.
        while self._clock() < end and (is_resting or wake_up()[0] == until_moved_from):
            if self._is_stopping.wait(LOOK_EVERY):
                return


class NobodyHandles(Exception):
    """An item of a kind that no app of this version knows: kept, tried again later and reported."""


def claim(item: OutboxItem, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Take `item` for that long. False when somebody else was quicker."""
    taken = (
        OutboxItem.objects.due(now=now)
        .filter(pk=item.pk, attempts=item.attempts)
        .order_by()
        .update(leased_until=now + lease, attempts=item.attempts + 1)
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


def put_off(item: OutboxItem, *, error: str, now: datetime) -> bool:
    """Try again later, four times as late each time. After the last attempt: give up, and return that."""
    if item.attempts >= MOST_ATTEMPTS:
        give_up(item, error=error, now=now)
        return True
    OutboxItem.objects.filter(pk=item.pk).update(
        next_at=now + delay_after(item.attempts), leased_until=None, last_error=error[:LONGEST_ERROR]
    )
    return False


def release(item: OutboxItem, *, error: str) -> None:
    """As if it had not been tried."""
    OutboxItem.objects.filter(pk=item.pk).update(
        attempts=item.attempts - 1, leased_until=None, last_error=error[:LONGEST_ERROR]
    )


def give_up(item: OutboxItem, *, error: str, now: datetime) -> None:
    log.error("Outbox: %s was given up after %s attempts: %s", item, item.attempts, error)
    OutboxItem.objects.filter(pk=item.pk).update(given_up_at=now, leased_until=None, last_error=error[:LONGEST_ERROR])


def leave_line(item: OutboxItem) -> None:
    if item.line:
        OutboxItem.objects.filter(pk=item.pk).update(line="")


def delay_after(attempts: int) -> timedelta:
    # 1, 4, 16 … minutes: eight attempts are spread over more than two days.
    return min(FIRST_DELAY * (1 << 2 * (attempts - 1)), LONGEST_DELAY)


def sweep(*, now: datetime) -> int:
    """Forget what was done long ago. Returns how many. What was given up stays until somebody decides."""
    return OutboxItem.objects.filter(done_at__lt=now - KEPT_WHEN_DONE).delete()[0]
