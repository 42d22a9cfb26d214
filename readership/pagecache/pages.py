"""A finished page: its bytes, once for each encoding that somebody asked for, with the headers to send."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

from readership.pagecache.generations import Tags

Headers = list[tuple[str, str]]

IDENTITY = ""
# Levels at which compressing costs about as much as sending: a page of 60 KB takes 1 to 2 ms.
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5, lgwin=18)),
    "zstd": lambda body: zstandard.compress(body, 6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
SMALLEST_COMPRESSED = 512
# Written by the page itself; what a view or Django said of these holds for a page that is made for one
# reader.
OWN_HEADERS = {"cache-control", "content-length", "date", "etag", "expires", "last-modified", "vary"}
CACHE_CONTROL = "public, max-age=0, must-revalidate"
ACCEPTED = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*(\d+(?:\.\d*)?))?\s*", re.ASCII)


@dataclass(slots=True)
class Answer:
    """What goes out for one encoding. The lists are handed to the server as they are: do not change them."""

    etag: str
    headers: Headers
    body: list[bytes]

    @property
    def headers_without_body(self) -> Headers:
        return [*self.headers, ("Content-Length", str(len(self.body[0])))]

    @property
    def headers_not_modified(self) -> Headers:
        return [header for header in self.headers if header[0] in {"ETag", "Cache-Control", "Vary"}]

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether the browser has these bytes. A proxy that compressed them itself says W/ before the tag."""
        return if_none_match == self.etag or any(
            tag.strip().removeprefix("W/") in {self.etag, "*"} for tag in if_none_match.split(",")
        )


class Page:
    __slots__ = (
        "_answers",
        "_body",
        "_digest",
        "_headers",
        "fresh_at",
        "rendered_at",
        "seen_generation",
        "tags",
    )

    def __init__(self, *, body: bytes, headers: Headers, tags: Tags, seen_generation: int, rendered_at: float) -> None:
        self._body = body
        self._headers = [header for header in headers if header[0].lower() not in OWN_HEADERS]
        self._digest = _digest(body, self._headers)
        self._answers: dict[str, Answer] = {}
        self.tags = tags
        # The number of the last change that is known not to touch this page.
        self.seen_generation = seen_generation
        self.rendered_at = rendered_at  # when the render began
        self.fresh_at = rendered_at  # when it was last known to be what the database says

    def answer(self, encoding: str) -> Answer:
        """Two threads may make the same answer at once: they make the same bytes, and one is forgotten."""
        answer = self._answers.get(encoding)
        if answer is None:
            answer = self._answers[encoding] = self._made(encoding)
        return answer

    def size(self) -> int:
        made = (answer.body[0] for answer in self._answers.values())
        return len(self._body) + sum(len(body) for body in made if body is not self._body)

    def _made(self, encoding: str) -> Answer:
        if len(self._body) < SMALLEST_COMPRESSED or self._is_picture():
            encoding = IDENTITY
        body = COMPRESSORS[encoding](self._body) if encoding else self._body
        etag = f'"{self._digest}-{encoding}"' if encoding else f'"{self._digest}"'
        headers = [
            *self._headers,
            ("ETag", etag),
            ("Cache-Control", CACHE_CONTROL),
            ("Vary", "Accept-Encoding"),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return Answer(etag=etag, headers=headers, body=[body])

    def _is_picture(self) -> bool:
        """Compressed by its own format."""
        return any(name.lower() == "content-type" and value.startswith("image/") for name, value in self._headers)


def _digest(body: bytes, headers: Headers) -> str:
    # The parts of a Content-Security-Policy come in an order that differs between processes.
    parts = sorted(part for header in headers for part in header[1].split("; "))
    return hashlib.blake2b(body + repr(parts).encode(), digest_size=12).hexdigest()


def best_encoding(accept_encoding: str) -> str:
    """The smallest encoding the browser takes."""
    weights = dict(map(_name_and_weight, accept_encoding.lower().split(",")))
    return next((name for name in COMPRESSORS if weights.get(name, weights.get("*", 0)) > 0), IDENTITY)


def _name_and_weight(part: str) -> tuple[str, float]:
    match = ACCEPTED.fullmatch(part)
    return (match[1], float(match[2] or 1)) if match else ("", 0)
