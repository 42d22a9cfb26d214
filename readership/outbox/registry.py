"""Who does which kind of item. An app registers its functions by importing their module in `ready`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

Payload = dict[str, Any]
Handler = Callable[[Payload], None]

_handlers: dict[str, Handler] = {}
_lanes: dict[str, Lane] = {}


class Lane(Enum):
    """Each is done by a loop of its own: a mail server that is slow or away keeps mail waiting, and nothing else."""

    WORK = "work"
    MAIL = "mail"  # letters that one person waits for
    NEWS = "news"  # mail to many, which must not keep a code to sign in with waiting
    LONG = "long"  # what takes minutes, such as a year of a bank's statements
    PUSH = "push"  # news in browsers


def handles(kind: str, *, lane: Lane = Lane.WORK) -> Callable[[Handler], Handler]:
    """The function below does items of `kind`. What sends through `postbox.deliver` belongs into a lane for mail.

    It may run twice when the machine dies at the wrong moment, so what it does has to bear that; it runs
    outside any transaction, and whatever it raises is tried again later (see outbox.errors).
    """

    def register(handler: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not handler:
            raise RuntimeError(f"Two functions handle outbox items of kind “{kind}”.")
        _handlers[kind] = handler
        _lanes[kind] = lane
        return handler

    return register


def kinds_outside(lane: Lane) -> list[str]:
    return [kind for kind, its_lane in _lanes.items() if its_lane is not lane]


def kinds_in(lane: Lane) -> list[str]:
    return [kind for kind, its_lane in _lanes.items() if its_lane is lane]


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)
