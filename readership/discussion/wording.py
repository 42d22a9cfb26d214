"""The sentences that stand with a comment."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from readership.discussion.models import AWAITS_ADDRESS, Badge, Comment, State


def badge_label(comment: Comment) -> str:
    """Said beside the name, where it says something: a reader with an account needs no label."""
    if comment.is_gone or comment.badge == Badge.READER:
        return ""
    return str(Badge(comment.badge).label)


def gone_sentence(comment: Comment) -> str:
    if comment.state == State.WITHDRAWN:
        return _("Withdrawn by its author.")
    if comment.state == State.REMOVED:
        return _("Removed by a moderator.")
    return ""


def held_sentence(comment: Comment) -> str:
    if comment.state != State.HELD:
        return ""
    if comment.held_because == AWAITS_ADDRESS:
        return _("Only you can see this yet. Confirm your address with our mail, and it appears for everybody.")
    return _("Only you can see this yet. A moderator reads it first, then it appears for everybody.")


def agreed_sentence(comment: Comment) -> str:
    """Explains the mark of `Comment.agreed_at`; "" where there is none."""
    if comment.agreed_at is None or comment.is_gone:
        return ""
    return _("Readers who usually vote differently both voted for this comment.")


def invitation() -> str:
    """What asks readers to write: the newsroom's own words, else ours."""
    return settings.INVITATION or _("Would love your thoughts, please comment.")
