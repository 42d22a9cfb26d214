"""Stored counts, proved against the rows they are made of, or made anew after an import."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Q

from readership.discussion.models import Comment, State, Thread
from readership.pagecache import changed

BATCH = 1_000
PUBLISHED = Q(state=State.PUBLISHED)


@transaction.atomic
def recount(thread: Thread) -> None:
    """Make every stored count, rank and place of the thread from its rows. One pass; memory for one batch."""
    comments = Comment.objects.filter(thread=thread)
    thread.comments_count = comments.filter(PUBLISHED).count()
    thread.save(update_fields=["comments_count"])
    replies = dict(
        comments.filter(PUBLISHED, root__isnull=False).order_by().values_list("root_id").annotate(Count("id"))
    )
    batch: list[Comment] = []
    for comment in comments.order_by("id").iterator(chunk_size=BATCH):
        comment.replies_count = replies.get(comment.pk, 0) if comment.root_id is None else 0
        comment.net_count = comment.up_count - comment.down_count
        comment.thread = thread  # As it stands here, without a query for each.
        comment.best_rank = comment.rank()
        comment.is_listed = comment.is_published
        batch.append(comment)
        if len(batch) == BATCH:
            _store(batch)
            batch.clear()
    _store(batch)
    _list_gone_with_replies(thread)
    changed(thread.tag)


def _store(batch: list[Comment]) -> None:
    Comment.objects.bulk_update(batch, ["replies_count", "net_count", "best_rank", "is_listed"])


def _list_gone_with_replies(thread: Thread) -> None:
    gone = Comment.objects.filter(thread=thread, state__in=[State.REMOVED, State.WITHDRAWN], is_listed=False)
    # Deepest first: a gone comment under a gone comment keeps both places. Ends when a round lists nothing.
    while gone.filter(answers__is_listed=True).exists():
        ids = list(gone.filter(answers__is_listed=True).values_list("pk", flat=True).distinct()[:BATCH])
        Comment.objects.filter(pk__in=ids).update(is_listed=True)


def differences() -> Iterator[str]:
    """One sentence for each stored count that its rows do not bear out. Nothing when all agree."""
    threads = Thread.objects.annotate(real=Count("comments", filter=Q(comments__state=State.PUBLISHED)))
    for thread in threads.iterator(chunk_size=BATCH):
        if thread.comments_count != thread.real:
            yield f"Thread {thread.pk} says {thread.comments_count} comments; it has {thread.real}."
    yield from _votes_differ()


def _votes_differ() -> Iterator[str]:
    ups, downs = Count("votes", Q(votes__value=1)), Count("votes", Q(votes__value=-1))
    voted = Comment.objects.filter(votes__isnull=False).annotate(ups=ups, downs=downs)
    rows = voted.values_list("pk", "up_count", "down_count", "net_count", "ups", "downs")
    for pk, up_count, down_count, net_count, up_rows, down_rows in rows.iterator(chunk_size=BATCH):
        said = f"Comment {pk} says {up_count} up and {down_count} down"
        # An import brings counts without voters, so rows can only be fewer.
        if up_count < up_rows or down_count < down_rows:
            yield f"{said}; it has {up_rows} and {down_rows} votes."
        if net_count != up_count - down_count:
            yield f"{said}, and a net of {net_count}."
