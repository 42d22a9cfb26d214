"""A page cache before an application that a test controls, and a clock that stands still."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.test import RequestFactory

from readership.lib.shared_counters import SharedCounters
from readership.lib.waiting_room import WaitingRoom
from readership.pagecache import depends_on, share
from readership.pagecache.front import Environ, PageCache, StartResponse
from readership.pagecache.generations import CELLS, Generations
from readership.pagecache.pages import Headers

TEXT = "<p>The harbour is quiet. " * 100


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Answered:
    status: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """Stands where Django stands. What it shows is `text`; every call is one render."""

    text: str = TEXT
    status: str = "200 OK"
    headers: Headers = field(default_factory=lambda: [("Content-Type", "text/html; charset=utf-8")])
    tags: tuple[str, ...] = ("story:7",)
    is_shared: bool = True
    meanwhile: Callable[[], object] = lambda: None
    seen: list[Environ] = field(default_factory=list)

    def __call__(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        self.seen.append(environ)
        text = self.text
        depends_on(*self.tags)
        if self.is_shared:
            share(RequestFactory().get("/"))
        self.meanwhile()
        start_response(self.status, self.headers)
        return [text.encode()]

    @property
    def renders_count(self) -> int:
        return len(self.seen)


class Cache:
    """The cache of one worker. Several on one `folder` are the workers of one machine."""

    def __init__(self, site: Site, folder: Path, clock: Clock, *, room: int = 1 << 20, places: int = 100) -> None:
        self.generations = Generations(SharedCounters(folder / "generations", size=CELLS))
        self.front = PageCache(
            site,
            site={"HTTP_HOST": "news.example", "SERVER_NAME": "news.example", "SERVER_PORT": "443"},
            generations=self.generations,
            room=room,
            waiting_room=WaitingRoom(places),
            clock=clock,
        )

    def get(self, address: str = "/a-story/", *, method: str = "GET", **headers: str) -> Answered:
        started: list[tuple[str, Headers]] = []
        path, _mark, query = address.partition("?")
        environ: Environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.errors": sys.stderr,
            "wsgi.input": io.BytesIO(),
            **headers,
        }
        body = b"".join(self.front(environ, lambda status, headers: started.append((status, headers))))
        return Answered(started[0][0], dict(started[0][1]), body)
