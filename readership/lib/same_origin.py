"""Forms of readers are guarded by where they come from, not by a token in the page (attacks D01, D05).

A page that is the same for everybody can hold no token. Every browser of today says where a request comes from:
Sec-Fetch-Site, or else Origin. A request that says neither, or says somewhere else, is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def comes_from_us(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.get_host()


def says_it_is_foreign(request: HttpRequest) -> bool:
    """Where a token guards the form as well, a request that says nothing is for the token to judge."""
    says = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    return says and not comes_from_us(request)


def from_our_pages_only(view: View[P]) -> View[P]:
    """Refuses a write that another site's page sent. Takes the place of Django's token."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not comes_from_us(request):
            return HttpResponseForbidden(
                _("This form was not sent from our own page. Please go back, reload the page and send it again."),
                content_type="text/plain; charset=utf-8",
            )
        return view(request, *args, **kwargs)

    return cast(View[P], csrf_exempt(guarded))
