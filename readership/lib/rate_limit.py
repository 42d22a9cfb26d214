"""How often one key may do one thing, counted across all workers of the machine.

A sliding window: what was counted in the window before still weighs, by the part of it that the last
`seconds` reach into. So a limit of 3 a minute never lets 6 through around the turn of a minute.

Each key is counted in two cells, and the smaller count is believed: only a key that meets others in both
cells is judged too strictly, and none is ever judged too mildly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from readership.lib.shared_counters import Opened, SharedCounters

# (how many, in how many seconds), each of which must hold.
Limits = tuple[tuple[int, int], ...]

ROWS = 2
CELLS = 1 << 17
# One cell: the number of its window, what was counted in the window before, and in this one.
COUNT_BITS = 20
MOST = (1 << COUNT_BITS) - 1
WINDOW_MASK = (1 << 24) - 1


@dataclass(frozen=True)
class Verdict:
    is_allowed: bool
    retry_after: int  # whole seconds; 0 when it is allowed


@dataclass(frozen=True)
class Level:
    """What has been counted for one key and one limit."""

    before: int
    now: int
    passed: float  # the part of the present window that is over, 0..1

    @property
    def height(self) -> float:
        return self.before * (1 - self.passed) + self.now

    def wait(self, count: int, seconds: int) -> int:
        """Whole seconds until one more fits under `count`."""
        room = count - 1 - self.now
        if room >= 0:
            return math.ceil((1 - room / self.before - self.passed) * seconds)
        # This window is full; it becomes the one before, and has to fade first.
        return math.ceil((1 - self.passed + 1 - (count - 1) / self.now) * seconds)


class RateLimiter:
    def __init__(self, counters: Callable[[], SharedCounters], clock: Callable[[], float]) -> None:
        self._counters, self._clock = counters, clock

    def allow(self, key: str, *, limits: Limits) -> Verdict:
        """Count one more for `key` if every limit allows it. What is refused is not counted."""
        counters, now = self._counters(), self._clock()
        cells = {limit: self._cells_of(counters, key, limit) for limit in limits}
        with counters.changing() as values:
            levels = {limit: _level(values, cells[limit], now, limit[1]) for limit in limits}
            waits = [level.wait(*limit) for limit, level in levels.items() if level.height + 1 > limit[0]]
            if waits:
                return Verdict(is_allowed=False, retry_after=max(1, *waits))
            for limit in limits:
                _count(values, cells[limit], now, limit[1])
        return Verdict(is_allowed=True, retry_after=0)

    @staticmethod
    def _cells_of(counters: SharedCounters, key: str, limit: tuple[int, int]) -> list[int]:
        return [counters.cell_of(f"{row} {limit[1]} {key}") for row in range(ROWS)]


def _level(values: memoryview[int], cells: list[int], now: float, seconds: int) -> Level:
    passed = now / seconds % 1
    levels = [Level(*_counts(values[cell], _window(now, seconds)), passed) for cell in cells]
    return min(levels, key=lambda level: level.height)


def _count(values: memoryview[int], cells: list[int], now: float, seconds: int) -> None:
    window = _window(now, seconds)
    for cell in cells:
        before, present = _counts(values[cell], window)
        values[cell] = window << 2 * COUNT_BITS | before << COUNT_BITS | min(present + 1, MOST)


def _window(now: float, seconds: int) -> int:
    return int(now // seconds) & WINDOW_MASK


def _counts(value: int, window: int) -> tuple[int, int]:
    """(counted in the window before, counted in this one)."""
    counted_in, before, present = value >> 2 * COUNT_BITS, value >> COUNT_BITS & MOST, value & MOST
    if counted_in == window:
        return before, present
    if counted_in == window - 1 & WINDOW_MASK:
        return present, 0
    return 0, 0


counters = Opened(lambda: settings.HOME / "run" / "limits", size=CELLS)
# The monotonic clock is one for all processes of a machine, and does not jump when somebody sets the time.
_limiter = RateLimiter(counters, time.monotonic)


def allow(key: str, *, limits: Limits) -> Verdict:
    return _limiter.allow(key, limits=limits)


def forget_all() -> None:
    """Every count back to nothing (for tests, and for an operator who was too strict)."""
    with counters().changing() as values:
        values[:] = memoryview(bytes(len(values) * values.itemsize)).cast("Q")
