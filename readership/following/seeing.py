"""What somebody has seen on the site."""

from __future__ import annotations

from datetime import datetime

from readership.following.models import Notice
from readership.readers.models import MailAddress


def mark_seen(address: MailAddress, *, now: datetime) -> None:
    """Everything up to now. Mail that waits still comes: seeing is not stopping."""
    Notice.objects.filter(address=address, seen_at=None, created_at__lte=now).update(seen_at=now)
