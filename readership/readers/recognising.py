"""Whoever works in the admin is offered on public pages what only they may do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from readership.readers.guests import ACTED_COOKIE, mark_acted


def recognise_staff(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Public pages ask for what is personal only where the readable cookie says that it is worth a request."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_new = request.path.startswith("/admin/") and ACTED_COOKIE not in request.COOKIES
        if is_new and request.user.is_authenticated:
            mark_acted(response)
        return response

    return answer
