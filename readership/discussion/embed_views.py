"""What other sites show of our threads. Only these answers may stand in a foreign frame, and nothing in them acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readership.discussion.access import public_thread, published_comment
from readership.discussion.embedding import depend_on_thread, embed_part, oembed, title_of
from readership.discussion.errors import NotThere
from readership.discussion.machines import described_posting
from readership.discussion.paging import read_id
from readership.discussion.showing import story_url
from readership.lib.framing import for_anybody, in_any_frame
from readership.pagecache import share
from readership.stories.describing import in_script
from readership.stories.queries import absolute

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_other_sites(view: View[P]) -> View[P]:
    """The same for everybody, in anybody's frame and for anybody's program; a refusal too, so that a frame says it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        share(request)
        try:
            return view(request, *args, **kwargs)
        except NotThere:
            return render(request, "discussion/embed/gone.html", status=404)

    return in_any_frame(cast(View[P], shown))


@for_other_sites
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return render(request, "discussion/embed/comment.html", {"embed": embed_part(published_comment(comment_id))})


@for_other_sites
def count(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = public_thread(thread_id)
    depend_on_thread(thread)
    context = {
        "count": thread.comments_count,
        "story_title": title_of(thread),
        "thread_url": absolute(f"{story_url(thread)}#comments"),
    }
    return render(request, "discussion/embed/count.html", context)


@require_safe
def elsewhere(request: HttpRequest, comment_id: int) -> HttpResponse:
    """How to show a comment on another site: a page of ours, with the HTML to copy."""
    share(request)
    try:
        part = embed_part(published_comment(comment_id))
    except NotThere:
        raise Http404 from None
    described = described_posting(
        part.comment, address=absolute(request.path), story_title=part.story_title, story_url=part.story_url
    )
    return render(request, "discussion/elsewhere.html", {"embed": part, "json_ld": in_script(described)})


@never_cache
@require_safe
def describe(request: HttpRequest) -> HttpResponse:
    """oEmbed (oembed.com), as JSON only."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    try:
        answer = oembed(request.GET.get("url", ""), widest=read_id(request.GET.get("maxwidth")))
    except NotThere:
        return for_anybody(JsonResponse({}, status=404))
    return for_anybody(JsonResponse(answer))
