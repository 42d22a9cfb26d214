"""What a comment said before it was edited, for everybody: as far as somebody had answered those words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from readership.discussion.access import published_comment
from readership.discussion.door import door
from readership.discussion.showing import page_of


@door
@require_GET
def versions(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = published_comment(comment_id)
    earlier = [
        # Made by rendering.py, which lets only safe tags through.
        {"html": SafeString(one.text_html), "written_at": one.written_at, "replaced_at": one.replaced_at}
        for one in comment.versions.filter(is_public=True)
    ]
    return render(request, "discussion/versions.html", page_of(comment, versions=earlier))
