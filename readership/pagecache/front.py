"""The page cache: a WSGI application in front of Django, in the same process.

A hit is two dictionary look-ups, one shared number and a list of finished bytes. A miss is rendered once a
worker: whoever asks meanwhile gets the bytes of before, if those were right within the last second, or waits.

The promise (DESIGN §5): a reader never gets bytes that have been wrong for more than `PATIENCE`; a page is
rendered at most once in `INTERVAL`, however often it changes.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from readership.lib.waiting_room import Full, WaitingRoom
from readership.pagecache.addresses import canonical_query, is_kept
from readership.pagecache.collecting import Rendering, rendering
from readership.pagecache.generations import Generations
from readership.pagecache.pages import Answer, Headers, Page, best_encoding
from readership.pagecache.store import Key, PageStore

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PATIENCE = 1.0  # seconds for which bytes may be wrong
INTERVAL = 0.75  # seconds between two renders of a page; the rest of PATIENCE is for the render itself
LONGEST_WAIT = 10.0  # seconds to wait for somebody else's render
# A page is rendered anew after this many seconds in any case: for dates it shows, and should a change get
# lost.
MAX_AGE = 60.0
# In the environ of what may turn out to be a page for everybody.
MAY_BE_KEPT = "readership.may_be_kept"
LARGEST = 2 * 1024 * 1024
MOST_SPELLINGS = 8_192
LONGEST_SPELLING = 500


@dataclass(frozen=True, slots=True)
class Response:
    """What Django answered, complete."""

    status: str
    headers: Headers
    body: Iterable[bytes]
    is_streaming: bool


class Flight:
    """One render under way, and whoever waits for it."""

    def __init__(self, started_at: float) -> None:
        self.started_at = started_at
        self.page: Page | None = None
        self.has_failed = False
        self.has_landed = threading.Event()


class PageCache:
    """`site` is what a page may see of the server it is rendered on; see `_clean`. `room` is in bytes.

    Raises `Full` when too many requests wait for renders already.
    """

    def __init__(
        self,
        application: Application,
        *,
        site: Environ,
        generations: Generations,
        room: int,
        waiting_room: WaitingRoom,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._site = site
        self._generations = generations
        self._waiting_room = waiting_room
        self._clock = clock
        self.pages = PageStore(room=room)
        self._flights: dict[Key, Flight] = {}
        self._mutex = threading.Lock()
        # How a page was asked for, literally → which page and encoding that means: spares a hit the parsing.
        self._spellings: dict[tuple[str, str, str], tuple[Key, str]] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        spelling = environ["PATH_INFO"], environ["QUERY_STRING"], environ.get("HTTP_ACCEPT_ENCODING", "")
        known = self._spellings.get(spelling) or self._learn(spelling)
        if known is None:
            return self._application(environ, start_response)
        key, encoding = known
        page = self.pages.get(key)
        found = page if page and self._is_fresh(page) else self._page(key, encoding, environ)
        if isinstance(found, Response):
            start_response(found.status, found.headers)
            return [] if method == "HEAD" else found.body
        return _send(found.answer(encoding), method, environ.get("HTTP_IF_NONE_MATCH"), start_response)

    def _learn(self, spelling: tuple[str, str, str]) -> tuple[Key, str] | None:
        path, query, accept_encoding = spelling
        if not is_kept(path, query):
            return None
        known = (path, canonical_query(query)), best_encoding(accept_encoding)
        if len(self._spellings) >= MOST_SPELLINGS:
            self._spellings.clear()
        if sum(map(len, spelling)) <= LONGEST_SPELLING:
            self._spellings[spelling] = known
        return known

    def _is_fresh(self, page: Page) -> bool:
        now, latest = self._clock(), self._generations.latest()
        if now - page.rendered_at > MAX_AGE:
            return False
        if page.seen_generation != latest:
            if not self._generations.are_unchanged(page.tags):
                return False
            page.seen_generation = latest
        page.fresh_at = now
        return True

    def _page(self, key: Key, encoding: str, environ: Environ) -> Page | Response:
        """A page that is right, or was within the last second; or whatever else Django answers here."""
        asked_at = self._clock()
        while True:
            old = self.pages.get(key)
            if old is not None and (self._is_fresh(old) or self._clock() - old.rendered_at < INTERVAL):
                return old
            flight, is_mine = self._flight(key, old)
            if flight is None:
                continue
            if is_mine:
                return self._render_for_all(key, encoding, environ, flight)
            if old is not None and self._clock() - old.fresh_at < PATIENCE:
                return old
            self._wait_for(flight)
            if flight.page is None:
                # It is no page for everybody, so everyone asks Django for himself.
                return self._rendered(key, environ)[0]
            if flight.started_at > asked_at - PATIENCE:
                return flight.page

    def _flight(self, key: Key, old: Page | None) -> tuple[Flight | None, bool]:
        """The render under way for `key`, and whether it is ours to do; None when one has just landed."""
        with self._mutex:
            flight = self._flights.get(key)
            if flight is not None:
                return flight, False
            if self.pages.get(key) is not old:
                return None, False
            flight = self._flights[key] = Flight(self._clock())
            return flight, True

    def _wait_for(self, flight: Flight) -> None:
        with self._waiting_room.place():
            if not flight.has_landed.wait(LONGEST_WAIT) or flight.has_failed:
                raise Full

    def _render_for_all(self, key: Key, encoding: str, environ: Environ, flight: Flight) -> Page | Response:
        try:
            response, page = self._rendered(key, environ)
            if page is None:
                self.pages.drop(key)
                return response
            self.pages.keep(key, page, for_encoding=encoding)
            flight.page = page
            return page
        except BaseException:
            flight.has_failed = True
            self.pages.drop(key)
            raise
        finally:
            with self._mutex:
                del self._flights[key]
            flight.has_landed.set()

    def _rendered(self, key: Key, environ: Environ) -> tuple[Response, Page | None]:
        # Before anything is read: what changes from here on makes the page stale again.
        rendered_at, before = self._clock(), self._generations.snapshot()
        with rendering() as collected:
            response = _ask(self._application, self._clean(key, environ))
        if not _may_be_kept(response, collected):
            return replace(response, headers=_for_one_reader(response.headers)), None
        body = b"".join(response.body)
        tags = self._generations.tags(collected.tags, at=before)
        # -1: look at the tags once, they may have moved during the render.
        return response, Page(
            body=body, headers=response.headers, tags=tags, seen_generation=-1, rendered_at=rendered_at
        )

    def _clean(self, key: Key, environ: Environ) -> Environ:
        """What the page may see: the address in its one form and the site. No cookie, no header, no client.

        So nothing a sender puts into a request can reach bytes that others will get (attacks J01, J03, J04,
        J07).
        """
        path, query = key
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": environ["wsgi.errors"],
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            MAY_BE_KEPT: True,
            **self._site,
        }


def _ask(application: Application, environ: Environ) -> Response:
    started: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _exc_info: object = None) -> None:
        started[:] = [(status, headers)]

    answered = application(environ, start_response)
    status, headers = started[0]
    # The application hands over a list when it has all the bytes, anything else while it still makes them.
    return Response(status, headers, answered, is_streaming=not isinstance(answered, list))


def _may_be_kept(response: Response, collected: Rendering) -> bool:
    if not collected.is_shared or response.is_streaming or not response.status.startswith("200 "):
        return False
    if sum(map(len, response.body)) > LARGEST:
        return False
    return not any(_is_personal(name.lower(), value.lower()) for name, value in response.headers)


def _for_one_reader(headers: Headers) -> Headers:
    """What does not say how long it may be kept, is not."""
    if any(name.lower() == "cache-control" for name, _value in headers):
        return headers
    return [*headers, ("Cache-Control", "private, no-store")]


def _is_personal(name: str, value: str) -> bool:
    if name == "vary":
        return "cookie" in value or "authorization" in value or "*" in value
    if name == "cache-control":
        return "private" in value or "no-store" in value
    return name == "set-cookie"


def _send(answer: Answer, method: str, if_none_match: str | None, start_response: StartResponse) -> Iterable[bytes]:
    if if_none_match is not None and answer.is_known_to(if_none_match):
        start_response("304 Not Modified", answer.headers_not_modified)
        return []
    if method == "HEAD":
        start_response("200 OK", answer.headers_without_body)
        return []
    start_response("200 OK", answer.headers)
    return answer.body
