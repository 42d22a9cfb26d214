"""Comments that groups of voters like who usually disagree are marked, each night anew from all votes of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
from django.db import transaction

from readership.discussion.bridging import Votes, agreed_comments
from readership.discussion.models import Comment, State, Vote
from readership.pagecache import changed

BATCH = 500
# The latest; they bound memory and time. How long a million takes stands in docs/performance.md.
MOST_VOTES = 1_000_000
ROW = np.dtype([("voter", np.int64), ("comment", np.int64), ("value", np.int64)])


def mark_agreed(*, now: datetime) -> int:
    """Set Comment.agreed_at where it is due and clear it where it no longer is. Returns how many comments changed.

    Bears being done twice and by several machines. Each batch is a transaction of its own, so that nobody who writes
    waits for the sum of them.
    """
    agreed = set(_shown(agreed_comments(_votes())))
    marked = set(Comment.objects.filter(agreed_at__isnull=False).values_list("pk", flat=True))
    return _set(agreed - marked, now) + _set(marked - agreed, None)


def _votes() -> Votes:
    """Readers and guests alike: one number for each voter, a guest's below zero."""
    rows = Vote.objects.order_by("-id")[:MOST_VOTES].values_list("reader_id", "guest_id", "comment_id", "value")
    table = np.fromiter(
        ((reader or -(guest or 0), comment, value) for reader, guest, comment, value in rows.iterator(10_000)), ROW
    )
    return Votes(table["voter"], table["comment"], table["value"])


def _shown(comment_ids: Iterable[int]) -> Iterator[int]:
    """Those that everybody may read and whose votes nobody has doubts about."""
    for ids in _batches(comment_ids):
        comments = Comment.objects.filter(pk__in=ids, state=State.PUBLISHED, votes_frozen_at=None)
        yield from comments.values_list("pk", flat=True)


def _set(comment_ids: Iterable[int], at: datetime | None) -> int:
    return sum(_set_batch(ids, at) for ids in _batches(comment_ids))


@transaction.atomic
def _set_batch(ids: list[int], at: datetime | None) -> int:
    comments = Comment.objects.filter(pk__in=ids, agreed_at__isnull=at is not None)
    tags = {f"thread:{thread_id}" for thread_id in comments.values_list("thread_id", flat=True)}
    count = comments.update(agreed_at=at)
    changed(*tags)
    return count


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(ids)
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
