"""Pages of the tree: Wagtail's own serving, with a short way to a story."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail import views
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.models import Site

from readership.pagecache import remembered
from readership.stories.models import Story
from readership.stories.translations import front_url, root_path_of

OLD_NUMBERS = {"p", "page_id"}


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """As Wagtail serves. It would ask for the site, its root and each section on the way, and two tables for each: a
    story is found by its whole address in one query instead. All its checks (restrictions, hooks) still run.
    """
    if not path and OLD_NUMBERS & request.GET.keys():
        return _from_old_number(request)
    site = remembered(("site", request.get_host()), lambda: Site.find_for_request(request), tags=("site",))
    if site is not None:
        # Both are where Wagtail itself keeps what it found for a request.
        known: Any = request
        known._wagtail_site = site
        story = _story_at(f"{root_path_of(site)}{path}")
        if story is not None:
            known._wagtail_route_for_request = (story, [], {})
    answer: HttpResponseBase = views.serve(request, path)
    return answer


def _from_old_number(request: HttpRequest) -> HttpResponseBase:
    """`/?p=123`, as WordPress numbers its stories: to where an import brought that story, else to the front page."""
    for name in sorted(OLD_NUMBERS & request.GET.keys()):
        found = get_redirect(request, f"/?{urlencode({name: request.GET[name]})}")
        if found:
            return HttpResponsePermanentRedirect(found.link)
    return HttpResponseRedirect(front_url())


def _story_at(url_path: str) -> Story | None:
    # The whole address has no index; its last word has, and few stories share it.
    slug = url_path.rstrip("/").rpartition("/")[2]
    rows = Story.objects.live().select_related("lead_image").filter(slug=slug, url_path=url_path)
    story: Story | None = rows.first()
    return story
