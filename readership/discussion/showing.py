"""A story shown with its thread after a write: the writer's own view, or the form again with what is wrong.

These answers are personal: they carry what the writer did, and never enter the page cache.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from readership.discussion.forms import CommentForm
from readership.discussion.models import Comment, Thread
from readership.discussion.paging import Sort
from readership.discussion.parts import Addresses, OwnMarks, comment_part
from readership.discussion.queries import minutes_left

FORM_KEY, NOTICE_KEY = "readership.comment_form", "readership.comment_notice"


def story_url(thread: Thread) -> str:
    return str(thread.page.get_url() or "/") if thread.page else "/"


def writers_view(request: HttpRequest, comment: Comment, *, follows: bool | None = None) -> str:
    """Where a write leads: the page of the thread that holds `comment`, as only its writer sees it.

    `follows` is what Posted says.
    """
    sort = _sort(request)
    query = {"own": "1", "comment": comment.pk} | ({"sort": sort} if sort else {})
    if follows is not None:
        query["follow"] = "on" if follows else "asked"
    return f"{story_url(comment.thread)}?{urlencode(query)}#comment-{comment.pk}"


def show_story(
    request: HttpRequest, thread: Thread, *, form: CommentForm, status: int, notice: str | Promise = ""
) -> HttpResponse:
    """The story's own page with `form` as it was filled in: nothing that was typed is lost."""
    assert thread.page is not None  # noqa: S101  access.public_thread gives no thread without a page
    request.META[FORM_KEY] = form
    request.META[NOTICE_KEY] = notice
    response: HttpResponse = thread.page.specific.serve(request)
    response.status_code = status
    return response


def page_of(comment: Comment, **more: object) -> dict[str, object]:
    addresses = Addresses(story_url(comment.thread))
    part = comment_part(comment, addresses=addresses, own=OwnMarks(), is_open=comment.thread.closed_at is None)
    return {"comment": part, "story_title": _title(comment.thread), "story_url": addresses.story_url, **more}


def edit_page_of(request: HttpRequest, comment: Comment, **more: object) -> dict[str, object]:
    addresses = Addresses(story_url(comment.thread), _sort(request))
    return page_of(
        comment,
        edit_url=addresses.action(comment.pk, "edit"),
        preview_url=addresses.action(comment.pk, "edit/preview"),
        minutes=minutes_left(comment),
        **more,
    )


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort in set(Sort) else ""


def _title(thread: Thread) -> str:
    return str(thread.page.title) if thread.page else ""
