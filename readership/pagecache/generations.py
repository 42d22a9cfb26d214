"""Which tags have changed: one shared counter a tag, and one that moves with every change of any tag.

Tags that meet in one cell only make a page stale that need not be.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from readership.lib.shared_counters import Opened, SharedCounters

CELLS = 1 << 13  # A snapshot of them, taken before each render, is 64 KB.
ANY = CELLS - 1  # the cell that moves with every change

counters = Opened(lambda: settings.HOME / "run" / "generations", size=CELLS)

Tags = tuple[tuple[int, int], ...]  # (cell, its number when the page was rendered)


class Generations:
    """The counters as the page cache asks them."""

    def __init__(self, counters: SharedCounters) -> None:
        self._counters = counters

    def latest(self) -> int:
        """Unchanged as long as nothing has changed at all."""
        return self._counters[ANY]

    def snapshot(self) -> memoryview[int]:
        return self._counters.snapshot()

    def tags(self, names: Iterable[str], *, at: memoryview[int]) -> Tags:
        """`names` with the numbers they had in the snapshot `at`."""
        return tuple({cell: at[cell] for cell in map(self._cell_of, names)}.items())

    def are_unchanged(self, tags: Tags) -> bool:
        return all(self._counters[cell] == number for cell, number in tags)

    def move(self, names: Iterable[str]) -> None:
        with self._counters.changing() as cells:
            for name in names:
                cells[self._cell_of(name)] += 1
            # Last: a page looks at its tags only after it saw this one move.
            cells[ANY] += 1

    def _cell_of(self, name: str) -> int:
        return self._counters.cell_of(name) % ANY
