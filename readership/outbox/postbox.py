"""One connection to the mail server for many mails: opened with the first, kept while there are more, let go when there
are none, after as many as servers like, and when it broke."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPServerDisconnected

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

MOST_MAILS = 100
_at_hand = threading.local()


class Postbox:
    """Belongs to one thread."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._count = 0

    def send(self, message: EmailMessage) -> None:
        is_first = self._connection is None
        try:
            self._hand_over(message)
        except (SMTPServerDisconnected, ConnectionError):
            if is_first:
                raise
            # A server ends a connection that is old, and takes the next one gladly.
            self._hand_over(message)

    def close(self) -> None:
        connection, self._connection, self._count = self._connection, None, 0
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            if self._connection is None:
                # Never fail_silently: a server that cannot encrypt must not get the mail (attack G09).
                self._connection = get_connection(fail_silently=False)
                self._connection.open()
            self._connection.send_messages([message])
        except BaseException:
            self.close()
            raise
        self._count += 1
        if self._count >= MOST_MAILS:
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
        return
    message.send(fail_silently=False)
