"""Threads close: by hand, or by themselves when they are old enough and the newsroom wants it so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from readership.discussion.models import Thread
from readership.pagecache import changed

BATCH = 500


def closes_at(thread: Thread) -> datetime | None:
    """When it closes by itself, or None when it stays open for as long as the editors like."""
    if not settings.COMMENTS_CLOSE_AFTER_DAYS:
        return None
    return thread.opened_at + timedelta(days=settings.COMMENTS_CLOSE_AFTER_DAYS)


def is_over(thread: Thread, *, now: datetime) -> bool:
    end = closes_at(thread)
    return end is not None and end <= now


@transaction.atomic
def close_thread(*, thread: Thread, at: datetime) -> None:
    """Nothing new is taken; what is written stays to be read."""
    _settle(thread, at)


@transaction.atomic
def reopen_thread(*, thread: Thread) -> None:
    _settle(thread, None)


def _settle(thread: Thread, closed_at: datetime | None) -> None:
    thread.closed_at = closed_at
    thread.save(update_fields=["closed_at"])
    changed(thread.tag)
    # Also on the page: else its next publication would undo it.
    page = thread.page.specific if thread.page else None
    if page is not None and page.takes_comments == (closed_at is not None):
        page.takes_comments = closed_at is None
        page.save(update_fields=["takes_comments"])
        page.save_revision(changed=not page.live)


def close_old_threads(*, now: datetime) -> int:
    """Close what is over. Returns how many; bears being run twice and by several machines."""
    if not settings.COMMENTS_CLOSE_AFTER_DAYS:
        return 0
    before = now - timedelta(days=settings.COMMENTS_CLOSE_AFTER_DAYS)
    over = Thread.objects.filter(closed_at=None, opened_at__lte=before)
    closed = 0
    while ids := list(over.values_list("pk", flat=True)[:BATCH]):
        closed += Thread.objects.filter(pk__in=ids, closed_at=None).update(closed_at=now)
        changed(*(f"thread:{pk}" for pk in ids))
    return closed
