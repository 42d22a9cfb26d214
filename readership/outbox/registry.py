"""Who does which kind of item. An app registers its functions by importing their module in `ready`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Handler = Callable[[Payload], None]

_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """The function below does items of `kind`.

    It may run twice when the machine dies at the wrong moment, so what it does has to bear that; it runs
    outside any transaction, and whatever it raises is tried again later.
    """

    def register(handler: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not handler:
            raise RuntimeError(f"Two functions handle outbox items of kind “{kind}”.")
        _handlers[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)
