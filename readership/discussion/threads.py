"""The thread under a page, as the request in hand asks for it."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from readership.discussion.forms import CommentForm
from readership.discussion.models import Thread
from readership.discussion.paging import DEFAULT_SORT, Sort, ThreadView, read_view
from readership.discussion.parts import ThreadPart
from readership.discussion.queries import thread_of, thread_part
from readership.discussion.showing import FORM_KEY, NOTICE_KEY
from readership.readers.speaking import NOBODY, Speaker, speaker_of
from readership.stories.queries import comment_order_of


def part_under(page: Page, request: HttpRequest) -> ThreadPart | None:
    """None when the page has no thread. Who asks is looked up only in a writer's own view, never for a shared page."""
    thread = thread_of(page)
    if thread is None:
        return None
    form: Form | None = request.META.get(FORM_KEY)
    is_own = form is not None or request.GET.get("own") == "1"
    speaker = speaker_of(request) if is_own else NOBODY
    view = read_view(request.GET, usual=_usual_order(page))
    if NOTICE_KEY in request.META:
        view = replace(view, notice=request.META[NOTICE_KEY])
    return thread_part(
        thread,
        story_url=page.get_url(request) or "/",
        view=view,
        form=form or CommentForm(thread_id=thread.pk, is_reader=speaker.reader is not None, is_shared=not is_own),
        speaker=speaker,
        status_sentence=_status(thread, view, speaker, request.GET.get("follow")) if form is None else "",
    )


def _usual_order(page: Page) -> Sort:
    """The section's, else the site's."""
    order = comment_order_of(page) or settings.COMMENT_ORDER
    return Sort(order) if order in set(Sort) else DEFAULT_SORT


def _status(thread: Thread, view: ThreadView, speaker: Speaker, follow: str | None) -> str:
    """What just happened, said once at the top of the writer's own view."""
    if not speaker.is_known or view.comment_id is None:
        return ""
    comment = thread.comments.filter(pk=view.comment_id).first()
    if comment is None:
        return ""
    if comment.is_gone:
        return _("Your comment is withdrawn.")
    said = (
        _("Done. Others see it within a second.")
        if comment.is_published
        else _("Thank you. A moderator reads your comment first.")
    )
    return f"{said} {_said_of_following(follow)}".strip()


def _said_of_following(follow: str | None) -> str:
    if follow == "asked":
        return _("Please look into your mail: we ask there whether it was you, and tell you of news from then on.")
    return _("You will be told of news.") if follow == "on" else ""
