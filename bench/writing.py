"""Eight people write under one story, or vote on one comment, while others read it. Each write is on disk when it is
answered (synchronous=FULL), every rule that holds comments is on, and each sender has an address of his own."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

from bench import wrk
from bench.homes import Home, ask
from bench.servers import processor_seconds, readership

WRITERS = 8
SECONDS = 10
READS_PER_SECOND = 20
MOST_P99 = 100  # milliseconds
# The peers on a machine of this size, another day (see the table): posts and votes a second.
PEERS_POSTS = {"WordPress": 120.0, "Ghost": 82.0, "Isso": 386.0, "Remark42, over 20 s": 250.0}
PEERS_VOTES = {"wpDiscuz": 130.0, "Ghost": 82.0, "Isso": 549.0, "Remark42": 2_414.0}


@dataclass
class Reader:
    """Asks for the page again and again, as those do who read meanwhile."""

    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0

    def read(self, address: str, is_over: threading.Event) -> None:
        while not is_over.wait(1 / READS_PER_SECOND):
            started = time.perf_counter()
            try:
                with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own address
                    answer.read()
            except OSError:
                self.failed += 1
            self.milliseconds.append((time.perf_counter() - started) * 1_000)

    def percentile(self, hundredth: int) -> float:
        return statistics.quantiles(self.milliseconds, n=100)[hundredth - 1]


@dataclass(frozen=True)
class Writing:
    run: wrk.Run
    reader: Reader
    seconds: float  # of processor time of the server, page renders for the readers included
    stored: int  # rows that the run added
    held: int
    differences: list[str]


def measure(home: Home) -> tuple[Writing, Writing]:
    with readership(home.folder, path="", READERSHIP_TRUSTED_PROXY_HOPS="1") as (ours, pid):
        page = f"{ours}{home.path}"
        posting = _written(home, page, f"{ours}/discuss/threads/{home.thread}/comments/", "post.lua", pid)
        voting = _written(home, page, f"{ours}/discuss/comments/{home.comment}/vote/", "vote.lua", pid)
    return posting, voting


def _written(home: Home, page: str, address: str, script: str, pid: int) -> Writing:
    before, used = _stored(home), processor_seconds(pid)
    with _read_meanwhile(page) as reader:
        run = wrk.run(address, seconds=SECONDS, connections=WRITERS, script=script, VOTERS=str(home.voters))
    used, after = processor_seconds(pid) - used, _stored(home)
    kind = "votes" if script == "vote.lua" else "published"
    stored, held = after[kind] - before[kind], after["held"] - before["held"]
    return Writing(run, reader, used, stored, held, after["differences"])


def _stored(home: Home) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ask(home.folder, "count_writes", home.thread, home.comment))
    return told


@contextmanager
def _read_meanwhile(page: str) -> Iterator[Reader]:
    reader, is_over = Reader(), threading.Event()
    thread = threading.Thread(target=reader.read, args=(page, is_over))
    thread.start()
    try:
        yield reader
    finally:
        is_over.set()
        thread.join()


def lines(posting: Writing, voting: Writing) -> list[str]:
    return [
        "| what | a second | p50 ms | p99 ms | processor ms each | answered | stored | failed "
        "| readers meanwhile: p50, p99 ms, failed |",
        "|---|---|---|---|---|---|---|---|---|",
        _row("comments, 8 writers, one story", posting),
        _row("votes, 8 voters, one comment", voting),
        "",
        f"**{_loss(posting, 'comments')} {_loss(voting, 'votes')}** "
        f"Comments held: {posting.held}. p99 of posting {posting.run.p99:.0f} ms (budget ≤ {MOST_P99}). "
        f"Counts that do not agree with their rows: {len(posting.differences) + len(voting.differences)}.",
        "",
        "Beside the peers as they were measured on such a machine **on another day** (`peers-measured`: their own run, "
        "without readers beside them), so these ratios are a hint and no proof:",
        "",
        "| peer | comments/s | ours is | votes/s | ours is |",
        "|---|---|---|---|---|",
        *_beside_peers(posting.run.per_second, voting.run.per_second),
    ]


def _row(name: str, writing: Writing) -> str:
    run, reader = writing.run, writing.reader
    cells = [
        name,
        f"{run.per_second:,.0f}",
        f"{run.p50:.0f}",
        f"{run.p99:.0f}",
        f"{writing.seconds / run.count * 1_000:.1f}",
        f"{run.count:,}",
        f"{writing.stored:,}",
        str(run.failed),
        f"{reader.percentile(50):.0f}, {reader.percentile(99):.0f}, {reader.failed}",
    ]
    return f"| {' | '.join(cells)} |"


def _loss(writing: Writing, what: str) -> str:
    # When the time is over, wrk hangs up on as many as it still waits for: those are stored and not counted.
    lost = writing.run.count - writing.run.failed - writing.stored - writing.held
    return f"No {what} were lost." if lost <= 0 else f"{lost} {what} WERE LOST."


def _beside_peers(posts: float, votes: float) -> Iterator[str]:
    for name in dict.fromkeys([*PEERS_POSTS, *PEERS_VOTES]):
        yield f"| {name} | {_ratio(posts, PEERS_POSTS.get(name))} | {_ratio(votes, PEERS_VOTES.get(name))} |"


def _ratio(ours: float, theirs: float | None) -> str:
    return f"{theirs:,.0f} | {ours / theirs:.2f} ×" if theirs else "– | –"
