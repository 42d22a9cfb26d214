"""A copy of this process that dies in the middle of what it does."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

from django.db import connection, connections

from readership.funding.processors import choosing

LONGEST = 60.0


def killed_at(place: int, act: Callable[[], object]) -> None:
    """A copy of this process does `act` and is killed at its `place`-th statement."""
    # Nothing that is open may be shared with it: neither the database nor the connection to the processor.
    connections.close_all()
    with warnings.catch_warnings():
        # Other threads run here, and the copy uses nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        copy = os.fork()
    if copy == 0:
        _die_at(place, act)
    until = time.monotonic() + LONGEST
    while (ended := os.waitpid(copy, os.WNOHANG)) == (0, 0):
        if time.monotonic() > until:
            os.kill(copy, signal.SIGKILL)
        time.sleep(0.01)
    assert os.WIFSIGNALED(ended[1]), "it came to its end before its place"
    assert time.monotonic() < until


def _die_at(place: int, act: Callable[[], object]) -> NoReturn:
    seen = [0]

    def step(execute: Callable[..., Any], *statement: Any) -> Any:
        seen[0] += 1
        if seen[0] == place:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)

    choosing._stripe.cache_clear()
    try:
        with connection.execute_wrapper(step):
            act()
    finally:
        os._exit(0)
