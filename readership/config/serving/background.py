"""Work that no reader waits for: one process beside the web workers, with loops for outbox, tasks, chores.

All are expected to fall over (the task worker gives up when SQLite is locked for long [M6]) and are started
again, later each time; so is the process, should somebody kill it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, repeat

from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker

from readership.config.serving import parent
from readership.config.serving.chores import do_chores
from readership.outbox.pump import Pump
from readership.outbox.registry import Lane

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds between two looks for tasks
GRACE = 20.0  # seconds for the item or task under way
# Seconds before what fell over is started again. After a quiet minute the count begins anew.
DELAYS = (0.5, 1, 2, 5, 10)
QUIET = 60.0


class Background:
    """The process, kept running by a thread of the server's parent."""

    def __init__(self) -> None:
        self._is_stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="background", daemon=True)

    def start(self) -> None:
        # From here and not from the thread: a fork while the server makes a worker would inherit the pipe by
        # which the server learns that the worker ended, and keep it open. (A restart takes that chance.)
        self._process = self._started()
        self._keeper.start()

    def stop(self) -> None:
        """Let the work under way finish, then end the process."""
        self._is_stopping.set()
        self._process.terminate()
        self._keeper.join(GRACE)
        if self._process.is_alive():
            self._process.kill()

    def _keep(self) -> None:
        for delay in _delays():
            self._process.join()
            if self._is_stopping.wait(delay):
                return
            log.error("The background process ended and is started again.")
            self._process = self._started()

    @staticmethod
    def _started() -> multiprocessing.Process:
        process = multiprocessing.Process(target=work, args=(os.getpid(),), name="background")
        process.start()
        return process


def keep_running(loop: Callable[[], None], *, until: threading.Event, name: str) -> None:
    """Run `loop` again whenever it ends, at first soon and then less soon."""
    delays = _delays()
    while not until.is_set():
        started_at = time.monotonic()
        try:
            loop()
        except (Exception, SystemExit):
            log.exception("The %s fell over.", name)
        finally:
            connections.close_all()
        if time.monotonic() - started_at > QUIET:
            delays = _delays()
        until.wait(next(delays))


def _delays() -> Iterator[float]:
    return chain(DELAYS, repeat(DELAYS[-1]))


def work(server: int) -> None:
    """The process itself: every loop until SIGTERM."""
    is_stopping = threading.Event()
    pumps, tasks = [Pump(lane=lane) for lane in Lane], _task_worker()

    def stop(_signal: int, _frame: object) -> None:
        is_stopping.set()
        for pump in pumps:
            pump.stop()
        tasks.running = False

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    parent.leave_with(server)
    threads = [
        threading.Thread(target=keep_running, args=(loop,), kwargs={"until": is_stopping, "name": name})
        for loop, name in (
            *((pump.run, f"outbox pump for {lane.value}") for pump, lane in zip(pumps, Lane, strict=True)),
            (tasks.run, "task worker"),
            (partial(do_chores, until=is_stopping), "chores"),
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _task_worker() -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=LOOK_EVERY,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"background-{os.getpid()}",
    )
