"""What helps while one writes. Nothing here stores anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from readership.discussion.access import own_comment, public_thread
from readership.discussion.door import door
from readership.discussion.forms import CommentForm, EditForm
from readership.discussion.paging import read_id
from readership.discussion.queries import name_of_answered
from readership.discussion.showing import edit_page_of, story_url
from readership.discussion.submitting import preview_text
from readership.readers.speaking import speaker_of

KEPT = ("text", "name", "email", "parent", "submission_key", "picture_alt", "notify")


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
    shown = preview_text(request, thread, parent_id=read_id(request.POST.get("parent")))
    context = {"form": form, "preview": shown, "story_url": story_url(thread), "story_title": str(thread.page)}
    return render(request, "discussion/preview.html", context)


@door
@require_POST
def edit_preview(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """The own comment as it would look with the new words, and the form that holds them."""
    comment = own_comment(comment_id, speaker_of(request))
    form = EditForm(initial={"text": request.POST.get("text", "")})
    shown = preview_text(request, comment.thread, parent_id=comment.parent_id)
    return render(request, "discussion/edit.html", edit_page_of(request, comment, form=form, preview=shown))
