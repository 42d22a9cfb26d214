"""What helps while one writes. Nothing here stores anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from readership.discussion import limits
from readership.discussion.access import public_thread
from readership.discussion.door import door
from readership.discussion.errors import TooFast
from readership.discussion.forms import CommentForm
from readership.discussion.models import Thread
from readership.discussion.paging import read_id
from readership.discussion.previewing import Preview, preview_of
from readership.discussion.queries import name_of_answered
from readership.discussion.showing import story_url
from readership.readers.speaking import speaker_of

KEPT = ("text", "name", "email", "parent", "submission_key", "picture_alt")


@door
@require_POST
def preview(request: HttpRequest, thread_id: int) -> HttpResponseBase:
    """The comment as it would look, and the form with everything that was typed. Scripts take the first alone."""
    thread = public_thread(thread_id)
    form = CommentForm(
        initial={name: request.POST.get(name, "") for name in KEPT},
        thread_id=thread.pk,
        is_reader=speaker_of(request).reader is not None,
        parent_name=name_of_answered(thread, request.POST.get("parent")),
        lost_picture="picture" in request.FILES,
    )
    shown = _shown(request, thread)
    context = {"form": form, "preview": shown, "story_url": story_url(thread), "story_title": str(thread.page)}
    return render(request, "discussion/preview.html", context)


def _shown(request: HttpRequest, thread: Thread) -> Preview:
    """Who asks too often is told so beside the text, which stays."""
    try:
        limits.allow_preview(request)
    except TooFast as refused:
        return Preview(sentence=refused.message)
    text, parent_id = request.POST.get("text", ""), read_id(request.POST.get("parent"))
    return preview_of(text, thread=thread, parent_id=parent_id)
