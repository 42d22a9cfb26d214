"""What became of a mail, told to whoever keeps the addresses. Nobody here knows them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum

log = logging.getLogger(__name__)


class Fate(Enum):
    ARRIVED = "arrived"
    CAME_BACK = "came back"  # for a reason that may pass
    REFUSED = "refused"  # nobody has that address
    COMPLAINED = "complained"


Listener = Callable[[str, Fate], object]
_listeners: list[Listener] = []


def hears_of_fates(listener: Listener) -> Listener:
    """The function below is told the address and what became of mail to it."""
    _listeners.append(listener)
    return listener


def tell(address: str, fate: Fate) -> None:
    """Whoever cannot hear it now does not: a mail that has gone out must not go out again for that."""
    for listener in _listeners:
        try:
            listener(address, fate)
        except Exception:
            log.exception("What became of a mail could not be noted.")
