"""G10: the program dies at every other statement between the button and the last mail; each subscriber gets the issue
once.

A death is an exception that nobody catches, raised at the n-th statement: the transaction is gone, as after kill -9.
Then the pump takes up what was left, when its lease has run out.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from readership.following.tests.test_crashes import Killed, dying_at
from readership.newsletter import sending
from readership.newsletter.models import Delivery, Issue, IssueState
from readership.newsletter.sending import schedule, send_due
from readership.newsletter.tests.makers import make_issue, make_subscription, pump
from readership.outbox.pump import LEASE

SUBSCRIBERS = 5


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_g10_died_at_any_statement_each_subscriber_gets_the_issue_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for _ in range(SUBSCRIBERS):
        make_subscription()
    with dying_at(0) as seen:
        _go_on(_scheduled(), 0)
    assert len(mail.outbox) == SUBSCRIBERS
    assert seen[0] > 60

    for number in range(1, seen[0] + 1, 2):
        mail.outbox.clear()
        issue = _scheduled()
        with suppress(Killed), dying_at(number):
            _go_on(issue, 0)
        _go_on(issue, 1)

        sent = [letter.to[0] for letter in mail.outbox]
        ids = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
        assert len(set(sent)) == len(ids) == SUBSCRIBERS, f"died at statement {number}"
        # Only death between sending and noting it sends twice, and then it is the same mail.
        assert len(sent) <= SUBSCRIBERS + 1
        assert Delivery.objects.filter(issue=issue).count() == SUBSCRIBERS
        assert Issue.objects.get(pk=issue.pk).state == IssueState.SENT


def _scheduled() -> Issue:
    now = timezone.now()
    return schedule(make_issue().pk, send_at=now + timedelta(seconds=1), now=now)


def _go_on(issue: Issue, round_: int) -> None:
    """The world goes on, an hour later each time: leases of whoever died have run out."""
    later = timedelta(minutes=2) + (LEASE + timedelta(minutes=10)) * round_
    send_due(now=timezone.now() + later)
    pump(later=later + timedelta(minutes=1))
