"""Who does which kind of item. An app registers its functions by importing their module in `ready`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

Payload = dict[str, Any]
Handler = Callable[[Payload], None]

_handlers: dict[str, Handler] = {}
_mail_kinds: set[str] = set()


class Lane(Enum):
    """Each is done by a loop of its own: a mail server that is slow or away keeps mail waiting, and nothing else."""

    WORK = "work"
    MAIL = "mail"


def handles(kind: str, *, lane: Lane = Lane.WORK) -> Callable[[Handler], Handler]:
    """The function below does items of `kind`. What it sends through `postbox.deliver` belongs into the lane for mail.

    It may run twice when the machine dies at the wrong moment, so what it does has to bear that; it runs
    outside any transaction, and whatever it raises is tried again later.
    """

    def register(handler: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not handler:
            raise RuntimeError(f"Two functions handle outbox items of kind “{kind}”.")
        _handlers[kind] = handler
        if lane is Lane.MAIL:
            _mail_kinds.add(kind)
        return handler

    return register


def mail_kinds() -> frozenset[str]:
    return frozenset(_mail_kinds)


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)
