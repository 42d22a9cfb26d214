"""Each publication of a page that takes comments opens or closes its thread."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from readership.discussion.opening import open_thread


@receiver(page_published)
def open_or_close_thread(instance: Page, **_signal: Any) -> None:
    takes_comments = getattr(instance, "takes_comments", None)
    if takes_comments is not None:
        now = timezone.now()
        published_at = getattr(instance, "published_at", now)
        open_thread(page=instance, takes_comments=takes_comments, published_at=published_at, now=now)
