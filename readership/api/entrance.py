"""The entrance to /api/: what may come in, and that whatever goes wrong is said in one form (attack D01)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from readership.api.kinds import NOT_FOUND, NOT_JSON, OTHER_SITE, TOO_LARGE
from readership.api.problems import TYPE, problem
from readership.pagecache.pages import CACHE_CONTROL

READING = {"GET", "HEAD", "OPTIONS"}
WITH_BODY = {"POST", "PUT", "PATCH"}
MOST_BYTES = 64 * 1024
Answer = Callable[[HttpRequest], HttpResponse]


def api_entrance(get_response: Answer) -> Answer:
    """Middleware for the addresses of the API; all others pass."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        return _refusal(request) or _as_problem(_answer(request, get_response))

    return answer


def _answer(request: HttpRequest, get_response: Answer) -> HttpResponse:
    asked_by = request.method
    if asked_by == "HEAD":
        request.method = "GET"  # Ninja does not know HEAD; the server leaves the body out.
    response = get_response(request)
    request.method = asked_by
    return _unless_known(request, response)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for a program that has these bytes already. What is for one person is kept by nobody, so it has no ETag."""
    if request.method not in {"GET", "HEAD"} or response.status_code != HTTPStatus.OK or "Cache-Control" in response:
        return response
    response["Cache-Control"] = CACHE_CONTROL
    response["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(known, HttpResponse)  # noqa: S101  it gets a response, so it gives one
    return known


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.method in READING:
        return None
    if _comes_from_another_site(request):
        return problem(OTHER_SITE, "This was sent from another site's page.")
    if request.method in WITH_BODY and request.content_type != "application/json":
        return problem(NOT_JSON, "Send JSON, and say so: Content-Type: application/json.")
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return problem(TOO_LARGE, "That is more than 64 KB.")
    return None


def _comes_from_another_site(request: HttpRequest) -> bool:
    """A browser says which site its page is from; a program says nothing and has nobody's cookies."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        return True
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def _as_problem(response: HttpResponse) -> HttpResponse:
    """An unknown address, a wrong method and a body that Django refuses are said in this form too."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response["Content-Type"] == TYPE:
        return response
    said = problem(response.status_code, HTTPStatus(response.status_code).description or "That did not work.")
    for kept in ("Allow", "Retry-After"):
        if kept in response:
            said[kept] = response[kept]
    return said


def nowhere(_request: HttpRequest) -> HttpResponse:
    return problem(NOT_FOUND, "There is no such thing here.")
