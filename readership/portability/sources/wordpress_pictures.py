"""Which attachment of the export an `<img>` of a story is."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

# WordPress keeps smaller copies as `name-300x200.jpg`, edited ones as `name-e1420000000.jpg`, big ones as
# `name-scaled.jpg`.
COPY = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{9,13})(?=\.[A-Za-z0-9]{2,5}$)")
# The image proxy of WordPress.com: `i0.wp.com/the-site.example/path`.
PROXY = re.compile(r"^i\d\.wp\.com/")


class PictureIndex:
    """Small on purpose: it is the one thing kept in memory for the whole of a file."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._by_address: dict[str, str] = {}
        self._by_story: dict[str, list[str]] = defaultdict(list)

    def add(self, picture_id: str, address: str, *, story_id: str = "") -> None:
        self._ids.add(picture_id)
        self._by_address.setdefault(_key(address), picture_id)
        self._by_address.setdefault(COPY.sub("", _key(address)), picture_id)
        if story_id not in {"", "0"}:
            self._by_story[story_id].append(picture_id)

    def known(self, picture_id: str) -> str | None:
        return picture_id if picture_id in self._ids else None

    def of_address(self, address: str) -> str | None:
        key = _key(address)
        if not key:
            return None
        return self._by_address.get(key) or self._by_address.get(COPY.sub("", key))

    def of_story(self, story_id: str) -> list[str]:
        """Pictures uploaded for a story: what `[gallery]` without numbers shows."""
        return self._by_story.get(story_id, [])


def _key(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return PROXY.sub("", f"{(parts.hostname or '').lower()}{unquote(parts.path)}")
