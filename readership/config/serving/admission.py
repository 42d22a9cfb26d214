"""Only so many requests are in Django at once, on threads of their own; the rest wait or are sent away.

The threads of the server hand their request over and wait. So finished pages and /healthz are answered while
every thread of Django is busy, and there are as many database connections as threads here, not as the server
has.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextvars import copy_context
from typing import IO, Any

from readership.config.serving.answers import NEVER_KEPT, names, refuse, with_safety
from readership.lib.waiting_room import Full, WaitingRoom
from readership.pagecache.front import MAY_BE_KEPT, Application, Environ, StartResponse
from readership.pagecache.pages import Headers

LONGEST_WAIT = 5.0  # seconds for a free thread
# A body is read before a thread of Django is taken: a slow sender holds up only himself. Up to this size it waits in
# memory, a larger one in a file without a name.
IN_MEMORY = 256 * 1024
PIECE = 64 * 1024
# What proxies and frameworks add to say who asks and for what. Anybody can send them, and under WSGI
# `X_Real_IP` arrives as `X-Real-IP` does, so none of them reaches Django (attacks E05, H05, J01, N01, N04,
# N05).
CLAIMS = frozenset(
    f"HTTP_{name}"
    for name in (
        "CLIENT_IP",
        "FORWARDED",
        "FRONT_END_HTTPS",
        "PROXY",
        "TRUE_CLIENT_IP",
        "X_CLIENT_IP",
        "X_HTTP_METHOD",
        "X_HTTP_METHOD_OVERRIDE",
        "X_METHOD_OVERRIDE",
        "X_ORIGINAL_URL",
        "X_REAL_IP",
        "X_REWRITE_URL",
    )
)
FORWARDED = "HTTP_X_FORWARDED_"
# Of these one is believed, when a trusted proxy is configured; see lib/client_address.py.
FORWARDED_FOR = "HTTP_X_FORWARDED_FOR"
KEPT = frozenset(
    {
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
        "PATH_INFO",
        "QUERY_STRING",
        "REMOTE_ADDR",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "wsgi.errors",
        "wsgi.input",
        "wsgi.multiprocess",
        "wsgi.multithread",
        "wsgi.run_once",
        "wsgi.version",
    }
)

Answered = tuple[str, Headers, Iterable[bytes]]


class Admission:
    """`hops` is the number of trusted proxies; `scheme` is the site's, whatever a header says."""

    def __init__(
        self, application: Application, *, threads: int, waiting_room: WaitingRoom, hops: int, scheme: str
    ) -> None:
        self._application = application
        self._crew = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="django")
        self._waiting_room = waiting_room
        self._hops, self._scheme = hops, scheme

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        seen = self._seen_by_django(environ)
        with self._waiting_room.place(), tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:
            if not _read_body(seen, kept):
                return refuse(start_response, "400 Bad Request", "The body ended before its time.")
            status, headers, body = self._in_crew(seen)
        start_response(status, _completed(headers, status, may_be_kept=MAY_BE_KEPT in environ))
        return body

    def _in_crew(self, environ: Environ) -> Answered:
        # The context carries what the page cache collects.
        answered = self._crew.submit(copy_context().run, _ask, self._application, environ)
        try:
            return answered.result(timeout=LONGEST_WAIT)
        except TookTooLong:
            if answered.cancel():
                raise Full from None
            return answered.result()

    def _seen_by_django(self, environ: Environ) -> Environ:
        """The request without what cannot be believed, and without the secrets of this process."""
        return {
            **{name: value for name, value in environ.items() if name in KEPT or self._is_told(name)},
            "wsgi.url_scheme": self._scheme,
        }

    def _is_told(self, header: str) -> bool:
        if header.startswith(FORWARDED):
            return header == FORWARDED_FOR and self._hops > 0
        return header.startswith("HTTP_") and header not in CLAIMS


def _read_body(environ: Environ, kept: IO[bytes]) -> bool:
    """Take in the body whole. Says whether all of it came."""
    missing = int(environ.get("CONTENT_LENGTH") or 0)
    if not missing:
        return True
    while missing and (piece := environ["wsgi.input"].read(min(missing, PIECE))):
        kept.write(piece)
        missing -= len(piece)
    kept.seek(0)
    environ["wsgi.input"] = kept
    return missing == 0


def _ask(application: Application, environ: Environ) -> Answered:
    started: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _exc_info: object = None) -> None:
        started[:] = [(status, headers)]

    body: Any = application(environ, start_response)
    if not getattr(body, "streaming", False):
        # A whole list is sent by the server itself: a slow reader holds no thread.
        body = _closed(body)
    return *started[0], body


def _closed(body: Any) -> list[bytes]:
    try:
        return [b"".join(body)]
    finally:
        if hasattr(body, "close"):
            body.close()


def _completed(headers: Headers, status: str, *, may_be_kept: bool) -> Headers:
    """With the safety headers; what does not say how long it may be kept is for its reader only.

    A page of the page cache is left to say so itself; its errors are kept by nobody.
    """
    is_silent = "cache-control" not in names(headers) and (not may_be_kept or status >= "4")
    return with_safety([*headers, ("Cache-Control", NEVER_KEPT)] if is_silent else headers)
