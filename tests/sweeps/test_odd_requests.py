"""Odd values, odd senders, odd addresses: each is answered, none by a fault of ours, none by going elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, path

from readership.config.urls import urlpatterns as urls_of_the_product
from readership.discussion.models import Comment
from readership.lib import rate_limit
from readership.readers.profiles import profile_url
from tests.sweeps.routes import every_address
from tests.sweeps.rows import fingerprints
from tests.sweeps.site import EDITOR, Site

ODD = ["-1", "0", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1e999", "1.5", "", "%00", "a%00b",
       "%FF%FE", "%ED%A0%80", "٣", "²", "' OR 1=1--", "%0d%0aa:b", "x" * 3_000, "_", "-9_1", "99999999999999999_1"]  # fmt: skip


def _lists(site: Site) -> dict[str, tuple[str, ...]]:
    """Every address that takes arguments, with those it takes."""
    return {
        site.story_url: ("sort", "after", "comment", "replies", "show", "page", "own"),
        str(site.section.url): ("page",),
        site.author.get_absolute_url(): ("page",),
        site.topic.get_absolute_url(): ("page",),
        "/search/": ("q", "page"),
        "/api/v1/stories": ("section", "author", "topic", "cursor", "limit"),
        f"/api/v1/threads/{site.thread.pk}/comments": ("sort", "cursor", "limit"),
        "/discuss/mine/": ("thread", "shown"),
        "/discuss/oembed/": ("url", "maxwidth"),
        f"/discuss/comments/{site.comment.pk}/reply/": ("sort", "quote"),
        profile_url(site.reader): ("after",),
        "/account/": ("said",),
        "/account/again/": ("next",),
        "/newsletter/archive/": ("page",),
        "/newsletter/link/": ("sent",),
        "/admin/newsletter/issues/": ("p", "q", "state", "edition", "ordering"),
        "/admin/comments/": ("state", "p"),
        "/admin/funding/gifts/": ("page", "campaign", "kind", "state", "since", "until", "words"),
        "/admin/funding/ledger/": ("before",),
        "/admin/funding/bank/": ("page", "state", "side", "account", "words", "file"),
        "/admin/funding/bank/statements/": ("page",),
        "/admin/funding/bank/lines.csv": ("state", "account", "words"),
        "/admin/funding/gifts/download.csv": ("campaign", "since", "words"),
        "/admin/funding/": ("currency",),
        "/admin/funding/batches/": ("page",),
        "/admin/funding/refunds/": ("state", "page"),
        "/admin/funding/disputes/": ("page",),
        "/admin/funding/pledges/": ("show", "page"),
        "/admin/funding/processor/events/": ("show", "page"),
        "/admin/funding/statements/": ("year", "page"),
        "/admin/funding/ledger/journal/": ("since", "until"),
        "/admin/funding/ledger/journal.csv": ("since", "until"),
    }


def test_i08_no_value_of_any_argument_is_a_fault_of_ours(site: Site) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(site.editor)
    faults = {}

    for address, names in _lists(site).items():
        for query in (query for name in names for query in _queries(name)):
            status = client.get(f"{address}?{query}").status_code
            if status not in {200, 400, 404}:
                faults[f"{address}?{query}"] = status

    assert faults == {}


def _queries(name: str) -> Iterator[str]:
    for value in ODD:
        yield f"{name}={value}"
    yield f"{name}=1&{name}=2"
    yield f"{name}[]=1"
    yield f"{name}[a]=1&{name}[b]=2"


ADDRESSES = ("/api/v1/stories/{}", "/api/v1/threads/{}/comments", "/api/v1/campaigns/{}", "/discuss/comments/{}/edit/",
             "/discuss/comments/{}/reply/", "/authors/{}/", "/topics/{}/feed/", "/sitemaps/{}-1.xml",
             "/newsletter/archive/letters-{}/", "/newsletter/yours/{}/",
             "/sitemaps/pages-{}.xml", "/{}/feed/", "/{}/")  # fmt: skip


def test_i08_no_address_is_a_fault_of_ours(site: Site) -> None:
    client = Client(raise_request_exception=False)
    addresses = [address.format(value) for address in ADDRESSES for value in ODD if value]

    answers = {address: client.get(address).status_code for address in addresses}

    assert {one: status for one, status in answers.items() if status not in {200, 301, 302, 400, 404}} == {}


TYPED = ["\x00", "a\x00b", "\ud800", "\u202e", "a" * 70_000, "\r\n\r\n", "٣", "-1", "9" * 30]


def test_i08_no_comment_and_no_vote_is_a_fault_of_ours(site: Site) -> None:
    thread, comment = f"/discuss/threads/{site.thread.pk}/comments/", f"/discuss/comments/{site.comment.pk}/vote/"
    whole = {"text": "Low tide.", "name": "Grete", "email": "", "parent": "", "submission_key": "k", "website": ""}
    fields = {field: [(thread, [*whole.items(), (field, odd)]) for odd in TYPED] for field in whole}
    fields["value"] = [(comment, [("value", odd), ("value", odd)]) for odd in TYPED]

    answers = {(name, str(sent)): _sent(path, sent) for name, forms in fields.items() for path, sent in forms}

    assert {one: status for one, status in answers.items() if status not in {303, 400, 403, 429}} == {}


def _sent(path: str, fields: list[tuple[str, str]]) -> int:
    """As a form, with bytes that are no text at all where a field holds half a character."""
    client = Client(raise_request_exception=False, headers={"Sec-Fetch-Site": "same-origin"})
    body = urlencode(fields, errors="surrogatepass")
    return client.post(path, body, content_type="application/x-www-form-urlencoded").status_code


WRITES = ("post", "put", "patch", "delete")
# Addresses that take a write from elsewhere, and why that is right. None yet.
OPEN_TO_ALL: set[str] = set()


@pytest.mark.parametrize("method", WRITES)
def test_c17_no_write_from_another_site_is_taken_anywhere(site: Site, method: str) -> None:
    """Outside the admin, which has Django's tokens, no address takes a write that another page sent."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    addresses = [address for address in every_address(site) if not address.startswith("/admin/")]
    before = fingerprints()

    for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        answers = {one: getattr(client, method)(one, headers=elsewhere).status_code for one in addresses}
        taken = {one: status for one, status in answers.items() if status not in {401, 403, 404, 405, 415, 429}}
        assert set(taken) - OPEN_TO_ALL == set(), elsewhere

    assert fingerprints() == before
    assert f"/discuss/comments/{site.comment.pk}/vote/" in addresses


def test_c17_the_admin_takes_no_write_without_its_token(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(site.editor)
    before = fingerprints()

    answers = {one: client.post(one).status_code for one in every_address(site) if one.startswith("/admin/")}

    assert {one: status for one, status in answers.items() if status not in {403, 404, 405}} == {}
    assert fingerprints() == before


def test_d01_our_own_pages_may_write(site: Site) -> None:
    """Or the tests above would pass on a site that refuses everything."""
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})

    posted = client.post(f"/discuss/threads/{site.thread.pk}/comments/", {"text": "Low tide.", "name": "Grete"})

    assert posted.status_code == 303
    assert Comment.objects.filter(text_source="Low tide.").count() == 1


EVIL = ["//evil.example", "https://evil.example", "\\\\evil.example", "https:evil.example", "/%09/evil.example",
        "javascript:alert(1)", "///evil.example", "/\\evil.example"]  # fmt: skip
WAYS_BACK = ("next", "from", "back_to", "return", "url", "redirect", "continue", "r")


def test_d08_nothing_public_leads_elsewhere_because_the_address_says_so(site: Site, client: Client) -> None:
    led = []
    for address in site.every_public_address():
        for evil in EVIL:
            query = "&".join(f"{way}={evil}" for way in WAYS_BACK)
            answer = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
            shown = answer.getvalue().decode()
            if "evil.example" in answer.headers.get("Location", "") or f'="{evil}' in shown:
                led.append(f"{address} {evil}")

    assert led == []


def test_d08_signing_in_leads_nowhere_else(site: Site) -> None:
    for evil in EVIL:
        rate_limit.forget_all()
        form = {"username": EDITOR, "password": "nine lanterns", "next": evil}
        answer = Client().post(f"/admin/login/?next={evil}", form)

        # What a browser makes of it: it takes \\ for / and leaves out what it cannot see.
        seen = answer.headers["Location"].replace("\\", "/").replace("\t", "")
        assert answer.status_code == 302
        assert urlsplit(urljoin("http://testserver/", seen)).netloc == "testserver", evil


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a secret of the server")


urlpatterns: list[URLPattern | URLResolver] = [path("broken/", broken), *urls_of_the_product]


@pytest.mark.urls(__name__)
def test_i07_a_fault_of_ours_shows_our_page_and_nothing_of_the_fault(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/broken/")

    shown = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in shown
    for word in ("Traceback", "ZeroDivisionError", "a secret of the server", "Django", str(Path.cwd())):
        assert word not in shown
