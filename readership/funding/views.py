"""The giving page: why we ask, how to give, what came in. One for each campaign; /support/ is the site's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from readership import pagecache
from readership.funding.choosing import public_campaign
from readership.funding.giving_page import giving_form, giving_page
from readership.funding.models import Campaign
from readership.funding.queries import current_campaign


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    return _shared_page(request, current_campaign())


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_campaign(slug)
    if found is None:
        raise Http404
    return _shared_page(request, found)


def _shared_page(request: HttpRequest, shown: Campaign | None) -> HttpResponse:
    pagecache.depends_on("site")
    form = giving_form(shown) if shown and shown.is_running_on(timezone.localdate()) else None
    pagecache.share(request)
    return giving_page(request, shown, form)
