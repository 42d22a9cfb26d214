"""The page of one promised transfer: where to send what, and what to write with it. For who holds its link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readership.funding.transferring import gift_of_token, transfer_part


@require_safe
@never_cache
def transfer_page(request: HttpRequest, transfer: str) -> HttpResponse:
    gift = gift_of_token(transfer)
    if gift is None:
        raise Http404
    answer = render(request, "funding/transfer.html", {"part": transfer_part(gift)})
    # Neither a search engine nor the next page learns this address.
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
