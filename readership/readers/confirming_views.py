"""Where the links of the mails to guests lead. A GET only shows the button (attack G07)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readership.lib.same_origin import from_our_pages_only
from readership.readers.confirming import asked_by, confirm, refuse, refused_by
from readership.readers.guests import mark_acted

TokenView = Callable[[HttpRequest, str], HttpResponseBase]


def mailed(view: TokenView) -> TokenView:
    """The link is the key: the answer is kept by nobody, and tells no other site where one came from (L09, L11)."""

    def opened(request: HttpRequest, token: str) -> HttpResponseBase:
        answer = view(request, token)
        answer["Referrer-Policy"] = "same-origin"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return never_cache(from_our_pages_only(require_http_methods(["GET", "HEAD", "POST"])(opened)))


@mailed
def guest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    asked = asked_by(token)
    if asked is None:
        return render(request, "readers/link_over.html", status=404)
    if request.method != "POST":
        return render(request, "readers/guest_confirm.html", {"asked": asked})
    confirm(asked, now=timezone.now())
    answer = render(request, "readers/guest_confirmed.html", {"asked": asked})
    mark_acted(answer)
    return answer


@mailed
def guest_not_me(request: HttpRequest, token: str) -> HttpResponse:
    address = refused_by(token)
    if address is None:
        return render(request, "readers/link_over.html", status=404)
    if request.method == "POST":
        refuse(address, now=timezone.now())
        return render(request, "readers/guest_refused.html")
    return render(request, "readers/guest_not_me.html", {"address": address})
