"""A thread opens with its story, and closes when the editors say so."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Page

from readership.discussion.closing import is_over
from readership.discussion.models import Thread
from readership.pagecache import changed


def open_thread(*, page: Page, takes_comments: bool, now: datetime, published_at: datetime | None = None) -> Thread:
    """The page's thread, open or closed as the editors chose. Called at each publication; changes only what differs.

    A thread is as old as its story: `published_at`, which for a story of an older site is long ago.
    """
    thread, _is_new = Thread.objects.get_or_create(page_id=page.pk, defaults={"opened_at": published_at or now})
    takes_comments = takes_comments and not is_over(thread, now=now)
    if takes_comments == (thread.closed_at is not None):
        thread.closed_at = None if takes_comments else now
        thread.save(update_fields=["closed_at"])
    changed(thread.tag, f"page:{page.pk}")
    return thread
