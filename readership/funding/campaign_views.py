"""A campaign's own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from readership import pagecache
from readership.funding import drawing
from readership.funding.choosing import public_campaign
from readership.funding.queries import gifts_by_month, remembered_meter


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    pagecache.depends_on("site")
    found = public_campaign(slug)
    if found is None:
        raise Http404
    page = {
        "campaign": found,
        "meter": remembered_meter(found),
        "is_over": found.ends_on is not None and found.ends_on < timezone.localdate(),
        "bars": drawing.bars(gifts_by_month(found), is_rtl=get_language_bidi()),
    }
    pagecache.share(request)
    return render(request, "website/campaign.html", page)
