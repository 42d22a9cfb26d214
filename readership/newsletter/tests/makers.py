"""Subscribers, editions and issues for tests: each fills in what the test does not care about."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from readership.following.tests.makers import make_address
from readership.newsletter.models import Edition, EditionPlan, Issue, IssueStory, Subscription
from readership.newsletter.sending import send_due
from readership.outbox.pump import Pump
from readership.readers.models import MailAddress
from readership.stories.models import Section, Story, Topic

_numbers = itertools.count(1)


def make_plan(
    edition: Edition = Edition.LETTERS, *, is_on: bool = True, on_since: datetime | None = None, **fields: Any
) -> EditionPlan:
    long_ago = timezone.now() - timedelta(days=100)
    return EditionPlan.objects.create(edition=edition, is_on=is_on, on_since=on_since or long_ago, **fields)


def make_subscription(
    address: MailAddress | None = None,
    *,
    edition: Edition = Edition.LETTERS,
    topics: Iterable[Topic] = (),
    sections: Iterable[Section] = (),
    is_confirmed: bool = True,
    is_stopped: bool = False,
) -> Subscription:
    long_ago = timezone.now() - timedelta(days=1)
    made = Subscription.objects.create(
        address=address or make_address(f"subscriber{next(_numbers)}@example.org"),
        edition=edition,
        asked_at=long_ago,
        confirmed_at=long_ago if is_confirmed else None,
        stopped_at=long_ago if is_stopped else None,
    )
    made.topics.set(topics)
    made.sections.set(sections)
    return made


def make_issue(
    *,
    edition: Edition = Edition.LETTERS,
    subject: str = "Why we went to the harbour",
    body: str = "<p>The tide was low.</p>",
    stories: Iterable[Story] = (),
    **fields: Any,
) -> Issue:
    issue: Issue = Issue.objects.create(edition=edition, subject=subject, body=body, **fields)
    for place, story in enumerate(stories):
        IssueStory.objects.create(issue=issue, story=story, sort_order=place)
    return issue


def pump(*, later: timedelta = timedelta(hours=1)) -> None:
    """Everything that is due, and what follows from it; then the chore that closes issues."""
    pumping = Pump(lambda: timezone.now() + later)
    while pumping.do_due():
        pass
    send_due(now=timezone.now() + later)
