"""A story that everybody talks about: 200 comments a second arrive while 2,000 readers a second open the page.

A watcher opens it too, ten times a second, and compares: whatever was answered more than a second before it asked must
be on the page. Newest first, so the newest comment on the page tells how old the page is.
"""

from __future__ import annotations

import http.client
import itertools
import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench import wrk
from bench.homes import Home
from bench.servers import readership

SECONDS = 15
POSTS_PER_SECOND, WRITERS = 200, 16
READS_PER_SECOND, CONNECTIONS = 2_000, 64
LOOKS_PER_SECOND = 10
MOST_BEHIND = 1.0  # seconds
NEWEST = re.compile(rb'id="comment-(\d+)"')


@dataclass
class Hot:
    """`posted`: (answered at, id). `looks`: (asked at, milliseconds, newest id on the page)."""

    posted: list[tuple[float, int]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    looks: list[tuple[float, float, int]] = field(default_factory=list)
    failed: int = 0
    read: wrk.Run | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def behind(self) -> list[float]:
        """For each look, by how many seconds the page was older than the newest comment that had been answered."""
        posted = sorted(self.posted)
        ages = []
        for asked_at, _took, newest in self.looks:
            missing = [at for at, number in posted if at < asked_at and number > newest]
            ages.append(asked_at - missing[0] if missing else 0.0)
        return ages


def measure(home: Home) -> Hot:
    hot = Hot()
    with readership(home.folder, path="", READERSHIP_TRUSTED_PROXY_HOPS="1") as (ours, _pid):
        host, is_over = urlsplit(ours).netloc, threading.Event()
        numbers = itertools.count(1)
        threads = [
            threading.Thread(target=_write, args=(hot, host, home.thread, numbers, is_over)) for _ in range(WRITERS)
        ]
        threads.append(threading.Thread(target=_watch, args=(hot, host, home.path, is_over)))
        for thread in threads:
            thread.start()
        pace = {"RATE": str(READS_PER_SECOND), "CONNECTIONS": str(CONNECTIONS)}
        hot.read = wrk.run(f"{ours}{home.path}", seconds=SECONDS, connections=CONNECTIONS, script="paced.lua", **pace)
        is_over.set()
        for thread in threads:
            thread.join()
    return hot


def _write(hot: Hot, host: str, thread: int, numbers: itertools.count[int], is_over: threading.Event) -> None:
    connection = http.client.HTTPConnection(host, timeout=30)
    due = time.monotonic()
    while not is_over.is_set():
        number = next(numbers)
        body = urlencode({"text": f"It is getting late at number {number}.", "name": f"Reader {number}"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        started = time.monotonic()
        connection.request("POST", f"/discuss/threads/{thread}/comments/", body, headers)
        answer = connection.getresponse()
        answer.read()
        _note(hot, started, re.search(r"comment=(\d+)", answer.headers.get("Location", "")))
        due += WRITERS / POSTS_PER_SECOND
        is_over.wait(max(0.0, due - time.monotonic()))


def _note(hot: Hot, started: float, found: re.Match[str] | None) -> None:
    now = time.monotonic()
    with hot.lock:
        hot.milliseconds.append((now - started) * 1_000)
        if found:
            hot.posted.append((now, int(found[1])))
        else:
            hot.failed += 1


def _watch(hot: Hot, host: str, path: str, is_over: threading.Event) -> None:
    connection = http.client.HTTPConnection(host, timeout=30)
    while not is_over.wait(1 / LOOKS_PER_SECOND):
        started = time.monotonic()
        connection.request("GET", path)
        page = connection.getresponse().read()
        newest = max((int(number) for number in NEWEST.findall(page)), default=0)
        hot.looks.append((started, (time.monotonic() - started) * 1_000, newest))


def lines(hot: Hot) -> list[str]:
    assert hot.read is not None
    looked = [took for _at, took, _newest in hot.looks]
    oldest = max(hot.behind, default=0.0)
    verdict = "kept" if oldest <= MOST_BEHIND else "NOT KEPT"
    return [
        "| what | a second | p50 ms | p99 ms | slowest ms | failed |",
        "|---|---|---|---|---|---|",
        f"| comments | {len(hot.milliseconds) / SECONDS:,.0f} | {_part(hot.milliseconds, 50)} "
        f"| {_part(hot.milliseconds, 99)} | {max(hot.milliseconds):.0f} | {hot.failed} |",
        f"| readers | {hot.read.per_second:,.0f} | {hot.read.p50:.1f} | {hot.read.p99:.0f} | – | {hot.read.failed} |",
        f"| the watcher | {LOOKS_PER_SECOND} | {_part(looked, 50)} | {_part(looked, 99)} | {max(looked):.0f} | 0 |",
        "",
        f"**The oldest page that the watcher got was {oldest:.2f} s behind** "
        f"(promise ≤ {MOST_BEHIND:.0f} s: {verdict}); half of them {statistics.median(hot.behind):.2f} s or less.",
    ]


def _part(values: list[float], hundredth: int) -> str:
    return f"{statistics.quantiles(values, n=100)[hundredth - 1]:.0f}"
