"""The door of every address where readers write: never cached, ours only, and a refusal becomes a page with one
sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from readership.discussion.errors import DiscussionError, NotThere, TooFast
from readership.lib.same_origin import from_our_pages_only
from readership.readers.guests import mark_acted, remember_guest

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
STATUS: dict[type[DiscussionError], int] = {NotThere: 404, TooFast: 429}


def door(view: View[P]) -> View[P]:
    """Every address here: never cached, ours only, and a refusal becomes a page with one sentence."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DiscussionError as refused:
            return say(request, refused)

    return never_cache(from_our_pages_only(cast(View[P], opened)))


def say(request: HttpRequest, refused: DiscussionError) -> HttpResponse:
    context = {
        "title": _("That did not work"),
        "sentence": refused.message,
        "link_url": "/",
        "link_label": _("Front page"),
    }
    response = render(request, "website/message.html", context, status=STATUS.get(type(refused), 403))
    if isinstance(refused, TooFast):
        response["Retry-After"] = str(refused.retry_after)
    return response


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    if secret:
        remember_guest(response, secret)
    mark_acted(response)
    return response
