"""One connection to the mail server for many mails: opened with the first, kept while there are more, let go when there
are none, after as many as servers like, and when it broke."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from readership.outbox.errors import AddressRefused, HeldUp, Hopeless, ServerAway
from readership.outbox.fates import Fate, tell
from readership.outbox.faults import fault_of

MOST_MAILS = 100
_at_hand = threading.local()


class Postbox:
    """Belongs to one thread."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._count = 0

    def send(self, message: EmailMessage) -> None:
        """To its one recipient. Raises what outbox.errors has for it."""
        was_used = self._connection is not None
        try:
            self._hand_over(message)
        except ServerAway:
            if not was_used:
                raise
            # A server ends a connection that is old, and takes the next one gladly.
            self._hand_over(message)
        tell(message.to[0], Fate.ARRIVED)

    def close(self) -> None:
        connection, self._connection, self._count = self._connection, None, 0
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            self._opened().send_messages([message])
        except Exception as error:
            fault = fault_of(error, was_handing_over=getattr(self._connection, "was_handing_over", False))
            self._note(fault, message.to[0])
            raise fault from error
        self._count += 1
        if self._count >= MOST_MAILS:
            self.close()

    def _opened(self) -> BaseEmailBackend:
        if self._connection is None:
            # Never fail_silently: a server that cannot encrypt must not get the mail (attack G09).
            self._connection = get_connection(fail_silently=False)
            self._connection.open()
        return self._connection

    def _note(self, fault: Exception, address: str) -> None:
        match fault:
            case AddressRefused():
                tell(address, Fate.REFUSED)
            case HeldUp():
                fault.when_given_up = lambda: tell(address, Fate.CAME_BACK)
            case Hopeless():
                pass  # The server takes the next one on the same connection.
            case _:
                self.close()


@contextmanager
def postbox_at_hand() -> Iterator[Postbox]:
    """What `deliver` uses until the end of the block, in this thread."""
    _at_hand.postbox = postbox = Postbox()
    try:
        yield postbox
    finally:
        _at_hand.postbox = None
        postbox.close()


def deliver(message: EmailMessage) -> None:
    """Send it now, through the connection at hand; without one, through a connection of its own."""
    postbox: Postbox | None = getattr(_at_hand, "postbox", None)
    if postbox is not None:
        postbox.send(message)
    else:
        own = Postbox()
        try:
            own.send(message)
        finally:
            own.close()
    _at_hand.count = deliveries() + 1


def deliveries() -> int:
    """How many mails this thread has sent."""
    count: int = getattr(_at_hand, "count", 0)
    return count
