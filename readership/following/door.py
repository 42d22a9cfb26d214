"""The doors to everything below /follow/: never cached, found by no search engine, and a refusal becomes a sentence.

Every form must come from our own pages, also where a token in the address is the key. One request cannot say where it
comes from: the mail program's own button to unsubscribe, which is known by what it sends (RFC 8058). So pages tell
ours, and no other site, where one came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from readership.following.errors import FollowingError, NotThere, TooFast
from readership.following.letters import speaking_to
from readership.following.links import own_claim
from readership.lib.same_origin import from_our_pages_only
from readership.readers.models import MailAddress

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
LINK_OVER = "following/link_over.html"
STATUS: dict[type[FollowingError], int] = {NotThere: 404, TooFast: 429}


@dataclass(frozen=True)
class Visit:
    """Whose page it is, and the key it was opened with."""

    address: MailAddress
    token: str

    def path(self, name: str, *arguments: object) -> str:
        return reverse(f"following:{name}", args=[self.token, *arguments])

    def back(self, said: str, page: str = "yours") -> HttpResponse:
        """To the page, which then says what was done."""
        return HttpResponseRedirect(f"{self.path(page)}?said={said}#said", status=303)


OwnView = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def door(*methods: str) -> Callable[[View[P]], View[P]]:
    """For pages without a token: forms must come from our own pages."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return private(view(request, *args, **kwargs))
            except FollowingError as refused:
                return private(say(request, refused))

        return never_cache(from_our_pages_only(cast(View[P], require_http_methods(list(methods))(opened))))

    return guard


ONE_CLICK = ("List-Unsubscribe", "One-Click")


def by_token(*methods: str, takes_one_click: bool = False) -> Callable[[View[P]], View[P]]:
    """For pages whose token the view itself looks into."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return private(view(request, *args, **kwargs))

        limited = cast(View[P], require_http_methods(list(methods))(opened))
        guarded = from_our_pages_only(limited)

        @wraps(view)
        def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            is_one_click = takes_one_click and request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
            return (limited if is_one_click else guarded)(request, *args, **kwargs)

        return cast(View[P], csrf_exempt(never_cache(entered)))

    return guard


def own(*methods: str, over: str = LINK_OVER) -> Callable[[OwnView[P]], Callable[..., HttpResponseBase]]:
    """The view gets a `Visit` in the place of the token, and speaks the language of its owner. `over` is the page shown
    where the token opens nothing any more."""

    def guard(view: OwnView[P]) -> Callable[..., HttpResponseBase]:
        @by_token(*methods)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            claim = own_claim(token)
            if claim is None:
                return link_is_over(request, over)
            with speaking_to(claim.address):
                return view(request, Visit(claim.address, token), *args, **kwargs)

        return opened

    return guard


def link_is_over(request: HttpRequest, page: str = LINK_OVER) -> HttpResponse:
    return render(request, page, status=404)


def private(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def say(request: HttpRequest, refused: FollowingError) -> HttpResponse:
    told = {
        "title": _("That did not work"),
        "sentence": refused.message,
        "link_url": "/",
        "link_label": _("Front page"),
    }
    answer = render(request, "website/message.html", told, status=STATUS.get(type(refused), 400))
    if isinstance(refused, TooFast):
        answer["Retry-After"] = str(refused.retry_after)
    return answer


def page(
    request: HttpRequest, visit: Visit, template: str, shown: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    told = {**shown, "token": visit.token, "address": visit.address}
    return render(request, f"following/{template}", told, status=status)
