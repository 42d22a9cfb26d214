"""`readership manage send_mails THREAD COUNT PORT`: a newsletter to as many subscribers, and news to a thousand
followers, to the mail server of this machine at PORT. Prints what it took.
"""

from __future__ import annotations

import json
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import BaseCommand, call_command
from django.test.utils import override_settings
from django.utils import timezone

from readership.following.mailing import send_mailing
from readership.following.models import Mailing
from readership.newsletter.contents import contents_for
from readership.newsletter.mailing import ways_of, write
from readership.newsletter.models import Edition, EditionPlan, Issue, IssueStory, Subscription
from readership.newsletter.sending import send_now, spread
from readership.outbox.models import OutboxItem
from readership.outbox.postbox import postbox_at_hand
from readership.outbox.pump import Pump
from readership.outbox.registry import Lane
from readership.readers.models import MailAddress
from readership.stories.models import Story

MAILS, FOLLOWERS, BATCH, STORIES = 1_000, 1_000, 5_000, 5


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("thread", type=int)
        parser.add_argument("count", type=int)
        parser.add_argument("port", type=int)

    def handle(self, *, thread: int, count: int, port: int, **_options: Any) -> None:
        _subscribe(count)
        issue = _issue()
        send_now(issue.pk, now=timezone.now())
        before, cpu = _peak(), time.process_time()
        told: dict[str, float] = {"subscribers": count, "put_s": _seconds(lambda: spread({"issue": issue.pk}))}
        told["put_cpu_s"] = time.process_time() - cpu
        told["grown_mb"] = _peak() - before
        told["put_count"] = OutboxItem.objects.filter(kind="newsletter_mail").count()
        issue.refresh_from_db()
        told["written_per_s"] = MAILS / _seconds(lambda: _write(issue))
        there = {"EMAIL_BACKEND": "readership.outbox.smtp.SmtpBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
        with override_settings(**there, EMAIL_USE_TLS=False, EMAIL_USE_SSL=False, EMAIL_HOST_USER=""):
            told["sent_per_s"] = MAILS / _seconds(_pump)
            told["sent_count"] = OutboxItem.objects.filter(kind="newsletter_mail", done_at__isnull=False).count()
            call_command("tell_followers", thread, FOLLOWERS, stdout=StringIO())
            waiting = list(Mailing.objects.filter(sent_at=None).values_list("pk", flat=True))
            told["mailings_per_s"] = len(waiting) / _seconds(lambda: _send(waiting))
        told["peak_grown_mb"] = _peak() - before
        self.stdout.write(json.dumps(told))


def _subscribe(count: int) -> None:
    now = timezone.now()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        addresses = MailAddress.objects.bulk_create(
            MailAddress(address=f"subscriber{n}@bench.example", confirmed_at=now) for n in numbers
        )
        Subscription.objects.bulk_create(
            Subscription(address=one, edition=Edition.LETTERS, asked_at=now, confirmed_at=now) for one in addresses
        )


def _issue() -> Issue:
    EditionPlan.objects.update_or_create(
        edition=Edition.LETTERS, defaults={"is_on": True, "on_since": timezone.now() - timedelta(days=100)}
    )
    issue: Issue = Issue.objects.create(
        edition=Edition.LETTERS, subject="Why we went to the harbour", body="<p>The tide was low.</p>" * 5
    )
    for place, story in enumerate(Story.objects.live()[:STORIES]):
        IssueStory.objects.create(issue=issue, story=story, sort_order=place)
    return issue


def _write(issue: Issue) -> None:
    for subscription in Subscription.objects.select_related("address")[:MAILS]:
        ways = ways_of(subscription.address, Edition.LETTERS)
        write(issue, contents_for(subscription, issue), ways, language="en")


def _pump() -> None:
    pump, count = Pump(lambda: timezone.now() + timedelta(hours=2), lane=Lane.NEWS), 0
    with postbox_at_hand():
        while count < MAILS:
            done = pump.do_due()
            assert done, "Nothing is due any more."
            count += done


def _send(mailings: list[int]) -> None:
    with postbox_at_hand():
        for pk in mailings:
            send_mailing({"mailing": pk})


def _seconds(do: Callable[[], object]) -> float:
    started_at = time.perf_counter()
    do()
    return time.perf_counter() - started_at


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
