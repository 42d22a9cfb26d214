"""The doors to the pages that are somebody's own; the others are following's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from readership.following.door import Visit, by_token
from readership.following.letters import speaking_to
from readership.newsletter.links import own_claim

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def own(*methods: str) -> Callable[[OwnView[P]], Callable[..., HttpResponseBase]]:
    """The view gets a `Visit` in the place of the token, and speaks the language of its owner."""

    def guard(view: OwnView[P]) -> Callable[..., HttpResponseBase]:
        @by_token(*methods)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            claim = own_claim(token)
            if claim is None:
                return link_is_over(request)
            with speaking_to(claim.address):
                return view(request, Visit(claim.address, token), *args, **kwargs)

        return opened

    return guard


def link_is_over(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/link_over.html", status=404)


def back_to_own(token: str, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('newsletter:yours', args=[token])}?said={said}#said", status=303)
