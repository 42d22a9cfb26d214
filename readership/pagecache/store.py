"""The pages one worker keeps, bounded by their bytes."""

from __future__ import annotations

import threading

from readership.pagecache.pages import Page

Key = tuple[str, str]  # path, canonical query
# A page that is never asked for is dropped; which ones is decided for this part of the room at once.
PART_DROPPED = 0.25


class PageStore:
    def __init__(self, *, room: int) -> None:
        self.room = room
        self._pages: dict[Key, Page] = {}
        self._used = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        return self._pages.get(key)

    def keep(self, key: Key, page: Page, *, for_encoding: str) -> None:
        # Compressed now, so that its size is known (a second encoding of a page is counted when room is
        # made).
        page.answer(for_encoding)
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._used += page.size()
            if self._used > self.room:
                self._make_room()

    def drop(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._used -= page.size()

    def _make_room(self) -> None:
        """Drop the pages that were asked for longest ago: `fresh_at` moves with every answer."""
        sizes = {key: page.size() for key, page in self._pages.items()}
        self._used = sum(sizes.values())
        goal = self.room * (1 - PART_DROPPED)
        for key in sorted(self._pages, key=lambda key: self._pages[key].fresh_at):
            if self._used <= goal:
                break
            del self._pages[key]
            self._used -= sizes[key]
