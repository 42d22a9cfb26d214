"""A finished story page: `readership serve` alone against nginx with the same bytes as a static file."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import urlopen

import psutil

from bench import wrk
from bench.homes import Home
from bench.servers import nginx, readership

ROUNDS = 7
SECONDS = 5
BUDGET, GOAL = 0.50, 0.65
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Memory:
    rss: int  # megabytes, of all processes of the server
    pss: int  # the same, what they share counted once


@dataclass(frozen=True)
class Reading:
    static: wrk.Run
    ours: wrk.Run
    idle: Memory
    loaded: Memory
    page_bytes: int
    ratios: list[float]  # of each round

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


def measure(home: Home) -> Reading:
    with readership(home.folder, path=home.path) as (ours, pid):
        with urlopen(ours, timeout=30) as answer:  # noqa: S310 - our own address
            page: bytes = answer.read()
        idle = memory(pid)
        with nginx(home.folder / "nginx", page=page) as static:
            rounds = list(_rounds(static, ours))
        loaded = memory(pid)
    return Reading(
        static=wrk.median([first for first, _second in rounds]),
        ours=wrk.median([second for _first, second in rounds]),
        idle=idle,
        loaded=loaded,
        page_bytes=len(page),
        ratios=[second.per_second / first.per_second for first, second in rounds],
    )


def _rounds(static: str, ours: str) -> Iterator[tuple[wrk.Run, wrk.Run]]:
    """By turns, so that a busy minute of the machine meets both."""
    for address in (static, ours):
        wrk.run(address, seconds=1)
    for _ in range(ROUNDS):
        yield wrk.run(static, seconds=SECONDS), wrk.run(ours, seconds=SECONDS)


def memory(pid: int) -> Memory:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    sizes = [process.memory_full_info() for process in family]
    return Memory(rss=sum(size.rss for size in sizes) // MEGABYTE, pss=sum(size.pss for size in sizes) // MEGABYTE)


def lines(reading: Reading) -> list[str]:
    return [
        "| what | requests/s | p50 ms | p99 ms | failed |",
        "|---|---|---|---|---|",
        _row(f"nginx, static file, gzip_static ({reading.page_bytes:,} bytes)", reading.static),
        _row("`readership serve` alone, the same page", reading.ours),
        "",
        f"**Ratio {reading.ratio:.2f}**, median of {len(reading.ratios)} rounds from {min(reading.ratios):.2f} to "
        f"{max(reading.ratios):.2f} (budget ≥ {BUDGET:.2f}, goal {GOAL:.2f}). "
        f"Memory of all processes together: {reading.idle.rss} MB RSS ({reading.idle.pss} MB PSS) idle, "
        f"{reading.loaded.rss} MB RSS ({reading.loaded.pss} MB PSS) after the load.",
        "",
        "Beyond nginx, a request costs Granian's hand-over to a Python thread and back, as it does for an application "
        "that only returns constant bytes; our own code is a twentieth of it (docs/performance.md).",
    ]


def _row(name: str, run: wrk.Run) -> str:
    return f"| {name} | {run.per_second:,.0f} | {run.p50:.2f} | {run.p99:.1f} | {run.failed} |"
