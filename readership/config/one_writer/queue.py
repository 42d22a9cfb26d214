"""A queue for those who want to write to one file: threads of this process in the order they came, and one process
after the other."""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from pathlib import Path


class TookTooLong(Exception):
    """Nobody ahead left the queue in time."""


class Queue:
    """Within the process, threads wait for each other, with a time limit. The first of them waits for the other
    processes: for a lock of the kernel's on `path`, which is free again at the latest when its holder dies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reset()
        # A fork shares the open file, and with it the lock.
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._waiting: deque[threading.Event] = deque()
        self._guard = threading.Lock()
        self._file: int | None = None

    def enter(self, *, within: float) -> None:
        """Wait for the turn, `within` seconds at most. Raises TookTooLong."""
        turn = threading.Event()
        with self._guard:
            self._waiting.append(turn)
            if len(self._waiting) == 1:
                turn.set()
        if not turn.wait(within):
            self._give_up(turn)
        try:
            fcntl.flock(self._opened(), fcntl.LOCK_EX)
        except OSError:
            self._next()
            raise

    def leave(self) -> None:
        # First the other processes: one of theirs waits in the kernel and goes before the next of ours.
        fcntl.flock(self._opened(), fcntl.LOCK_UN)
        self._next()

    def _give_up(self, turn: threading.Event) -> None:
        with self._guard:
            if turn.is_set():
                return  # The turn came in the last moment.
            self._waiting.remove(turn)
        raise TookTooLong

    def _next(self) -> None:
        with self._guard:
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].set()

    def _opened(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file
