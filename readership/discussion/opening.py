"""A thread opens with its story, and closes when the editors say so."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Page

from readership.discussion.models import Thread
from readership.pagecache import changed


def open_thread(*, page: Page, takes_comments: bool, now: datetime) -> Thread:
    """The page's thread, open or closed as the editors chose. Called at each publication; changes only what differs."""
    thread, _is_new = Thread.objects.get_or_create(page_id=page.pk)
    if takes_comments == (thread.closed_at is not None):
        thread.closed_at = None if takes_comments else now
        thread.save(update_fields=["closed_at"])
    changed(thread.tag, f"page:{page.pk}")
    return thread
