"""Who may touch which row. Every view gets its comment or thread here: one answer holds everywhere (C01, C02)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from readership.discussion.errors import NotThere, TooLate
from readership.discussion.models import MODERATE, Comment, Picture, State, Thread
from readership.discussion.queries import is_by, minutes_left
from readership.readers.models import Reader
from readership.readers.speaking import Speaker
from readership.stories.openness import is_open


def public_thread(thread_id: int) -> Thread:
    """A thread whose story everybody may read. Drafts, restricted and deleted stories have none."""
    thread = Thread.objects.select_related("page").filter(pk=thread_id).first()
    if thread is None or thread.page is None or not is_open(thread.page):
        raise NotThere
    return thread


def published_comment(comment_id: int) -> Comment:
    """A comment that everybody may read. Held, removed and unknown ones answer alike."""
    comments = Comment.objects.select_related("thread__page").filter(pk=comment_id, state=State.PUBLISHED)
    return _public(comments.first())


def readable_comment(comment_id: int, speaker: Speaker) -> Comment:
    """A comment that this person may read: published, or their own that waits for a moderator."""
    comment = _public(Comment.objects.select_related("thread__page").filter(pk=comment_id).first())
    if not comment.is_published and not _is_own_held(comment, speaker):
        raise NotThere
    return comment


def own_comment(comment_id: int, speaker: Speaker) -> Comment:
    """The speaker's own comment while it may still be changed. Raises NotThere or TooLate."""
    comment = _public(Comment.objects.select_related("thread__page").filter(pk=comment_id).first())
    if not speaker.is_known or not is_by(comment, speaker) or comment.is_gone:
        raise NotThere
    if not minutes_left(comment):
        raise TooLate
    return comment


def comment_for_moderator(comment_id: int, user: AbstractBaseUser | AnonymousUser) -> Comment:
    """Any comment, in whatever state, for those who may judge it. For all others there is no such thing."""
    if not isinstance(user, Reader) or not user.has_perm(MODERATE):
        raise NotThere
    comment = Comment.objects.select_related("thread__page", "reader").filter(pk=comment_id).first()
    if comment is None:
        raise NotThere
    return comment


def published_picture(name: str) -> Picture:
    """A picture that everybody may see."""
    picture = _picture(name)
    if not _public(picture.comment).is_published:
        raise NotThere
    return picture


def visible_picture(name: str, speaker: Speaker) -> Picture:
    """A picture that this person may see: in a comment they may read, or one that they may judge."""
    picture = _picture(name)
    if speaker.reader and speaker.reader.has_perm(MODERATE):
        return picture
    comment = _public(picture.comment)
    if not comment.is_published and not _is_own_held(comment, speaker):
        raise NotThere
    return picture


def _picture(name: str) -> Picture:
    picture = Picture.objects.select_related("comment__thread__page").filter(name=name).first()
    if picture is None:
        raise NotThere
    return picture


def _is_own_held(comment: Comment, speaker: Speaker) -> bool:
    return comment.state == State.HELD and speaker.is_known and is_by(comment, speaker)


def _public(comment: Comment | None) -> Comment:
    if comment is None or comment.thread.page is None or not is_open(comment.thread.page):
        raise NotThere
    return comment
