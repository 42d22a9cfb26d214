"""Whoever writes to SQLite waits in turn: nobody is passed over, nobody is stuck behind the dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from readership.config.one_writer import base as one_writer
from readership.config.one_writer.base import DatabaseWrapper
from readership.config.one_writer.queue import Queue, TookTooLong
from readership.readers.models import NetworkKey

HOLD = """
import sys, time
from pathlib import Path
from readership.config.one_writer.queue import Queue
Queue(Path(sys.argv[1])).enter(within=5)
print("in", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue"


@contextmanager
def another_process_in(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


def test_threads_take_turns_in_the_order_they_came(path: Path) -> None:
    queue, order = Queue(path), list[int]()
    queue.enter(within=1)

    def come(number: int) -> None:
        queue.enter(within=5)
        order.append(number)
        queue.leave()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(20)]
    for place, thread in enumerate(threads, start=2):
        thread.start()
        while len(queue._waiting) < place:
            time.sleep(0.001)
    queue.leave()
    for thread in threads:
        thread.join()

    assert order == list(range(20))


def test_who_waits_too_long_gives_up_and_blocks_nobody(path: Path) -> None:
    queue = Queue(path)
    queue.enter(within=1)

    with pytest.raises(TookTooLong):
        queue.enter(within=0.05)
    queue.leave()

    queue.enter(within=0.05)
    queue.leave()


def test_one_process_waits_for_the_other_and_not_for_a_dead_one(path: Path) -> None:
    with another_process_in(path) as other:
        came = threading.Event()

        def come() -> None:
            Queue(path).enter(within=1)
            came.set()

        waiting = threading.Thread(target=come)
        waiting.start()
        assert not came.wait(0.3)

        os.kill(other.pid, signal.SIGKILL)

        assert came.wait(5)
        waiting.join()


def test_a_fork_has_a_place_of_its_own(path: Path) -> None:
    queue = Queue(path)
    queue.enter(within=1)

    child = os.fork()
    if child == 0:
        try:
            queue.enter(within=1)
        finally:
            os._exit(0 if sys.exception() is None else 1)
    time.sleep(0.3)
    still_waiting = os.waitpid(child, os.WNOHANG) == (0, 0)
    queue.leave()

    assert still_waiting
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def database() -> DatabaseWrapper:
    wrapper = connections["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    wrapper.ensure_connection()
    return wrapper


def end_well() -> None: ...


def break_off() -> None:
    raise ZeroDivisionError


def fail() -> None:
    connection.cursor().execute("no such statement")


def hang_up() -> None:
    connection.close()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [end_well, break_off, fail, hang_up])
def test_a_transaction_leaves_the_queue_however_it_ends(database: DatabaseWrapper, end: Callable[[], None]) -> None:
    with suppress(ZeroDivisionError, DatabaseError), transaction.atomic():
        assert database._queue
        end()

    assert database._queue is None
    with transaction.atomic():
        assert database._queue


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_cannot_begin_leaves_the_queue(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "transaction_mode", "NEVER HEARD OF")

    with pytest.raises(DatabaseError), transaction.atomic():
        pass

    assert database._queue is None


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_statement_that_writes_by_itself_waits_its_turn(database: DatabaseWrapper) -> None:
    queue = one_writer._queue_for(str(database.settings_dict["NAME"]))
    written = threading.Event()

    def write() -> None:
        NetworkKey.objects.create(day=date(2026, 11, 1), secret=b"x")
        written.set()
        connection.close()

    queue.enter(within=1)
    other = threading.Thread(target=write)
    other.start()
    assert not written.wait(0.2)
    assert not NetworkKey.objects.exists()  # Reading waits for nobody.
    queue.leave()
    other.join()

    assert NetworkKey.objects.exists()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_behind_a_transaction_without_end_others_are_told_so(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database.settings_dict["OPTIONS"], "timeout", 0.1)
    told: list[str] = []

    def write_too() -> None:
        try:
            with transaction.atomic():
                told.append("written")
        except OperationalError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    with transaction.atomic():
        other = threading.Thread(target=write_too)
        other.start()
        other.join()

    assert told == ["database is locked: another transaction takes too long"]
