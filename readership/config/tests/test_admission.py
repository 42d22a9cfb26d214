from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from readership.config.serving import admission
from readership.config.serving.admission import Admission
from readership.lib.waiting_room import Full, WaitingRoom
from readership.pagecache.front import Environ, StartResponse
from readership.pagecache.pages import Headers


class Django:
    """Counts how many requests it has at once; each lasts until it may end."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.at_once = self.most_at_once = 0
        self.bodies: list[bytes] = []
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.may_end.wait(10)
        self.bodies.append(environ["wsgi.input"].read())
        with self._lock:
            self.at_once -= 1
        start_response("200 OK", [])
        return [b"a", b"b"]


def admission_of(django: Any, *, threads: int = 2, places: int = 10) -> Admission:
    return Admission(django, threads=threads, waiting_room=WaitingRoom(places), hops=0, scheme="http")


def ask(site: Admission, *, body: bytes = b"", length: int | None = None) -> tuple[str, Headers, Any]:
    started: list[tuple[str, Headers]] = []
    environ: Environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": io.BytesIO(body),
    }
    answer = site(environ, lambda status, headers: started.append((status, headers)))
    return *started[0], answer


def in_threads(count: int, site: Admission, statuses: list[str]) -> list[threading.Thread]:
    def run() -> None:
        try:
            statuses.append(ask(site)[0])
        except Full:
            statuses.append("full")

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_no_more_requests_are_in_django_than_it_has_threads() -> None:
    django = Django()
    statuses: list[str] = []
    threads = in_threads(6, admission_of(django), statuses)

    time.sleep(0.2)
    django.may_end.set()
    for thread in threads:
        thread.join()

    assert django.most_at_once == 2
    assert statuses == ["200 OK"] * 6


def test_who_finds_no_place_is_sent_away_at_once() -> None:
    django = Django()
    statuses: list[str] = []
    threads = in_threads(8, admission_of(django, places=3), statuses)

    time.sleep(0.2)
    refused = list(statuses)
    django.may_end.set()
    for thread in threads:
        thread.join()

    assert refused == ["full"] * 5
    assert statuses.count("200 OK") == 3


def test_who_waits_too_long_for_a_thread_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "LONGEST_WAIT", 0.2)
    django = Django()
    statuses: list[str] = []
    site = admission_of(django, threads=1)
    threads = in_threads(1, site, statuses)
    time.sleep(0.1)

    with pytest.raises(Full):
        ask(site)

    django.may_end.set()
    threads[0].join()
    assert statuses == ["200 OK"]


def test_a_body_is_read_whole_before_a_thread_is_taken_and_half_a_body_is_refused() -> None:
    django = Django()
    django.may_end.set()
    site = admission_of(django)

    whole, half = ask(site, body=b"text=hello"), ask(site, body=b"text=", length=10)

    assert (whole[0], half[0]) == ("200 OK", "400 Bad Request")
    assert django.bodies == [b"text=hello"]


def test_a_large_body_waits_in_a_file_and_arrives_whole() -> None:
    django = Django()
    django.may_end.set()
    body = bytes(range(256)) * 20_000
    site = admission_of(django)

    ask(site, body=body)
    status, _headers, _body = ask(site, body=body, length=len(body) + 1)

    assert django.bodies == [body]
    assert status == "400 Bad Request"


def test_an_answer_is_handed_on_whole_and_closed_unless_it_is_streamed() -> None:
    closed: list[str] = []

    class Answer:
        def __init__(self, name: str, streaming: bool) -> None:
            self.name, self.streaming = name, streaming

        def __iter__(self) -> Iterator[bytes]:
            yield from (b"a", b"b")

        def close(self) -> None:
            closed.append(self.name)

    def site_of(answer: Answer) -> Admission:
        def django(_environ: Environ, start_response: StartResponse) -> Any:
            start_response("200 OK", [])
            return answer

        return admission_of(django)

    streamed = Answer("streamed", streaming=True)

    assert ask(site_of(Answer("whole", streaming=False)))[2] == [b"ab"]
    assert ask(site_of(streamed))[2] is streamed
    assert closed == ["whole"]


def test_what_the_page_cache_collects_is_collected_from_the_thread_of_django() -> None:
    collected: ContextVar[list[str]] = ContextVar("collected")
    found: list[str] = []
    collected.set(found)

    def django(_environ: Environ, start_response: StartResponse) -> list[bytes]:
        collected.get().append("story:7")
        start_response("200 OK", [])
        return []

    ask(admission_of(django))

    assert found == ["story:7"]
