"""What somebody typed becomes what is kept and what is shown; a preview and a posted comment are made alike."""

from __future__ import annotations

from django.conf import settings

from readership.discussion.errors import CommentTooLong, EmptyComment
from readership.discussion.mentioning import render_in
from readership.discussion.models import Thread
from readership.lib.text import clean_text


def compose(given: str, *, thread: Thread, parent_id: int | None = None) -> tuple[str, str]:
    """The cleaned source and its HTML. Raises EmptyComment or CommentTooLong."""
    text = clean_text(given)
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise EmptyComment
    if len(text) > settings.COMMENT_MAX_LENGTH:
        raise CommentTooLong
    html = render_in(thread, text, parent_id=parent_id)
    if not html:
        raise EmptyComment
    return text, html
