"""What is kept no longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from readership.following.models import Follow, Mailing, Notice
from readership.readers.address_links import LASTS, Purpose

NOTICES_KEPT = timedelta(days=90)
BATCH = 5_000


def forget_old(*, now: datetime) -> None:
    """Follows that nobody confirmed while they could, and news of long ago."""
    Follow.objects.pending().filter(asked_at__lt=now - LASTS[Purpose.CONFIRM]).delete()
    long_ago = now - NOTICES_KEPT
    for rows in (Notice.objects.filter(created_at__lt=long_ago), Mailing.objects.filter(created_at__lt=long_ago)):
        while pks := list(rows.values_list("pk", flat=True)[:BATCH]):
            rows.filter(pk__in=pks).delete()
