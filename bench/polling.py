"""Ten thousand people have one story open, and each page asks every 20 s whether there are new comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import urlopen

from bench import wrk
from bench.homes import Home
from bench.servers import processor_seconds, readership

ROUNDS = 3
SECONDS = 5
READERS = 10_000
EVERY = 20  # seconds, while something happens; up to 5 minutes while nothing does
MOST = 0.10


@dataclass(frozen=True)
class Polling:
    page: wrk.Run
    poll: wrk.Run
    page_cost: float  # microseconds of processor time for one answer
    poll_cost: float

    @property
    def share(self) -> float:
        """The part of the time of one machine that does nothing else."""
        return READERS / EVERY / self.poll.per_second


def measure(home: Home) -> Polling:
    with readership(home.folder, path=home.path) as (page, pid):
        address = f"{page.removesuffix(home.path)}/talk/{home.thread}.json"
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own address
            etag: str = answer.headers["ETag"]
        rounds = list(_rounds(page, address, etag, pid))
    pages, polls = [first for first, _second in rounds], [second for _first, second in rounds]
    return Polling(
        page=wrk.median([run for run, _used in pages]),
        poll=wrk.median([run for run, _used in polls]),
        page_cost=_cost(pages),
        poll_cost=_cost(polls),
    )


def _rounds(page: str, poll: str, etag: str, pid: int) -> Iterator[tuple[tuple[wrk.Run, float], tuple[wrk.Run, float]]]:
    """By turns, so that a busy minute of the machine meets both. Each run with the processor seconds it took."""
    for _ in range(ROUNDS):
        before = processor_seconds(pid)
        read = wrk.run(page, seconds=SECONDS)
        between = processor_seconds(pid)
        asked = wrk.run(poll, seconds=SECONDS, script="poll.lua", ETAG=etag)
        yield (read, between - before), (asked, processor_seconds(pid) - between)


def _cost(runs: list[tuple[wrk.Run, float]]) -> float:
    return sum(used for _run, used in runs) / sum(run.count for run, _used in runs) * 1_000_000


def lines(polling: Polling) -> list[str]:
    return [
        "| what | requests/s | p50 ms | p99 ms | processor µs each | failed |",
        "|---|---|---|---|---|---|",
        _row("the story’s page", polling.page, polling.page_cost),
        _row("its news (`/talk/….json`, known already: 304)", polling.poll, polling.poll_cost),
        "",
        f"{READERS:,} readers asking every {EVERY} s are {READERS / EVERY:,.0f} requests/s: "
        f"**{polling.share:.1%} of what this machine can answer** (budget < {MOST:.0%}).",
    ]


def _row(name: str, run: wrk.Run, cost: float) -> str:
    return f"| {name} | {run.per_second:,.0f} | {run.p50:.2f} | {run.p99:.1f} | {cost:.0f} | {run.failed} |"
