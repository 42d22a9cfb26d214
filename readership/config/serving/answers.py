"""Answers that the server gives itself, and the headers that every answer carries whoever made it."""

from __future__ import annotations

from collections.abc import Iterable

from readership.pagecache.front import StartResponse
from readership.pagecache.pages import Headers

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
