"""Answers that the server gives itself, and the headers that every answer carries whoever made it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from readership.api.problems import TYPE, problem
from readership.pagecache.front import StartResponse
from readership.pagecache.pages import Headers
from readership.website.refusing import too_much

SAFETY: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
]
NOTHING_MAY_RUN = "default-src 'none'; frame-ancestors 'none'; sandbox"
ONLY_OUR_STYLE = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
TOO_LARGE = "413 Content Too Large"
# Said by the few answers that other sites may show: the older header knows no way to say it.
IN_ANY_FRAME = "frame-ancestors *"
NEVER_KEPT = "private, no-store"


def with_safety(headers: Headers) -> Headers:
    """`headers`, and of the safety headers those that they do not hold."""
    present = names(headers)
    if any(name.lower() == "content-security-policy" and IN_ANY_FRAME in value for name, value in headers):
        present.add("x-frame-options")
    return [*headers, *(header for header in SAFETY if header[0].lower() not in present)]


def names(headers: Headers) -> set[str]:
    return {name.lower() for name, _value in headers}


def refuse(
    start_response: StartResponse, status: str, sentence: str, headers: Iterable[tuple[str, str]] = ()
) -> list[bytes]:
    """An error the server itself found, as one line of text."""
    return plain(start_response, status, sentence, [*headers, ("Content-Security-Policy", NOTHING_MAY_RUN)])


def plain(
    start_response: StartResponse, status: str, sentence: str, headers: Iterable[tuple[str, str]] = ()
) -> list[bytes]:
    start_response(
        status,
        with_safety([("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", NEVER_KEPT), *headers]),
    )
    return [f"{sentence}\n".encode()]


def say_too_large(start_response: StartResponse, path: str, headers: Headers) -> list[bytes]:
    """A page for readers, JSON for programs. Both are made once: whoever sends too much can do so often."""
    content_type, policy, body = _too_large_for_programs() if path.startswith("/api/") else _too_large_for_readers()
    told = [("Content-Type", content_type), ("Cache-Control", NEVER_KEPT), ("Content-Security-Policy", policy)]
    start_response(TOO_LARGE, with_safety([*told, *headers]))
    return [body]


@cache
def _too_large_for_readers() -> tuple[str, str, bytes]:
    return "text/html; charset=utf-8", ONLY_OUR_STYLE, too_much().encode()


@cache
def _too_large_for_programs() -> tuple[str, str, bytes]:
    return TYPE, NOTHING_MAY_RUN, problem(413, "That is more than 64 KB.").content
