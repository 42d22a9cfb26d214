"""How a comment would look, before it is one. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from readership.discussion.composing import compose
from readership.discussion.errors import CommentRefused
from readership.discussion.models import Thread


@dataclass(frozen=True)
class Preview:
    """`html`, or `sentence` where there is nothing to show."""

    html: SafeString | None = None
    sentence: str | Promise = ""


def preview_of(given: str, *, thread: Thread, parent_id: int | None) -> Preview:
    try:
        _text, html = compose(given, thread=thread, parent_id=parent_id)
    except CommentRefused as refused:
        return Preview(sentence=refused.message)
    return Preview(html=SafeString(html))
