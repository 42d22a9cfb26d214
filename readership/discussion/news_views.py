"""A few bytes that open pages ask for again and again. The page cache answers nearly all of them, mostly with 304."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from readership.discussion.access import public_thread
from readership.discussion.errors import NotThere
from readership.discussion.news import news_of
from readership.pagecache import share


@require_safe
def thread_news(request: HttpRequest, thread_id: int) -> JsonResponse:
    try:
        thread = public_thread(thread_id)
    except NotThere:
        raise Http404 from None
    share(request)
    return JsonResponse(asdict(news_of(thread)))
