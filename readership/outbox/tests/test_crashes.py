"""G10: the program dies at every single statement between the write and the mail. What was rolled back is never sent,
what was committed always, and twice only when it died between sending and noting it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from readership.outbox.mail import put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.pump import LEASE, Pump

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """Not an Exception: nothing of ours may catch it and go on."""


@contextmanager
def dying_at(number: int) -> Iterator[list[int]]:
    """Die at the `number`-th statement from here on. Yields how many there were."""
    seen = [0]

    def step(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen[0] += 1
        if seen[0] == number:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(step):
        yield seen


def write_and_send() -> None:
    with transaction.atomic():
        put_mail(key="code-7", to="ann@example.org", subject="A code", text="It is 7.")
        OutboxItem.objects.count()  # whatever else belongs to the same write
    Pump().do_due()


def pump_later() -> None:
    Pump(lambda: timezone.now() + LEASE + timedelta(seconds=1)).do_due()


def test_g10_died_at_any_statement_what_was_committed_is_sent_and_nothing_else() -> None:
    with dying_at(0) as seen:
        write_and_send()
    # Begin aside: the item, its neighbour, what is due, the claim, done.
    assert seen[0] >= 5
    doubles = 0

    for number in range(1, seen[0] + 1):
        mail.outbox.clear()
        OutboxItem.objects.all().delete()
        with suppress(Killed), dying_at(number):
            write_and_send()
        was_committed = OutboxItem.objects.exists()
        pump_later()

        assert bool(mail.outbox) == was_committed, f"died at statement {number}"
        assert not OutboxItem.objects.waiting().exists()
        assert len(mail.outbox) <= 2
        doubles += len(mail.outbox) == 2

    # Two statements follow the sending: that mail arrives there, and that the item is done.
    assert doubles == 2
