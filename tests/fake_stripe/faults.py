"""What goes wrong between the product and Stripe, ordered by a test, each for the next `times` matching requests."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    UNREACHABLE = "the connection is closed before anything is done"
    ERROR_BEFORE = "an error is answered, and nothing is done"
    ERROR_AFTER = "it is done, but an error is answered, and kept for the key"
    LOST_ANSWER = "it is done, and the answer is lost"
    HANGS_AFTER = "it is done, and no answer comes until the caller gives up"
    SLOW = "it is done late"


@dataclass
class Fault:
    kind: Kind
    method: str
    path: str
    times: int
    status: int = 500
    seconds: float = 0.0
    is_kept: bool = True


@dataclass
class Faults:
    """`is_kept`: whether an error that came before is kept for its key, as Stripe keeps a 500; a 503 is not."""

    _ordered: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(
        self,
        kind: Kind,
        *,
        path: str = "/v1/.*",
        method: str = "POST",
        times: int = 1,
        status: int = 500,
        seconds: float = 0.0,
        is_kept: bool = True,
    ) -> None:
        """`path`: a regular expression for the whole path."""
        with self._lock:
            self._ordered.append(Fault(kind, method, path, times, status, seconds, is_kept))

    def take(self, method: str, path: str) -> Fault | None:
        with self._lock:
            for fault in self._ordered:
                if fault.times > 0 and fault.method == method and re.fullmatch(fault.path, path):
                    fault.times -= 1
                    return fault
        return None

    def clear(self) -> None:
        with self._lock:
            self._ordered.clear()
