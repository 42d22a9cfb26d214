"""`readership manage tell_followers THREAD COUNT`: as many follow, one comment is told to them. Prints what it took.

Nothing is sent: each mail is written, and handed to nobody.
"""

from __future__ import annotations

import json
import resource
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from bench.site.crowd import fill
from readership.discussion.models import Comment, Thread
from readership.discussion.telling import tell_of_comment
from readership.following import announcing
from readership.following.collecting import collect
from readership.following.mailing import send_mailing
from readership.following.models import Follow, Kind, Mailing
from readership.outbox.models import OutboxItem
from readership.readers.models import MailAddress

MAILS, POSTS, BATCH = 500, 500, 5_000


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("thread", type=int)
        parser.add_argument("count", type=int)

    def handle(self, *, thread: int, count: int, **_options: Any) -> None:
        here = Thread.objects.get(pk=thread)
        fill(here, 1)
        comment = Comment.objects.filter(thread=here).latest("id")
        told: dict[str, float] = {"followers": count, "unfollowed_us": _each(lambda: _announce(comment), POSTS) * 1e6}
        _follow(here, count)
        before = _peak()
        told["announce_us"] = _each(lambda: _announce(comment), 1) * 1e6
        payload = OutboxItem.objects.filter(kind="news").latest("id").payload
        told["spread_s"] = _each(lambda: _spread(payload), 1)
        told["collect_s"] = _each(lambda: collect(now=timezone.now()), 1)
        told["grown_mb"] = _peak() - before
        told["mails_per_s"] = _mails_per_second()
        told["notices"] = Mailing.objects.count()
        self.stdout.write(json.dumps(told))


def _each(do: Any, times: int) -> float:
    started_at = time.perf_counter()
    for _time in range(times):
        do()
    return (time.perf_counter() - started_at) / times


@transaction.atomic
def _announce(comment: Comment) -> None:
    tell_of_comment(comment, now=timezone.now())


def _spread(payload: dict[str, Any]) -> None:
    """Without the collecting that follows it, which is measured apart."""
    at = timezone.now()
    for kind, target_id in payload["targets"]:
        for followers in announcing._followers(kind, target_id, payload, at):
            announcing._note(followers, payload, now=at)


def _follow(thread: Thread, count: int) -> None:
    now = timezone.now()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        addresses = MailAddress.objects.bulk_create(
            MailAddress(address=f"follower{n}@bench.example", confirmed_at=now) for n in numbers
        )
        Follow.objects.bulk_create(
            Follow(address=one, kind=Kind.THREAD, target_id=thread.pk, about="bench", asked_at=now, confirmed_at=now)
            for one in addresses
        )


def _mails_per_second() -> float:
    mailings = list(Mailing.objects.values_list("pk", flat=True)[:MAILS])
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        started_at = time.perf_counter()
        for pk in mailings:
            send_mailing({"mailing": pk})
        return len(mailings) / (time.perf_counter() - started_at)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
