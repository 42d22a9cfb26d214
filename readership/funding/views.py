"""The public page about money: why we ask, how to give, what came in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from readership import pagecache
from readership.funding import drawing
from readership.funding.queries import current_campaign, gifts_by_month, ledger_state, meter


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    pagecache.depends_on("site")
    campaign = current_campaign()
    months = gifts_by_month(campaign, months=6) if campaign else []
    page = {
        "campaign": campaign,
        "meter": meter(campaign) if campaign else None,
        "bars": drawing.bars(months, is_rtl=get_language_bidi()),
        "ledger": ledger_state(),
    }
    pagecache.share(request)
    return render(request, "website/support.html", page)
