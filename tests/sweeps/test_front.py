"""The whole front as a reader's browser meets it: what every answer carries, and what no sender can put into one."""

from __future__ import annotations

import http.client
import itertools
import re

import pytest

from tests.journeys.newsroom import Newsroom
from tests.serving.running import Answer

# (d4) of the attack cases: on every answer, whoever made it.
ON_EVERY_ANSWER = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
PAGES = ("/", "busy", "quiet", "section", "author", "topic", "standing", "/support/", "/support/books/", "/support/givers/", "/search/",
         "/no-such-page/", "/discuss/comments/1/edit/", "/discuss/mine/?thread=1")  # fmt: skip
MACHINES = ("/feed/", "/talk/feed/", "/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/api/v1/stories", "/api/v1/openapi.json",
            "/api/v1/stories/999999", "/healthz", "/readyz", "/admin/login/", "/admin/", "/static/no-such-file.css",
            "/media/no-such-file.webp", "/documents/1/x.pdf", "/%2e%2e/etc/passwd")  # fmt: skip


def _ask(newsroom: Newsroom, name: str) -> Answer:
    return newsroom.server.ask(str(newsroom.facts.get(name, name)))


@pytest.mark.parametrize("name", [*PAGES, *MACHINES])
def test_d4_every_answer_carries_the_headers(newsroom: Newsroom, name: str) -> None:
    headers = _ask(newsroom, name).headers

    assert {header: headers.get(header) for header in ON_EVERY_ANSWER} == ON_EVERY_ANSWER
    assert "payment=()" in headers["permissions-policy"]
    assert "cache-control" in headers
    assert not re.search(r"\d|django|wagtail|python", headers.get("server", ""), re.IGNORECASE)
    assert "x-powered-by" not in headers
    assert not any(header.startswith("access-control-") for header in headers)


@pytest.mark.parametrize("name", PAGES)
def test_d4_d07_every_page_runs_only_what_is_ours_and_stands_in_no_frame(newsroom: Newsroom, name: str) -> None:
    answer = _ask(newsroom, name)

    parts = (part.split(None, 1) for part in answer.headers["content-security-policy"].split(";"))
    policy = {part[0]: part[1].strip() for part in parts if len(part) > 1}
    assert {directive: policy.get(directive) for directive in POLICY} == POLICY
    assert b"nonce" not in answer.body
    assert b"csrf" not in answer.body


def test_d07_what_other_sites_may_frame_says_so_and_can_do_nothing(newsroom: Newsroom) -> None:
    shown, gone = f"/talk/comments/{newsroom.facts['talk']['oldest']}/embed/", "/talk/comments/999999/embed/"

    for address, status in ((shown, 200), (gone, 404)):
        answer = newsroom.server.ask(address)
        headers = answer.headers
        assert answer.status == status
        assert "frame-ancestors *" in headers["content-security-policy"]
        assert "script-src 'none'" in headers["content-security-policy"]
        assert "x-frame-options" not in headers
        assert headers["cross-origin-resource-policy"] == "cross-origin"
        assert "set-cookie" not in headers


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/"])
def test_d07_the_admin_stands_in_no_foreign_frame(newsroom: Newsroom, path: str) -> None:
    assert newsroom.server.ask(path).headers["x-frame-options"] in {"DENY", "SAMEORIGIN"}


@pytest.mark.parametrize("name", PAGES)
def test_j04_no_page_differs_by_cookie(newsroom: Newsroom, name: str) -> None:
    headers = _ask(newsroom, name).headers

    if "public" in headers["cache-control"]:
        assert headers["vary"] == "Accept-Encoding"
    else:
        assert "no-store" in headers["cache-control"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    ["/no-such-page/", "/admin/x.css", "/discuss/mine/x.css", "/support/x.css", "/support/;a.js", "/support%2fx.js",
     "/search/x.css", "/authors/nobody/", "/api/v1/stories/999999", "/static/x.css", "/media/x.webp"],
)  # fmt: skip
def test_j06_j10_nothing_that_is_not_there_is_kept_by_anybody(newsroom: Newsroom, path: str) -> None:
    answer = newsroom.server.ask(path)

    assert answer.status in {301, 302, 404}
    assert "no-store" in answer.headers["cache-control"]


WAYS_IN = ["/admin/users/", "/admin/users", "//admin/users/", "/%61dmin/users/", "/admin//users/", "/ADMIN/users/",
           "/./admin/users/", "/x/../admin/users/", "/%2fadmin/users/", "/admin%2fusers/", "/admin/users/;x",
           "/admin/users/.json", "/admin/users/%00", "/admin/users/?x=/admin/login/", "/admin\\users/",
           "/admin/funding/gifts/", "/admin/funding/gifts/download.csv", "//admin/funding/gifts/download.csv",
           "/admin/comments/", "/admin/reports/site-history/"]  # fmt: skip


@pytest.mark.parametrize("path", WAYS_IN)
def test_c06_no_spelling_of_an_address_gets_past_the_sign_in(newsroom: Newsroom, path: str) -> None:
    host = f"127.0.0.1:{newsroom.server.port}"

    answer = newsroom.server.raw(f"GET {path} HTTP/1.1", f"Host: {host}")

    status = int(answer.split(" ", 2)[1])
    assert status in {301, 302, 400, 404}
    assert "lantern.example" not in answer
    location = re.search(r"^location: (.*)\r$", answer, re.IGNORECASE | re.MULTILINE)
    assert location is None or re.match(rf"/(?!/)|http://{re.escape(host)}/", location[1]), location


# What proxies, caches, frameworks and peers of ours have listened to; and anything that reads like it.
CLAIMS = [
    "Accept", "Accept-Charset", "Accept-Datetime", "Accept-Language", "Accept-Ranges", "Access-Control-Request-Headers",
    "Access-Control-Request-Method", "Akamai-Origin-Hop", "Alt-Used", "Authorization", "Base-Url", "Cache-Control",
    "Cdn-Loop", "Cf-Connecting-Ip", "Cf-Ipcountry", "Cf-Ray", "Cf-Visitor", "Client-Ip", "Cookie", "Cookie2",
    "Correlation-Id", "Csrf-Token", "Date", "Device-Memory", "Destination", "Dnt", "Downlink", "Dpr", "Early-Data",
    "Ect", "Fastly-Client-Ip", "Fastly-Ssl", "Forwarded", "Forwarded-For", "Forwarded-Host", "Forwarded-Proto", "From",
    "Front-End-Https", "Http-Host", "Http-X-Forwarded-For", "Https", "If-Match", "If-Modified-Since", "If-Range",
    "If-Unmodified-Since", "Incap-Client-Ip", "Last-Event-Id", "Link", "Location", "Max-Forwards", "Method", "Origin",
    "Original-Host", "Path-Info", "Pragma", "Prefer", "Priority", "Profile", "Proxy", "Proxy-Authorization",
    "Proxy-Connection", "Proxy-Host", "Proxy-Url", "Purpose", "Range", "Real-Ip", "Redirect", "Referer", "Referrer",
    "Remote-Addr", "Request-Uri", "Rtt", "Save-Data", "Script-Name", "Sec-Ch-Ua", "Sec-Ch-Ua-Mobile",
    "Sec-Ch-Prefers-Color-Scheme", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "Sec-Gpc",
    "Sec-Purpose", "Server-Name", "Server-Port", "Service-Worker", "Source", "Surrogate-Capability", "Ssl", "Timing",
    "True-Client-Ip", "Uri", "Url", "User", "User-Agent", "Via", "Viewport-Width", "Wap-Profile", "Warning", "Width",
    "X-Accel-Redirect", "X-Akamai-Edgescape", "X-Amz-Cf-Id", "X-Api-Key", "X-Api-Version", "X-Arr-Ssl", "X-Auth-User",
    "X-Azure-Clientip", "X-Backend-Host", "X-Cdn", "X-Client-Ip", "X-Cluster-Client-Ip", "X-Content-Type-Options",
    "X-Correlation-Id", "X-Csrf-Token", "X-Custom-Ip-Authorization", "X-Debug", "X-Device-Type", "X-Do-Not-Track",
    "X-Envoy-Original-Path", "X-Forward-For", "X-Forwarded", "X-Forwarded-By", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Path", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto",
    "X-Forwarded-Protocol", "X-Forwarded-Scheme", "X-Forwarded-Server", "X-Forwarded-Ssl", "X-Forwarded-Uri",
    "X-Forwarded-User", "X-Geo-Country", "X-Ghost-Preview", "X-Host", "X-Http-Destinationurl", "X-Http-Host-Override",
    "X-Http-Method", "X-Http-Method-Override", "X-Https", "X-Language", "X-Locale", "X-Method-Override",
    "X-Middleware-Subrequest", "X-Moz", "X-Original-Host", "X-Original-Path", "X-Original-Remote-Addr",
    "X-Original-Uri", "X-Original-Url", "X-Originating-Ip", "X-Own", "X-Pjax", "X-Prerender", "X-Preview",
    "X-Proxy-Url", "X-Proxyuser-Ip", "X-Purpose", "X-Readership-May-Be-Kept", "X-Real-Ip", "X-Remote-Addr",
    "X-Remote-Ip", "X-Request-Id", "X-Requested-With", "X-Rewrite-Url", "X-Scheme", "X-Script-Name", "X-Sendfile",
    "X-Served-By", "X-Skip-Cache", "X-Timer", "X-Token", "X-Url-Scheme", "X-User", "X-Varnish", "X-Version",
    "X-Wap-Profile", "X-Wagtail-Preview", "X_Forwarded_Host", "X_Forwarded_Proto", "X_Original_Url", "X_Script_Name",
]  # fmt: skip
FORM_KEY = re.compile(rb'name="submission_key" value="[^"]*"')
# Of each answer's own making: when it was sent, and which of two renders it is.
CHANGING = {"date", "etag"}


VALUES = ("evil.example", "/admin/", "POST", "1")
AT_ONCE = 12


@pytest.mark.parametrize("name", ["/", "busy"])
def test_j01_no_header_gets_into_a_page_for_everybody(newsroom: Newsroom, name: str) -> None:
    """A dozen headers at a time come with the first request for a page that nobody has asked for yet, so that they meet
    the render. The number of a page that these lists do not have makes an address of its own and changes nothing else.
    """
    path = str(newsroom.facts.get(name, name))
    baseline = _essence(_asked_with(newsroom, f"{path}?page=9999", {}))
    numbers = itertools.count(1)

    poisoned = []
    for start, value in itertools.product(range(0, len(CLAIMS), AT_ONCE), VALUES):
        headers = dict.fromkeys(CLAIMS[start : start + AT_ONCE], value)
        if _essence(_asked_with(newsroom, f"{path}?page={next(numbers)}", headers)) != baseline:
            poisoned.append(headers)

    assert len(CLAIMS) >= 150
    assert poisoned == []


def _asked_with(newsroom: Newsroom, path: str, headers: dict[str, str]) -> Answer:
    """With the names of the headers as they are written, underscores too."""
    connection = http.client.HTTPConnection("127.0.0.1", newsroom.server.port, timeout=40)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def _essence(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in CHANGING}
    # Its parts come in an order that differs between processes.
    headers["content-security-policy"] = "; ".join(sorted(headers["content-security-policy"].split("; ")))
    return answer.status, headers, FORM_KEY.sub(b"", answer.body)


def test_j07_unknown_arguments_lead_to_the_same_page(newsroom: Newsroom) -> None:
    path = newsroom.path("standing")
    etag = newsroom.server.ask(path).headers["etag"]

    for query in ("utm_source=x", "fbclid=1", "a=1;sort=best", "%00=1", "preview=1", "sort[]=best", "own=2", "&&&"):
        assert newsroom.server.ask(f"{path}?{query}").headers["etag"] == etag, query
