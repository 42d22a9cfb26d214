"""What must not be kept for long: where a guest wrote or voted from (attacks L05, L06)."""

from __future__ import annotations

from datetime import datetime, timedelta

from readership.discussion.models import Comment, Vote
from readership.readers.networks import DAYS_KEPT, forget_old_keys


def forget_networks(*, now: datetime) -> int:
    """Empty the network hashes older than two days and destroy the keys they were made with. Returns how many rows."""
    old = now - timedelta(days=DAYS_KEPT)
    votes = Vote.objects.filter(network_hash__isnull=False, cast_at__lt=old).update(network_hash=None)
    comments = Comment.objects.exclude(network_hash="").filter(created_at__lt=old).update(network_hash="")
    forget_old_keys(today=now.date())
    return votes + comments
