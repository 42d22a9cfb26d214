"""Whom a comment speaks to: @ and the name of somebody who takes part in its thread.

A mention is a marked name, not a link: two guests may bear the same name, and a link would say that one of them is
meant. Who takes part is looked up among the latest comments only, so that posting costs the same in every thread.
"""

from __future__ import annotations

from readership.discussion.marking import begins_a_name
from readership.discussion.models import Comment, State, Thread
from readership.discussion.rendering import render_markdown

LATEST = 1000


def render_in(thread: Thread, text: str, *, parent_id: int | None = None) -> str:
    """`text` as HTML, with the names of those marked whom it speaks to. At most two queries, none without an @."""
    return render_markdown(text, names=spoken_to(thread, text, parent_id=parent_id))


def spoken_to(thread: Thread, text: str, *, parent_id: int | None = None) -> list[str]:
    """The names of participants that stand after an @ in `text`; the one that is answered always counts as one."""
    if not any(begins_a_name(text, place) for place, character in enumerate(text) if character == "@"):
        return []
    names = set(_latest_names(thread))
    if parent_id is not None:
        answered = Comment.objects.filter(pk=parent_id, thread=thread, state=State.PUBLISHED)
        names |= set(answered.values_list("author_name", flat=True))
    folded = text.casefold()
    return [name for name in names if f"@{name.casefold()}" in folded]


def _latest_names(thread: Thread) -> list[str]:
    latest = thread.comments.filter(is_listed=True, state=State.PUBLISHED).order_by("-created_at", "-id")
    return list(latest.values_list("author_name", flat=True)[:LATEST])
