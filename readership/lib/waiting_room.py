"""A bounded number of threads may wait. Whoever finds the room full is sent away, not made to queue.

Threads that wait are threads that cannot answer; as long as fewer may wait than the server has, it always
answers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Full(Exception):
    """Too many are waiting already: answer 503 and say when to come back."""


class WaitingRoom:
    def __init__(self, places: int) -> None:
        self._places = threading.Semaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Full
        try:
            yield
        finally:
            self._places.release()
