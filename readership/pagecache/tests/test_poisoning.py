"""Nothing but path and known arguments may reach bytes that others get (attack cases J01, J07, J11)."""

from __future__ import annotations

import pytest

from readership.pagecache.addresses import canonical_query
from readership.pagecache.tests.makers import Cache, Site

HEADERS = """
accept accept-charset accept-language authorization cookie dnt early-data forwarded from if-modified-since
origin pragma proxy range referer save-data sec-ch-ua sec-fetch-dest sec-fetch-site sec-gpc te upgrade
user-agent via x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-prefix x-forwarded-proto
x-forwarded-scheme x-forwarded-server x-forwarded-ssl x-ghost-preview x-host x-http-method
x-http-method-override x-method-override x-original-host x-original-url x-preview x-real-ip x-request-id
x-requested-with x-rewrite-url x-script-name x-wagtail-preview front-end-https client-ip true-client-ip
cf-connecting-ip cache-control
"""


@pytest.mark.parametrize("header", HEADERS.split())
def test_j01_no_header_reaches_a_page_that_others_get(cache: Cache, site: Site, header: str) -> None:
    cache.get("/plain/")

    cache.get("/poisoned/", **{f"HTTP_{header.replace('-', '_').upper()}": "evil.example"})

    plain, poisoned = (
        {name: value for name, value in seen.items() if name.startswith(("HTTP_", "REMOTE", "QUERY"))}
        for seen in site.seen
    )
    assert plain == poisoned


def test_j01_neither_the_client_nor_the_body_nor_the_method_reaches_it(cache: Cache, site: Site) -> None:
    cache.get(
        method="HEAD",
        REMOTE_ADDR="203.0.113.9",
        CONTENT_LENGTH="7",
        CONTENT_TYPE="text/x",
        SECRET="of the process",
    )

    assert site.seen[0]["REQUEST_METHOD"] == "GET"
    assert {"203.0.113.9", "7", "text/x", "of the process"}.isdisjoint(map(str, site.seen[0].values()))


def test_j11_the_page_is_rendered_under_the_name_of_the_site(cache: Cache, site: Site) -> None:
    cache.get(HTTP_HOST="localhost:1337")

    assert site.seen[0]["HTTP_HOST"] == "news.example"


def test_j07_unknown_arguments_neither_split_nor_reach_the_page(cache: Cache, site: Site) -> None:
    for number in range(1_000):
        cache.get(f"/a-story/?utm_source={number}&fbclid=x{number}&sort=best")

    assert site.renders_count == 1
    assert site.seen[0]["QUERY_STRING"] == "sort=best"


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("", ""),
        ("sort=best", "sort=best"),
        # In one order, whichever they came in.
        ("after=c9&sort=best", "sort=best&after=c9"),
        # Of one given twice, the last, as Django reads it (I08).
        ("sort=best&sort=oldest", "sort=oldest"),
        # J07, Django CVE-2021-23336: a semicolon parts nothing.
        ("utm=1;sort=best", ""),
        # What is no word, number or cursor is no argument of ours.
        ("sort=%3Cscript%3E", ""),
        ("sort=", ""),
        ("sort=" + "x" * 81, ""),
        ("page=%00", ""),
        ("page=%FF", ""),
        ("page=١", ""),
        ("SORT=best", ""),
        # A personal view is asked for in one spelling only; in another it is the page of everybody.
        ("%6fwn=1", ""),
        ("x=" + "y" * 3_000 + "&sort=best", ""),
    ],
)
def test_the_known_arguments_have_one_form(given: str, canonical: str) -> None:
    assert canonical_query(given) == canonical


def test_arguments_that_matter_are_pages_of_their_own(cache: Cache, site: Site) -> None:
    for address in ["/a/", "/a/?sort=best", "/a/?sort=oldest", "/a/?sort=best&x=1", "/b/"]:
        cache.get(address)

    assert site.renders_count == 4
