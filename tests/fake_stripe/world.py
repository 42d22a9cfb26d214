"""One account in one mode: what it holds, its prices and its habits."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.fake_stripe.clock import Clock
from tests.fake_stripe.errors import no_such
from tests.fake_stripe.money import Tariff
from tests.fake_stripe.things import Event, Thing

T = TypeVar("T", bound=Thing)


@dataclass
class Dunning:
    """When a renewal is tried again, in days after the failure before, and what happens after the last time."""

    retry_days: tuple[int, ...] = (3, 5, 7)
    at_last: str = "canceled"


@dataclass
class Request:
    id: str | None = None
    idempotency_key: str | None = None


@dataclass
class World:
    """One account in one mode. Whoever changes it holds `lock`."""

    account: str
    livemode: bool
    clock: Clock
    tariff: Tariff = field(default_factory=Tariff)
    dunning: Dunning = field(default_factory=Dunning)
    default_version: str = ""
    is_balance_late: bool = False
    things: dict[str, Thing] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    request: Request = field(default_factory=Request)
    heard_by: list[Callable[[Event], None]] = field(default_factory=list)

    def add(self, thing: T) -> T:
        mode = f"{'live' if self.livemode else 'test'}_" if thing.prefix in {"cs", "bps"} else ""
        thing.id = thing.id or f"{thing.prefix}_{mode}{secrets.token_hex(12)}"
        thing.created = thing.created or self.clock.now()
        self.things[thing.id] = thing
        return thing

    def get(self, kind: type[T], thing_id: str | None, *, param: str | None = None) -> T:
        """404 when it is not there; 400 when it was named in the parameter `param`."""
        thing = self.things.get(thing_id or "")
        if not isinstance(thing, kind):
            named = kind.kind.replace("checkout.session", "checkout session")
            raise no_such(named, thing_id or "", param=param or "id", status=400 if param else 404)
        return thing

    def all(self, kind: type[T]) -> list[T]:
        """Newest first."""
        return [thing for thing in reversed(self.things.values()) if isinstance(thing, kind)]


def new_secret() -> str:
    return f"whsec_{secrets.token_hex(16)}"
