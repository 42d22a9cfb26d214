"""G10: the program dies at every single statement between the news and the mail; each follower hears of it once.

A death is an exception that nobody catches, raised at the n-th statement: the transaction is gone, as after kill -9.
Then the pump takes up what was left, when its lease has run out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from readership.following import announcing, collecting
from readership.following.collecting import collect
from readership.following.models import Mailing, Notice
from readership.following.tests.makers import make_address, make_follow, pump, rain
from readership.outbox.pump import LEASE

pytestmark = pytest.mark.django_db(transaction=True)
FOLLOWERS = 5


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


@pytest.mark.sqlite
def test_g10_died_at_any_statement_each_follower_gets_one_mail_and_one_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "BATCH", 2)
    monkeypatch.setattr(collecting, "ADDRESSES", 2)
    # Digests, bundles and single mails.
    for number in range(FOLLOWERS):
        make_follow(make_address(wants_every=number == 1))
    with dying_at(0) as seen:
        _tell(1, 0)
    assert len(mail.outbox) == FOLLOWERS
    assert seen[0] > 40

    for number in range(1, seen[0] + 1, 2):
        mail.outbox.clear()
        Notice.objects.all().delete()
        Mailing.objects.all().delete()
        with suppress(Killed), dying_at(number):
            _tell(number + 1, number)
        _tell(number + 1, number)

        to = sorted(letter.to[0] for letter in mail.outbox)
        assert len(set(to)) == FOLLOWERS, f"died at statement {number}"
        assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == FOLLOWERS
        assert Notice.objects.count() == FOLLOWERS
        # Only death between sending and noting it sends twice, and then it is the same mail.
        assert len(to) <= FOLLOWERS + 1


def _tell(item: int, round_: int) -> None:
    """The comment is posted (again, if that failed), and the world goes on an hour later each time."""
    rain(item, over=7)
    pump(later=(LEASE + timedelta(minutes=1)) * (2 * round_ + 1))
    collect(now=timezone.now() + timedelta(hours=2))
    pump(later=(LEASE + timedelta(minutes=1)) * (2 * round_ + 2))


@pytest.mark.sqlite
def test_the_same_news_announced_twice_is_told_once() -> None:
    make_follow()
    rain(1)
    pump()

    rain(1)
    pump(later=timedelta(hours=2))

    assert len(mail.outbox) == 1
