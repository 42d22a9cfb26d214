"""A story page without the page cache, whatever the size of the thread below it."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass

from bench.homes import Home, ask

BUDGET, GOAL = 1.3, 1.1
MOST_QUERIES, MOST_MILLISECONDS = 12, 40
# Below this size a page is not full: it shows less, so it costs less, and says nothing about growth.
FULL_FROM = 1_000
# These show more or fewer comments than the others.
OTHERS = ("a whole branch", "filter")


@dataclass(frozen=True)
class Cost:
    milliseconds: float  # of processor time, median
    quickest: float
    queries: int


# view → size → what it costs
Costs = dict[str, dict[int, Cost]]


def measure(home: Home) -> Costs:
    sizes = {thread: size for size, thread in home.threads.items()}
    costs: Costs = {}
    for line in ask(home.folder, "render_threads", home.story, *sizes).splitlines():
        told = json.loads(line)
        passed = told["milliseconds"]
        cost = Cost(statistics.median(passed), min(passed), told["queries"])
        costs.setdefault(told["view"], {})[sizes[told["thread"]]] = cost
    return costs


def lines(costs: Costs) -> list[str]:
    sizes = list(next(iter(costs.values())))
    pages = [
        cost
        for view, row in costs.items()
        if not view.startswith(OTHERS)
        for size, cost in row.items()
        if size >= FULL_FROM
    ]
    dearest, cheapest = max(pages, key=_milliseconds), min(pages, key=_milliseconds)
    middle = statistics.median(map(_milliseconds, pages))
    by_size = _by_size(costs)
    return [
        "Processor time of one render in ms, median (and the quickest of the rounds). A page holds 20 roots with "
        "their first replies; the page with 13 comments is not full, a whole branch holds up to 100 replies, and a "
        "filter shows 20 comments one by one.",
        "",
        f"| view | {' | '.join(f'{size:,}' for size in sizes)} | slowest / fastest of full pages | queries |",
        f"|---|{'---|' * (len(sizes) + 2)}",
        *(_row(view, row) for view, row in costs.items()),
        "",
        f"Median of all views: {', '.join(f'{size:,} comments {cost:.0f} ms' for size, cost in by_size.items())}: "
        f"ratio between sizes {_spread(list(by_size.values())):.2f}.",
        "",
        f"**Slowest / fastest of all full pages {_milliseconds(dearest) / _milliseconds(cheapest):.2f}** "
        f"(by the quickest rounds {_spread([page.quickest for page in pages]):.2f}; budget ≤ {BUDGET}, goal {GOAL}). "
        f"**Queries at most {max(page.queries for page in pages)}** (budget ≤ {MOST_QUERIES}). "
        f"**Processor time {middle:.0f} ms** (budget ≤ {MOST_MILLISECONDS}).",
    ]


def _by_size(costs: Costs) -> dict[int, float]:
    """What the size alone makes: nine views each, so that one disturbed round says little."""
    sizes = [size for size in next(iter(costs.values())) if size >= FULL_FROM]
    return {
        size: statistics.median(row[size].milliseconds for view, row in costs.items() if not view.startswith(OTHERS))
        for size in sizes
    }


def _row(view: str, row: dict[int, Cost]) -> str:
    cells = " | ".join(f"{cost.milliseconds:.0f} ({cost.quickest:.0f})" for cost in row.values())
    full = [cost.milliseconds for size, cost in row.items() if size >= FULL_FROM]
    return f"| {view} | {cells} | {_spread(full):.2f} | {max(cost.queries for cost in row.values())} |"


def _milliseconds(cost: Cost) -> float:
    return cost.milliseconds


def _spread(values: list[float]) -> float:
    return max(values) / min(values)
