"""Readers with an account mute others, and take it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from readership.discussion.access import published_comment
from readership.discussion.door import door
from readership.discussion.errors import NotThere
from readership.discussion.models import Mute
from readership.discussion.muting import lift_mute, mute_writer
from readership.discussion.showing import page_of, writers_view
from readership.readers.models import Reader
from readership.readers.speaking import speaker_of


@door
@require_http_methods(["GET", "POST"])
def mute(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    reader, comment = _reader(request), published_comment(comment_id)
    if request.method == "POST":
        mute_writer(reader=reader, comment=comment, now=timezone.now())
        return HttpResponseRedirect(writers_view(request, comment), status=303)
    return render(request, "discussion/mute.html", page_of(comment, action_url=request.path))


@door
@require_GET
def mutes(request: HttpRequest) -> HttpResponseBase:
    reader = _reader(request)
    mine = Mute.objects.filter(reader=reader).order_by("-muted_at")
    return render(request, "discussion/mutes.html", {"mutes": mine})


@door
@require_POST
def lift(request: HttpRequest, mute_id: int) -> HttpResponseBase:
    lift_mute(reader=_reader(request), mute_id=mute_id)
    return redirect("mutes")


def _reader(request: HttpRequest) -> Reader:
    """Guests keep their mutes in the browser; the server keeps them for accounts."""
    reader = speaker_of(request).reader
    if reader is None:
        raise NotThere
    return reader
