"""What the probes answer."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from readership import outbox
from readership.config.urls import urlpatterns as urls_of_the_product
from readership.pagecache import changed, depends_on, share

FILL = "<p>The harbour is quiet and the tide is out.</p>" * 200


def _file(name: str) -> Path:
    return Path(settings.HOME) / name


def page(request: HttpRequest, number: int) -> HttpResponse:
    """A page for everybody. Each render leaves a line in `renders`, and takes as long as `takes` says."""
    share(request)
    depends_on(f"page:{number}")
    text = _file("text").read_text() if _file("text").exists() else "old"
    with _file("renders").open("a") as file:
        file.write(f"{os.getpid()} {time.monotonic()}\n")
    if _file("takes").exists():
        time.sleep(float(_file("takes").read_text()))
    return HttpResponse(f"<h1>{text}</h1>{FILL}")


def change(_request: HttpRequest, number: int) -> HttpResponse:
    changed(f"page:{number}")
    return HttpResponse("changed")


def slow(request: HttpRequest) -> HttpResponse:
    _file("slow").touch()
    time.sleep(float(request.GET.get("for", "1")))
    return HttpResponse("slow, but done")


def seen(request: HttpRequest) -> JsonResponse:
    meta = {name: str(value) for name, value in request.META.items()}
    return JsonResponse({**meta, "body": request.body.decode("latin-1"), "is_secure": request.is_secure()})


def put(_request: HttpRequest, number: int) -> HttpResponse:
    outbox.put("probe", key=str(number), payload={"number": number})
    return HttpResponse("put")


urlpatterns = [
    path("page/<int:number>/", page),
    path("admin/seen/", csrf_exempt(seen)),
    path("discuss/change/<int:number>/", csrf_exempt(change)),
    path("discuss/put/<int:number>/", csrf_exempt(put)),
    path("discuss/slow/", csrf_exempt(slow)),
    path("discuss/seen/", csrf_exempt(seen)),
    *urls_of_the_product,
]
