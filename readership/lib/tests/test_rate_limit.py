from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from readership.lib.rate_limit import CELLS, RateLimiter
from readership.lib.shared_counters import SharedCounters

THREE_A_MINUTE = ((3, 60),)


@dataclass
class Clock:
    now: float = 6_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(tmp_path: Path, clock: Clock) -> RateLimiter:
    counters = SharedCounters(tmp_path / "limits", size=CELLS)
    return RateLimiter(lambda: counters, clock)


def times_allowed(limiter: RateLimiter, key: str, tries: int) -> int:
    return sum(limiter.allow(key, limits=THREE_A_MINUTE).is_allowed for _ in range(tries))


def test_as_many_are_allowed_as_the_limit_says(limiter: RateLimiter) -> None:
    assert times_allowed(limiter, "a", 10) == 3


def test_one_key_does_not_use_up_what_another_may(limiter: RateLimiter) -> None:
    times_allowed(limiter, "a", 10)

    assert times_allowed(limiter, "b", 10) == 3


def test_twice_the_limit_never_gets_through_around_the_turn_of_a_window(limiter: RateLimiter, clock: Clock) -> None:
    clock.now = 6_059.0
    times_allowed(limiter, "a", 3)

    clock.now = 6_061.0

    assert times_allowed(limiter, "a", 3) == 0


@pytest.mark.parametrize("second", [0.0, 17.0, 59.9])
def test_retry_after_says_when_it_will_be_allowed_and_not_a_second_too_late(
    limiter: RateLimiter, clock: Clock, second: float
) -> None:
    clock.now = 6_000.0 + second
    times_allowed(limiter, "a", 3)
    refused = limiter.allow("a", limits=THREE_A_MINUTE)

    clock.now += refused.retry_after - 1.5
    too_early = limiter.allow("a", limits=THREE_A_MINUTE)
    clock.now += 1.5
    in_time = limiter.allow("a", limits=THREE_A_MINUTE)

    assert (refused.is_allowed, too_early.is_allowed, in_time.is_allowed) == (False, False, True)


def test_every_limit_has_to_hold(limiter: RateLimiter, clock: Clock) -> None:
    limits = ((3, 60), (4, 3_600))
    allowed = 0

    for minute in range(10):
        clock.now = 7_200.0 + minute * 120
        allowed += sum(limiter.allow("a", limits=limits).is_allowed for _ in range(3))

    assert allowed == 4


def test_what_was_refused_does_not_make_it_worse(limiter: RateLimiter, clock: Clock) -> None:
    times_allowed(limiter, "a", 1_000)

    clock.now += 120

    assert times_allowed(limiter, "a", 10) == 3


def test_all_workers_count_together(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    processes = [context.Process(target=_hammer, args=(tmp_path, results.put)) for _ in range(3)]

    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert sum(results.get() for _ in processes) == 3


def _hammer(folder: Path, tell: Callable[[int], None]) -> None:
    counters = SharedCounters(folder / "shared", size=CELLS)
    tell(times_allowed(RateLimiter(lambda: counters, lambda: 6_000.0), "a", 200))


def test_two_keys_that_share_one_of_their_cells_are_still_told_apart(tmp_path: Path, clock: Clock) -> None:
    counters = SharedCounters(tmp_path / "few", size=64)
    limiter = RateLimiter(lambda: counters, clock)
    first, second = (counters.cell_of(f"{row} 60 a") for row in range(2))
    neighbour = next(
        key
        for key in map(str, range(100_000))
        if counters.cell_of(f"0 60 {key}") == first and counters.cell_of(f"1 60 {key}") not in {first, second}
    )

    times_allowed(limiter, neighbour, 10)

    assert first == second or times_allowed(limiter, "a", 10) == 3
