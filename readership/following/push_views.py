"""News on this device: allowed by a click on the own page, and taken back there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from readership.following.door import Visit, own
from readership.following.subscribing import subscribe, unsubscribe


@own("POST")
def allow(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    sent = request.POST
    is_done = subscribe(
        visit.address,
        endpoint=sent.get("endpoint", ""),
        p256dh=sent.get("p256dh", ""),
        auth=sent.get("auth", ""),
        now=timezone.now(),
    )
    return visit.back("push_on" if is_done else "push_refused")


@own("POST")
def end(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    unsubscribe(visit.address)
    return visit.back("push_off")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows them, at an address that stays. It rules over /follow/ only, and fetches nothing there."""
    answer = render(request, "following/push.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
