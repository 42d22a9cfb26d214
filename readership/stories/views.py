"""Pages that are no page of the tree: authors, topics, the search; and what machines ask for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readership.lib.languages import content_languages, spoken
from readership.pagecache import depends_on, share
from readership.stories import sitemaps
from readership.stories.listing import author_list, topic_list
from readership.stories.models import Author, Topic
from readership.stories.queries import absolute, author_part
from readership.stories.searching import search_stories
from readership.stories.telling import choices_of


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Author, slug=slug)
    context = {
        "author": author_part(row),
        "list": author_list(row, request.GET.get("page")),
        "may_follow": choices_of([row], [], is_chosen=True),
    }
    return _shared(request, "website/author_page.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Topic, slug=slug)
    context = {
        "topic": row,
        "list": topic_list(row, request.GET.get("page")),
        "may_follow": choices_of([], [row], is_chosen=True),
    }
    return _shared(request, "website/topic_page.html", context)


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    results = search_stories(request.GET.get("q", ""), request.GET.get("page"))
    answer = render(request, "website/search.html", {"results": results})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _xml(request, "stories/machines/sitemap_index.xml", {"files": sitemaps.files()})


@require_safe
def sitemap(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    return _xml(request, "stories/machines/sitemap.xml", {"entries": sitemaps.entries(kind, number)})


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {
        "entries": sitemaps.news(),
        "name": settings.SITE_NAME,
        "language": spoken(),
    }
    return _xml(request, "stories/machines/news_sitemap.xml", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {"sitemaps": [absolute(address) for address in _sitemaps()]}
    return _shared(request, "stories/machines/robots.txt", context, content_type="text/plain; charset=utf-8")


def _sitemaps() -> list[str]:
    """One map holds the pages of all languages; news has one for each."""
    found = [reverse("stories:sitemap_index")]
    for language in content_languages():
        with override(language):
            found.append(reverse("stories:news_sitemap"))
    return found


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return _shared(request, template, context, content_type="application/xml")


def _shared(
    request: HttpRequest, template: str, context: dict[str, object], *, content_type: str | None = None
) -> HttpResponse:
    depends_on("site")
    share(request)
    return render(request, template, context, content_type=content_type)
