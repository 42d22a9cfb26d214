"""Pure: the comments with which WordPress's block editor marks its blocks, `<!-- wp:name {…} -->`, read as a tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARK = re.compile(r"\s*(/?)wp:([a-z0-9][a-z0-9_/-]*)\s*(.*?)\s*(/?)", re.DOTALL)
# Deeper blocks are read as if they were not wrapped: nobody sees more levels than these.
MAX_DEPTH = 32


@dataclass
class OldBlock:
    """`parts`: HTML and inner blocks in their order. The HTML of one that wraps others is cut into pieces."""

    name: str
    settings: dict[str, object] = field(default_factory=dict)
    parts: list[str | OldBlock] = field(default_factory=list)

    def markup(self) -> str:
        return "".join(part if isinstance(part, str) else part.markup() for part in self.parts)

    def inner(self) -> list[OldBlock]:
        return [part for part in self.parts if isinstance(part, OldBlock)]

    def setting(self, name: str) -> str:
        value = self.settings.get(name, "")
        return str(value) if isinstance(value, str | int) else ""


def has_blocks(content: str) -> bool:
    return "<!-- wp:" in content


def read_blocks(content: str) -> list[str | OldBlock]:
    """Never fails: what is not closed ends with its story, what closes nothing is passed over."""
    top = OldBlock("")
    standing = [top]
    for piece in _pieces(content):
        if isinstance(piece, str):
            standing[-1].parts.append(piece)
        elif piece.is_end:
            _close(standing, piece.name)
        else:
            block = OldBlock(piece.name, _settings(piece.settings))
            standing[-1].parts.append(block)
            if not piece.is_void and len(standing) <= MAX_DEPTH:
                standing.append(block)
    return top.parts


@dataclass(frozen=True)
class _Mark:
    name: str
    settings: str
    is_end: bool
    is_void: bool


def _pieces(content: str) -> Iterator[str | _Mark]:
    """Searches forward only: a search for the end from every beginning would be quadratic."""
    text_from = at = 0
    while (start := content.find("<!--", at)) >= 0 and (end := content.find("-->", start + 4)) >= 0:
        found = MARK.fullmatch(content, start + 4, end)
        at = end + 3
        if found is None:
            continue
        if content[text_from:start]:
            yield content[text_from:start]
        text_from = at
        yield _Mark(found[2].removeprefix("core/"), found[3], is_end=bool(found[1]), is_void=bool(found[4]))
    if content[text_from:]:
        yield content[text_from:]


def _close(standing: list[OldBlock], name: str) -> None:
    depth = next((index for index in range(len(standing) - 1, 0, -1) if standing[index].name == name), 0)
    if depth:
        del standing[depth:]


def _settings(text: str) -> dict[str, object]:
    try:
        settings = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}
