"""What pages that are open already ask about a thread, and what invites a reader to write in it."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from readership.discussion.models import State, Thread
from readership.discussion.queries import thread_of
from readership.discussion.wording import invitation
from readership.pagecache import depends_on


@dataclass(frozen=True)
class ThreadNews:
    count: int  # published comments
    newest: int | None  # the id of the one written last


@dataclass(frozen=True)
class InvitationPart:
    thread_id: int
    text: str
    comments_count: int


def news_of(thread: Thread) -> ThreadNews:
    """One query. Who may read the story decides whether there is an answer, so it depends on the story as well."""
    depends_on("site", f"page:{thread.page_id}", thread.tag)
    published = thread.comments.listed().filter(state=State.PUBLISHED).order_by("-created_at", "-id")
    return ThreadNews(thread.comments_count, published.values_list("pk", flat=True).first())


def invitation_part(page: Page) -> InvitationPart | None:
    """None where nobody can write: there is no thread, or it is closed. No query of its own."""
    thread = thread_of(page)
    if thread is None or thread.closed_at is not None:
        return None
    # The newsroom's own words are in its own language; ours are translated.
    return InvitationPart(thread.pk, invitation(), thread.comments_count)
