"""Threads of a given size, in bulk. Each root has one reply, so that every full page shows as much as any other;
only a tenth of the thread hangs in one long branch, as under a comment that starts a quarrel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from readership.discussion.models import Badge, Comment, Thread
from readership.discussion.ranking import best_rank
from readership.discussion.rendering import RENDERER_VERSION, render_markdown

STARTED_AT = datetime(2026, 1, 1, tzinfo=UTC)
# 48 words, the average of the material that the peers were measured with.
TEXT = (
    "I was on that ferry, and it left twenty minutes late because **nobody** had told the crew about the change. "
    "The harbour office says it put up a notice; I asked three people on the quay and none of them had seen it.\n\n"
    "So whom do we write to?"
)
HTML = render_markdown(TEXT)


def fill(thread: Thread, size: int) -> None:
    """`size` comments, all published, with the counts that recount() would make."""
    first_id = (Comment.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    Comment.objects.bulk_create(_comments(thread, first_id, size), batch_size=5_000)
    thread.comments_count, thread.opened_at = size, STARTED_AT
    thread.save(update_fields=["comments_count", "opened_at"])


def _comments(thread: Thread, first_id: int, size: int) -> Iterator[Comment]:
    long_branch = size // 10 | 1  # Odd, so that every root after it stands at an even place.
    for place in range(size):
        if place and (place <= long_branch or place % 2):
            root_id = first_id if place <= long_branch else first_id + place - 1
            yield _comment(thread, first_id + place, place, root_id=root_id)
        else:
            yield _comment(thread, first_id + place, place, replies_count=_replies(place, long_branch, size))


def _replies(place: int, long_branch: int, size: int) -> int:
    return long_branch if place == 0 else int(place + 1 < size)


def _votes(place: int) -> tuple[int, int]:
    """Most comments have none: so the orders by votes hold long stretches of equals, as in real threads."""
    return (place * 7_919 % 97, place * 104_729 % 23) if place % 10 > 7 else (0, 0)


def _comment(thread: Thread, pk: int, place: int, *, root_id: int | None = None, replies_count: int = 0) -> Comment:
    up, down = _votes(place)
    written_at = STARTED_AT + timedelta(seconds=40 * place)
    is_featured = place % 200 == 7
    return Comment(
        pk=pk,
        thread=thread,
        parent_id=root_id,
        root_id=root_id,
        depth=0 if root_id is None else 1,
        author_name=f"Reader {place % 500}",
        text_source=TEXT,
        text_html=HTML,
        renderer_version=RENDERER_VERSION,
        badge=Badge.STAFF if place % 50 == 3 else Badge.GUEST,
        featured_at=written_at if is_featured else None,
        created_at=written_at,
        up_count=up,
        down_count=down,
        net_count=up - down,
        best_rank=best_rank(up, down, later=written_at - STARTED_AT, is_featured=is_featured),
        replies_count=replies_count,
    )
