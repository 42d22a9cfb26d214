"""What has to happen by the clock. Each chore bears being done twice, and by several machines at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from readership.discussion.closing import close_old_threads
from readership.discussion.forgetting import forget_networks
from readership.discussion.picture_files import forget_strays
from readership.following.collecting import collect
from readership.following.forgetting import forget_old
from readership.following.pushing import ensure_key
from readership.funding.erasing import forget_givers
from readership.funding.expiring import expire_begun, forget_bodies
from readership.funding.giver_wishes import renew_badges
from readership.funding.promising import expire_now
from readership.funding.reading_later import forget_files
from readership.newsletter.digesting import make_digests
from readership.newsletter.forgetting import forget_old as forget_newsletters
from readership.newsletter.sending import send_due
from readership.outbox.pump import sweep
from readership.readers.asking import forget_askings
from readership.readers.joining import forget_unconfirmed
from readership.readers.retention import forget_devices, forget_unconfirmed_addresses

log = logging.getLogger(__name__)

HALF_A_MINUTE, MINUTE, HOUR, DAY = 30.0, 60.0, 3_600.0, 86_400.0
LOOK_EVERY = 5.0


@dataclass
class Chore:
    name: str
    every: float
    do: Callable[[], object]
    due_at: float = 0.0


def do_chores(*, until: threading.Event) -> None:
    chores = all_chores()
    while not until.wait(LOOK_EVERY):
        for chore in chores:
            if time.monotonic() >= chore.due_at:
                chore.due_at = time.monotonic() + chore.every
                _do(chore)


def _do(chore: Chore) -> None:
    close_old_connections()
    try:
        chore.do()
    except Exception:
        # One chore that fails must not keep the others from being done.
        log.exception("Chore “%s” failed.", chore.name)


def all_chores() -> list[Chore]:
    return [
        Chore("publish what is scheduled", MINUTE, partial(call_command, "publish_scheduled", verbosity=0)),
        Chore("write mails of what is new", HALF_A_MINUTE, lambda: collect(now=timezone.now())),
        Chore("put newsletters together", MINUTE, lambda: make_digests(now=timezone.now())),
        Chore("send newsletters that are scheduled", HALF_A_MINUTE, lambda: send_due(now=timezone.now())),
        Chore("forget old newsletters and who never confirmed", HOUR, lambda: forget_newsletters(now=timezone.now())),
        Chore("make the key for news in browsers", DAY, ensure_key),
        Chore("forget old news and follows that nobody confirmed", HOUR, lambda: forget_old(now=timezone.now())),
        Chore("close old threads", HOUR, lambda: close_old_threads(now=timezone.now())),
        Chore("forget files of banks", HOUR, lambda: forget_files(now=timezone.now())),
        Chore("give up promised transfers that never came", HOUR, expire_now),
        Chore("mark what groups agree on", DAY, partial(call_command, "mark_agreed", verbosity=0)),
        Chore("compare the ledger with the processor’s book", DAY, partial(call_command, "reconcile", verbosity=0)),
        Chore("give up gifts that were never finished", HOUR, lambda: expire_begun(now=timezone.now())),
        Chore("forget what processors told long ago", DAY, lambda: forget_bodies(now=timezone.now())),
        Chore("forget outbox items done long ago", HOUR, lambda: sweep(now=timezone.now())),
        Chore("forget where guests wrote from", HOUR, lambda: forget_networks(now=timezone.now())),
        Chore("forget pictures without a comment", DAY, lambda: forget_strays(now=timezone.now())),
        Chore("forget results of tasks", HOUR, partial(call_command, "prune_db_task_results", verbosity=0)),
        Chore("forget accounts that nobody confirmed", HOUR, lambda: forget_unconfirmed(now=timezone.now())),
        Chore("forget whom we asked for an address", HOUR, lambda: forget_askings(now=timezone.now())),
        Chore("forget addresses that nobody confirmed", DAY, lambda: forget_unconfirmed_addresses(now=timezone.now())),
        Chore("forget devices that are of no use", DAY, lambda: forget_devices(now=timezone.now())),
        Chore("say beside comments who supports us", HOUR, renew_badges),
        Chore("forget who gave, when the law allows it", DAY, lambda: forget_givers(now=timezone.now())),
        Chore("forget ended sessions", HOUR, partial(call_command, "clearsessions", verbosity=0)),
    ]
