"""The one writer of Comment.state after posting, and of the counts and places that hang on it.

held ─→ published ⇄ removed        a moderator
held, published ─→ withdrawn       its writer, within the time for editing
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from readership.discussion.models import Comment, State, Thread
from readership.discussion.telling import tell_of_comment
from readership.pagecache import changed


def publish_comment(*, comment_id: int) -> Comment:
    """A moderator lets it appear, or appear again."""
    return _move(comment_id, State.PUBLISHED, may_come_from={State.HELD, State.REMOVED})


def hold_comment(*, comment_id: int, because: str) -> Comment:
    comment = _move(comment_id, State.HELD, may_come_from={State.PUBLISHED, State.REMOVED})
    comment.held_because = because[:200]
    comment.save(update_fields=["held_because"])
    return comment


def remove_comment(*, comment_id: int) -> Comment:
    return _move(comment_id, State.REMOVED, may_come_from={State.HELD, State.PUBLISHED})


def withdraw_comment(*, comment_id: int) -> Comment:
    return _move(comment_id, State.WITHDRAWN, may_come_from={State.HELD, State.PUBLISHED})


@transaction.atomic
def _move(comment_id: int, state: State, *, may_come_from: set[State]) -> Comment:
    """Asking for the state it has already changes nothing; a way that the drawing above lacks does neither."""
    # Locks: thread, then comment, everywhere.
    thread_id = Comment.objects.values_list("thread_id", flat=True).get(pk=comment_id)
    Thread.objects.select_for_update().get(pk=thread_id)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment_id)
    if comment.state not in may_come_from or comment.state == state:
        return comment
    step = (state == State.PUBLISHED) - (comment.state == State.PUBLISHED)
    is_new = comment.state == State.HELD and state == State.PUBLISHED
    comment.state = state
    comment.save(update_fields=["state"])
    count(comment, step)
    list_or_unlist(comment)
    changed(f"thread:{comment.thread_id}", comment.tag)
    if is_new:
        tell_of_comment(comment, now=timezone.now())
    return comment


def count(comment: Comment, step: int) -> None:
    """Add `step` published comments to the counts that `comment` belongs to."""
    if not step:
        return
    Thread.objects.filter(pk=comment.thread_id).update(comments_count=F("comments_count") + step)
    if comment.root_id:
        Comment.objects.filter(pk=comment.root_id).update(replies_count=F("replies_count") + step)


def list_or_unlist(comment: Comment | None) -> None:
    """A gone comment keeps its place while something below it is listed; so a change goes up as long as it matters."""
    while comment is not None:
        is_listed = comment.is_published or (comment.is_gone and comment.answers.listed().exists())
        if is_listed == comment.is_listed:
            return
        comment.is_listed = is_listed
        comment.save(update_fields=["is_listed"])
        comment = comment.parent
