"""What is kept, what never is, and what goes out with it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
import zstandard

from readership.pagecache.front import LARGEST
from readership.pagecache.pages import Headers, best_encoding
from readership.pagecache.tests.makers import TEXT, Cache, Clock, Site


def test_a_shared_page_is_rendered_once(cache: Cache, site: Site) -> None:
    first, second = cache.get(), cache.get()

    assert site.renders_count == 1
    assert first == second
    assert first.body == TEXT.encode()


def test_a_page_that_nobody_shared_is_rendered_for_everybody_and_kept_by_nobody(cache: Cache, site: Site) -> None:
    site.is_shared = False

    answers = [cache.get(), cache.get()]

    assert site.renders_count == 2
    assert [answer.headers["Cache-Control"] for answer in answers] == ["private, no-store"] * 2


@pytest.mark.parametrize(
    "header",
    [
        # J03: the first visitor's session for everybody.
        ("Set-Cookie", "session=1"),
        # J04: somebody looked at the session after all.
        ("Vary", "Accept-Encoding, Cookie"),
        ("vary", "*"),
        # J05: however it is written.
        ("cache-control", "PRIVATE"),
        ("Cache-Control", "max-age=0, no-store"),
    ],
)
def test_j03_j04_j05_an_answer_that_says_it_is_personal_is_never_kept(
    cache: Cache, site: Site, header: tuple[str, str]
) -> None:
    site.headers = [*site.headers, header]

    cache.get()
    cache.get()

    assert site.renders_count == 2


def test_a_picture_goes_out_as_it_is(cache: Cache, site: Site) -> None:
    site.headers = [("Content-Type", "image/webp")]

    first, second = (cache.get(HTTP_ACCEPT_ENCODING="br") for _time in range(2))

    assert site.renders_count == 1
    assert first.body == second.body == TEXT.encode()
    assert "Content-Encoding" not in first.headers


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "302 Found", "206 Partial Content"])
def test_j10_only_a_whole_page_is_kept(cache: Cache, site: Site, status: str) -> None:
    site.status = status

    answers = [cache.get(), cache.get()]

    assert site.renders_count == 2
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_j08_a_page_that_was_taken_down_is_gone_at_the_next_look(cache: Cache, site: Site, clock: Clock) -> None:
    cache.get()
    site.status, site.is_shared = "404 Not Found", False
    cache.generations.move(["story:7"])
    clock.now += 1

    assert cache.get().status == "404 Not Found"
    assert cache.front.pages.get(("/a-story/", "")) is None


def test_a_page_that_fails_is_not_shown_as_it_was(cache: Cache, site: Site, clock: Clock) -> None:
    cache.get()
    site.status, site.is_shared = "500 Internal Server Error", False
    cache.generations.move(["story:7"])
    clock.now += 1

    assert cache.get().status == "500 Internal Server Error"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/3/preview/",
        "/api/v1/stories",
        "/discuss/threads/1/comments/",
        "/search/",
        "/a-story/?own=1",
    ],
)
def test_j02_what_is_personal_or_a_preview_goes_past_the_cache_untouched(
    cache: Cache, site: Site, address: str
) -> None:
    for _ in range(2):
        cache.get(address, HTTP_COOKIE="session=1")

    assert [environ["HTTP_COOKIE"] for environ in site.seen] == ["session=1"] * 2


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_what_writes_goes_past_the_cache(cache: Cache, site: Site, method: str) -> None:
    cache.get(method=method)
    cache.get(method=method)

    assert site.renders_count == 2
    assert site.seen[0]["REQUEST_METHOD"] == method


def test_what_is_too_large_is_not_kept(cache: Cache, site: Site) -> None:
    site.text = "x" * (LARGEST + 1)

    cache.get()
    cache.get()

    assert site.renders_count == 2


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip, deflate", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("br;q=0.0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("gzip;q=1.2.3, br;q=, ;;,", ""),
        ("br;q=abc, gzip", "gzip"),
    ],
)
def test_the_smallest_encoding_that_is_accepted_is_sent(accepted: str, encoding: str) -> None:
    assert best_encoding(accepted) == encoding


def test_each_encoding_is_the_same_page_under_its_own_etag(cache: Cache, site: Site) -> None:
    accepted = ["", "gzip", "br", "zstd"]
    unpack = [bytes, gzip.decompress, brotli.decompress, zstandard.decompress]

    answers = [cache.get(HTTP_ACCEPT_ENCODING=name) for name in accepted]

    assert site.renders_count == 1
    assert {function(answer.body) for function, answer in zip(unpack, answers, strict=True)} == {TEXT.encode()}
    assert [answer.headers.get("Content-Encoding", "") for answer in answers] == accepted
    assert len({answer.headers["ETag"] for answer in answers}) == 4
    assert {answer.headers["Vary"] for answer in answers} == {"Accept-Encoding"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"public, max-age=0, must-revalidate"}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_bytes_gets_only_their_name(cache: Cache, form: str) -> None:
    etag = cache.get(HTTP_ACCEPT_ENCODING="gzip").headers["ETag"]

    answer = cache.get(HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=form.format(etag))

    assert (answer.status, answer.body, answer.headers["ETag"]) == ("304 Not Modified", b"", etag)


def test_who_has_other_bytes_gets_the_page(cache: Cache) -> None:
    assert cache.get(HTTP_IF_NONE_MATCH='"something-else"').status == "200 OK"


def test_head_is_a_page_without_its_body(cache: Cache, site: Site) -> None:
    head, page = cache.get(method="HEAD"), cache.get()

    assert site.renders_count == 1
    assert head.body == b""
    assert head.headers == page.headers | {"Content-Length": str(len(page.body))}


def test_the_etag_does_not_depend_on_the_order_of_a_policy(
    cache: Cache, site: Site, tmp_path: Path, clock: Clock
) -> None:
    def with_policy(policy: str) -> Headers:
        return [*site.headers, ("Content-Security-Policy", policy)]

    policies = [
        "default-src 'none'; img-src 'self'",
        "img-src 'self'; default-src 'none'",
        "default-src 'none'",
    ]
    workers = [Cache(replace(site, headers=with_policy(policy)), tmp_path, clock) for policy in policies]

    etags = [worker.get().headers["ETag"] for worker in workers]

    assert etags[0] == etags[1] != etags[2]


def test_the_room_is_bounded_and_what_is_read_stays(site: Site, tmp_path: Path, clock: Clock) -> None:
    cache = Cache(site, tmp_path, clock, room=20 * len(TEXT))
    for number in range(200):
        clock.now += 0.01
        cache.get("/a-story/")
        cache.get(f"/{number}/")

    kept = [cache.front.pages.get((f"/{number}/", "")) for number in range(200)]

    assert 5 <= sum(page is not None for page in kept) <= 20
    assert cache.front.pages.get(("/a-story/", "")) is not None
