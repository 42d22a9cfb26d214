"""Fifty thousand people follow one story: what one comment costs, and how much memory it takes to tell them."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.homes import Home, ask

COUNTS = (1_000, 50_000)
MOST_GROWN = 64  # MB more for fifty times as many


@dataclass(frozen=True)
class Told:
    followers: int
    unfollowed_us: float
    announce_us: float
    spread_s: float
    collect_s: float
    grown_mb: float
    mails_per_s: float
    notices: int


def measure(home: Home) -> list[Told]:
    return [_measure(home, count) for count in COUNTS]


def _measure(home: Home, count: int) -> Told:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home.folder, copy, ignore=shutil.ignore_patterns("run", "static"))
        told = Told(**json.loads(ask(copy, "tell_followers", home.thread, count)))
    assert told.notices == count, told
    return told


def lines(measured: list[Told]) -> list[str]:
    few, many = measured[0], measured[-1]
    return [
        "| followers | announce µs | notices/s | mails made/s | mails written/s | memory grown MB |",
        "|---|---|---|---|---|---|",
        *(_row(told) for told in measured),
        "",
        f"A comment that nobody is told of pays {few.unfollowed_us:.0f} µs to find that out. "
        f"Telling {many.followers:,} took {many.spread_s + many.collect_s:.0f} s in the background and "
        f"**{many.grown_mb - few.grown_mb:.0f} MB more than telling {few.followers:,}** (budget {MOST_GROWN} MB).",
    ]


def _row(told: Told) -> str:
    return (
        f"| {told.followers:,} | {told.announce_us:,.0f} | {told.followers / told.spread_s:,.0f} | "
        f"{told.followers / told.collect_s:,.0f} | {told.mails_per_s:,.0f} | {told.grown_mb:.0f} |"
    )
