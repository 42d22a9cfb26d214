"""Editors put a comment first: as a pick, quoted above the thread and counted a little in “best”,
or pinned to its top."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from readership.discussion.errors import NotThere
from readership.discussion.models import Comment
from readership.pagecache import changed


@transaction.atomic
def feature_comment(*, comment_id: int, now: datetime) -> Comment:
    """Make it an editors' pick. Raises NotThere when it is not published."""
    comment = _published(comment_id)
    if comment.featured_at is None:
        _set_pick(comment, now)
    return comment


@transaction.atomic
def unfeature_comment(*, comment_id: int) -> Comment:
    comment = _published(comment_id)
    if comment.featured_at:
        _set_pick(comment, None)
    return comment


def _set_pick(comment: Comment, at: datetime | None) -> None:
    comment.featured_at = at
    comment.best_rank = comment.rank()
    comment.save(update_fields=["featured_at", "best_rank"])
    changed(comment.thread.tag)


@transaction.atomic
def pin_comment(*, comment_id: int) -> Comment:
    """Put it at the top of its thread. Raises NotThere when it is not published or is a reply."""
    comment = _published(comment_id)
    if comment.parent_id:
        raise NotThere
    return _set_pin(comment, True)


@transaction.atomic
def unpin_comment(*, comment_id: int) -> Comment:
    return _set_pin(_published(comment_id), False)


def _set_pin(comment: Comment, is_pinned: bool) -> Comment:
    if comment.is_pinned != is_pinned:
        comment.is_pinned = is_pinned
        comment.save(update_fields=["is_pinned"])
        changed(comment.thread.tag)
    return comment


def _published(comment_id: int) -> Comment:
    # Locked: a vote counts into the same rank.
    comment = Comment.objects.select_for_update(of=("self",)).select_related("thread").filter(pk=comment_id).first()
    if comment is None or not comment.is_published:
        raise NotThere
    return comment
