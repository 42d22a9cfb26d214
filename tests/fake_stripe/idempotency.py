"""Idempotency-Key: the first answer, whatever it was, is the answer (docs.stripe.com/api/idempotent_requests)."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.fake_stripe.clock import DAY, Clock
from tests.fake_stripe.errors import StripeError

LONGEST = 255
KEPT = DAY


@dataclass
class Answer:
    status: int
    body: bytes
    request_id: str


@dataclass
class Kept:
    asked: tuple[str, str, str]
    at: int
    answer: Answer | None = None


@dataclass
class Keys:
    """`asked`: method, path, parameters."""

    clock: Clock
    _kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, account: str, key: str, asked: tuple[str, str, str]) -> Answer | None:
        """The answer that was given before, or None: then `finish` or `forget` must follow."""
        if len(key) > LONGEST:
            raise StripeError(f"Idempotency-Key must be at most {LONGEST} characters.", is_validation=True)
        with self._lock:
            kept = self._kept.get((account, key))
            if kept and self.clock.now() - kept.at > KEPT:
                kept = None
            if kept is None:
                self._kept[account, key] = Kept(asked, self.clock.now())
                return None
            if kept.asked != asked:
                raise StripeError(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                    f"Try using a key other than '{key}' if you meant to execute a different request.",
                    kind="idempotency_error",
                    is_validation=True,
                )
            if kept.answer is None:
                raise StripeError(
                    f"There is currently another in-progress request using this Idempotent Key: {key}",
                    status=409,
                    code="idempotency_key_in_use",
                    is_validation=True,
                )
            return kept.answer

    def is_running(self, key: str) -> bool:
        with self._lock:
            return any(each == key and kept.answer is None for (_account, each), kept in self._kept.items())

    def finish(self, account: str, key: str, answer: Answer) -> None:
        with self._lock:
            self._kept[account, key].answer = answer

    def forget(self, account: str, key: str) -> None:
        """Nothing ran, so nothing is kept."""
        with self._lock:
            self._kept.pop((account, key), None)
