"""Forms of readers are taken from our own pages only (attacks D01, C05)."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from readership.lib.same_origin import from_our_pages_only

FROM_US = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
]
FROM_ELSEWHERE = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:81"},
]


@from_our_pages_only
def write(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("written")


@pytest.mark.parametrize("headers", FROM_US)
def test_our_own_form_is_taken(headers: dict[str, str]) -> None:
    assert write(RequestFactory().post("/", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_d01_anything_else_is_refused(headers: dict[str, str], content_type: str) -> None:
    request = RequestFactory().post("/", data="x=1", content_type=content_type, headers=headers)

    assert write(request).status_code == 403


def test_reading_needs_no_proof() -> None:
    assert write(RequestFactory().get("/")).status_code == 200
