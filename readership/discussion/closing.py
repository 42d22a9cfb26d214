"""Threads close by themselves when they are old enough, where the newsroom wants it so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

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
