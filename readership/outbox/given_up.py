"""What was given up, and what a person decides about it. Whoever may do that asks website.mail_access."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from readership.outbox.models import OutboxItem, OutboxItemQuerySet
from readership.outbox.putting import wake_up


def given_up() -> OutboxItemQuerySet:
    return OutboxItem.objects.filter(done_at=None, given_up_at__isnull=False)


@transaction.atomic
def try_again(item_id: int, *, now: datetime) -> bool:
    """As if it had been put now. False when it is no longer given up."""
    return _try_again(given_up().filter(pk=item_id), now) == 1


@transaction.atomic
def try_all_again(*, now: datetime) -> int:
    """Returns how many."""
    return _try_again(given_up(), now)


def let_go(item_id: int) -> bool:
    """It is never done. False when it is no longer given up."""
    return given_up().filter(pk=item_id).delete()[0] == 1


def _try_again(items: OutboxItemQuerySet, now: datetime) -> int:
    count = items.update(attempts=0, given_up_at=None, leased_until=None, next_at=now)
    transaction.on_commit(lambda: wake_up().add(0, 1))
    return count
