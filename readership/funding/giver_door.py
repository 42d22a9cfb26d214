"""The door to everything below /gifts/yours/: the link in the address is the key, and the answer is nobody else's.

No cookie and no session: whoever holds the link may act, and each write has to come from our own page. The answers are
kept by nobody, found by no search engine, and tell no other site where one came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readership.funding.giver_links import giver_of
from readership.funding.letters import speaking_to
from readership.funding.models import Giver
from readership.lib.same_origin import from_our_pages_only

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """Whose page it is, and the key it was opened with."""

    giver: Giver
    token: str

    def path(self, name: str, *arguments: str) -> str:
        return reverse(f"gifts:{name}", args=[self.token, *arguments])

    def back(self, said: str = "") -> HttpResponse:
        """To the page, which then says what was done."""
        path = self.path("yours")
        return HttpResponseRedirect(f"{path}?said={said}#said" if said else path, status=303)


OwnView = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def own(*methods: str) -> Callable[[OwnView[P]], Callable[..., HttpResponseBase]]:
    """The view gets a `Visit` in the place of the token."""

    def guard(view: OwnView[P]) -> Callable[..., HttpResponseBase]:
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            giver = giver_of(token)
            if giver is None:
                return private(render(request, "funding/giver/link_over.html", status=404))
            with speaking_to(giver):
                return private(view(request, Visit(giver, token), *args, **kwargs))

        return never_cache(from_our_pages_only(require_http_methods(list(methods))(opened)))

    return guard


def private(answer: HttpResponseBase) -> HttpResponseBase:
    # Our own pages may see where a form came from: its guard asks. Nobody else gets the address, not even the origin.
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def page(
    request: HttpRequest, visit: Visit, template: str, shown: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(
        request, f"funding/giver/{template}", {**shown, "token": visit.token, "giver": visit.giver}, status=status
    )
