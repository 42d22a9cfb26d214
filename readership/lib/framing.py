"""Answers that other sites may put into a frame or a page of theirs. Whatever is in them, nothing in them acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
IN_ANY_FRAME = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE], "connect-src": [NONE]}


def in_any_frame(view: View[P]) -> View[P]:
    """Only for what is the same for everybody: no script, no form, and a frame may stand on any site."""

    @wraps(view)
    def framed(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return for_anybody(view(request, *args, **kwargs))

    return cast(View[P], csp_replace(IN_ANY_FRAME)(xframe_options_exempt(require_safe(framed))))


def for_anybody(response: HttpResponse) -> HttpResponse:
    # Nothing in it differs by who asks, so no cookie is worth stealing: anybody's page may read it.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
