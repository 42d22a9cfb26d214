"""What a moderator is shown of one comment: its state, what may be done with it, and what its writer wrote before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from readership.discussion.models import Comment, State
from readership.discussion.parts import Addresses
from readership.discussion.showing import story_url

HISTORY_SHOWN = 20
HISTORY_WORDS = 30
LABELS: dict[str, Promise] = {
    "feature": _("Make it an editors’ pick"),
    "unfeature": _("No longer an editors’ pick"),
    "pin": _("Pin it to the top"),
    "unpin": _("Unpin it"),
    "publish": _("Publish it"),
    "hold": _("Hold it for review"),
    "remove": _("Remove it"),
    "close": _("Close the thread"),
    "reopen": _("Open the thread again"),
}


@dataclass(frozen=True)
class Tool:
    name: str
    label: str | Promise


@dataclass(frozen=True)
class EarlierComment:
    words: str
    state_label: str
    story_title: str
    url: str
    written_at: datetime


@dataclass(frozen=True)
class ToolsPart:
    state_label: str
    held_because: str
    tools: tuple[Tool, ...]
    history: tuple[EarlierComment, ...]


def tools_part(comment: Comment) -> ToolsPart:
    """Two queries."""
    return ToolsPart(
        state_label=str(State(comment.state).label),
        held_because=comment.held_because if comment.state == State.HELD else "",
        tools=tuple(Tool(name, LABELS[name]) for name in tool_names(comment)),
        history=tuple(_earlier(one) for one in _by_same_writer(comment)),
    )


def tool_names(comment: Comment) -> list[str]:
    """What may be done with it as it stands, in the order of the buttons."""
    names = []
    if comment.is_published:
        names.append("unfeature" if comment.featured_at else "feature")
        if comment.parent_id is None:
            names.append("unpin" if comment.is_pinned else "pin")
    if comment.state in {State.HELD, State.REMOVED}:
        names.append("publish")
    if comment.state in {State.PUBLISHED, State.REMOVED}:
        names.append("hold")
    if comment.state in {State.HELD, State.PUBLISHED}:
        names.append("remove")
    return [*names, "reopen" if comment.thread.closed_at else "close"]


def _by_same_writer(comment: Comment) -> list[Comment]:
    if comment.reader_id:
        same = Q(reader_id=comment.reader_id)
    elif comment.guest_id:
        same = Q(guest_id=comment.guest_id)
    else:
        return []  # Of an older site, which did not say who is who.
    others = Comment.objects.filter(same).exclude(pk=comment.pk).select_related("thread__page")
    return list(others.order_by("-id")[:HISTORY_SHOWN])


def _earlier(comment: Comment) -> EarlierComment:
    return EarlierComment(
        words=Truncator(strip_tags(comment.text_html)).words(HISTORY_WORDS, truncate="…"),
        state_label=str(State(comment.state).label),
        story_title=str(comment.thread.page.title) if comment.thread.page else "",
        url=Addresses(story_url(comment.thread)).permalink(comment.pk),
        written_at=comment.created_at,
    )
