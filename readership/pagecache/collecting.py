"""While a page is rendered: what it depends on, and whether its bytes are for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass
class Rendering:
    tags: set[str] = field(default_factory=set)
    is_shared: bool = False


_rendering: ContextVar[Rendering | None] = ContextVar("rendering", default=None)


@contextmanager
def rendering() -> Iterator[Rendering]:
    """Collect what the page rendered inside says of itself."""
    collected = Rendering()
    token = _rendering.set(collected)
    try:
        yield collected
    finally:
        _rendering.reset(token)


def depends_on(*tags: str) -> None:
    """The page now being rendered shows rows of `tags` ("story:7", "site"). Call it where they are read."""
    collected = _rendering.get()
    if collected is not None:
        collected.tags.update(tags)


def share(request: HttpRequest) -> None:
    """The answer to `request` is the same for every reader and may be kept. Nothing else is ever kept.

    What reaches a view here was cleaned of cookies and headers by the page cache, so a mistake cannot put one
    reader's page before another; it would only show everybody the page of nobody.
    """
    collected = _rendering.get()
    if collected is not None and request.method == "GET":
        collected.is_shared = True
