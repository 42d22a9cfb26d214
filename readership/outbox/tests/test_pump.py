"""At least once, normally once, never lost (attack cases G09, G10; fault F-05)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from readership.outbox import pump as pumping
from readership.outbox import put, registry
from readership.outbox.models import OutboxItem
from readership.outbox.pump import LEASE, MOST_ATTEMPTS, Pump, claim, delay_after, sweep

NOW = datetime(2126, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Worker:
    """Does items of kind "probe", or fails at it."""

    done: list[dict[str, Any]] = field(default_factory=list)
    fails: bool = False
    dies: bool = False

    def __call__(self, payload: dict[str, Any]) -> None:
        if self.fails:
            raise OSError("The mail server is away.")
        self.done.append(payload)
        if self.dies:
            raise KeyboardInterrupt


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    worker = Worker()
    monkeypatch.setitem(registry._handlers, "probe", worker)
    return worker


@pytest.fixture
def clock() -> Clock:
    return Clock()


def item() -> OutboxItem:
    return OutboxItem.objects.get()


@pytest.mark.django_db
def test_an_item_is_done_once(worker: Worker, clock: Clock) -> None:
    put("probe", key="gift-7", payload={"gift": 7})

    tried = [Pump(clock).do_due() for _ in range(3)]

    assert worker.done == [{"gift": 7}]
    assert tried == [1, 0, 0]
    assert item().done_at == NOW


@pytest.mark.django_db
def test_the_same_thing_is_put_once_and_the_second_time_is_no_error(worker: Worker, clock: Clock) -> None:
    for _ in range(2):
        put("probe", key="gift-7", payload={"gift": 7})
    Pump(clock).do_due()
    put("probe", key="gift-7", payload={"gift": 7})
    Pump(clock).do_due()

    assert worker.done == [{"gift": 7}]


@pytest.mark.django_db(transaction=True)
def test_g10_what_was_rolled_back_is_never_done(worker: Worker, clock: Clock) -> None:
    with transaction.atomic():
        put("probe", key="gift-7", payload={})
        transaction.set_rollback(True)

    assert Pump(clock).do_due() == 0
    assert worker.done == []


@pytest.mark.django_db
def test_what_fails_is_tried_again_later_each_time_and_then_given_up(worker: Worker, clock: Clock) -> None:
    worker.fails = True
    put("probe", key="gift-7", payload={})
    waits = []

    while (waiting := item()).given_up_at is None:
        waits.append(waiting.next_at - clock.now)
        clock.now = max(waiting.next_at, clock.now)
        assert Pump(clock).do_due() == 1

    assert item().attempts == MOST_ATTEMPTS
    assert [wait / timedelta(minutes=1) for wait in waits[1:]] == [1, 4, 16, 64, 256, 720, 720]
    assert "The mail server is away." in item().last_error
    clock.now += timedelta(days=400)
    assert Pump(clock).do_due() == 0


@pytest.mark.django_db
def test_what_failed_once_is_done_when_it_works_again(worker: Worker, clock: Clock) -> None:
    worker.fails = True
    put("probe", key="gift-7", payload={})
    Pump(clock).do_due()
    worker.fails = False

    clock.now += delay_after(1)
    Pump(clock).do_due()

    assert (len(worker.done), item().last_error) == (1, "")


@pytest.mark.django_db
def test_one_that_fails_does_not_keep_the_others_waiting(worker: Worker, clock: Clock) -> None:
    put("nobody knows this", key="1", payload={})
    put("probe", key="2", payload={"gift": 2})

    Pump(clock).do_due()

    assert worker.done == [{"gift": 2}]


@pytest.mark.django_db
def test_an_item_that_nobody_can_do_is_kept_and_says_so(clock: Clock) -> None:
    put("of a later version", key="1", payload={"a": 1})

    Pump(clock).do_due()

    assert item().done_at is None
    assert "NobodyHandles" in item().last_error


@pytest.mark.django_db
def test_f05_killed_after_doing_and_before_noting_it_is_done_again_when_the_lease_is_over(
    worker: Worker, clock: Clock
) -> None:
    worker.dies = True
    put("probe", key="gift-7", payload={})
    with pytest.raises(KeyboardInterrupt):
        Pump(clock).do_due()
    worker.dies = False

    clock.now += LEASE - timedelta(seconds=1)
    before = Pump(clock).do_due()
    clock.now += timedelta(seconds=1)
    after = Pump(clock).do_due()

    assert (before, after, len(worker.done)) == (0, 1, 2)
    assert item().done_at is not None


@pytest.mark.django_db
def test_of_two_pumps_that_saw_the_same_item_one_gets_it() -> None:
    put("probe", key="gift-7", payload={})
    seen_by_one, seen_by_other = item(), item()

    assert (claim(seen_by_one, now=NOW), claim(seen_by_other, now=NOW)) == (True, False)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_pumps_at_once_do_every_item_once(worker: Worker, clock: Clock) -> None:
    for number in range(40):
        put("probe", key=str(number), payload={"number": number})

    def run() -> None:
        Pump(clock).do_due()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(payload["number"] for payload in worker.done) == list(range(40))


@pytest.mark.django_db
def test_items_done_long_ago_are_forgotten_and_those_given_up_are_not(worker: Worker, clock: Clock) -> None:
    put("probe", key="done", payload={})
    Pump(clock).do_due()
    put("probe", key="given up", payload={})
    OutboxItem.objects.filter(key="given up").update(given_up_at=NOW, attempts=8)

    swept = sweep(now=NOW + timedelta(days=8))

    assert (swept, item().key) == (1, "given up")


@pytest.mark.django_db(transaction=True)
def test_a_pump_at_work_takes_up_what_is_put_at_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pumping, "LOOK_INTO_TABLE_EVERY", timedelta(hours=1))
    pump, is_done = Pump(), {"first": threading.Event(), "second": threading.Event()}
    monkeypatch.setitem(registry._handlers, "probe", lambda payload: is_done[payload["which"]].set())

    def run() -> None:
        pump.run()
        connection.close()

    put("probe", key="1", payload={"which": "first"})
    thread = threading.Thread(target=run)
    thread.start()
    assert is_done["first"].wait(10)
    time.sleep(0.5)  # Now it looks into the table once an hour only.
    put("probe", key="2", payload={"which": "second"})
    was_done = is_done["second"].wait(5)
    pump.stop()
    thread.join()

    assert was_done


def test_two_functions_for_one_kind_are_a_mistake(worker: Worker) -> None:
    with pytest.raises(RuntimeError, match="Two functions"):
        registry.handles("probe")(lambda payload: None)
