"""A guest who gave an address with a comment is asked by mail whether it is theirs."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from readership.discussion.models import AWAITS_ADDRESS, Comment
from readership.readers.confirming import ask_to_confirm
from readership.readers.letters import LIKE_A_LINK


def ask_for_address(comment: Comment, *, now: datetime) -> bool:
    """Not for a comment that a rule holds: what a program sent must not make us write to strangers."""
    waits = comment.held_because == AWAITS_ADDRESS
    if comment.guest is None or not comment.author_email or not (comment.is_published or waits):
        return False
    return ask_to_confirm(comment.author_email, comment.guest, why=_why(comment), is_needed=waits, now=now)


def _why(comment: Comment) -> str:
    # A stranger chose the name (attack G05); the title is the newsroom's.
    story = str(comment.thread.page or "")
    if LIKE_A_LINK.search(comment.author_name):
        return _("Somebody wrote a comment on “%(story)s” and gave this address.") % {"story": story}
    told = {"name": comment.author_name, "story": story}
    return _("Somebody wrote a comment as %(name)s on “%(story)s” and gave this address.") % told
