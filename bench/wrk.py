"""One run of the load generator wrk, read into numbers."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).parent / "load"
UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}
NUMBER = r"([\d.]+)(us|ms|s|m)\b"


@dataclass(frozen=True)
class Run:
    count: int  # answers
    per_second: float
    p50: float  # milliseconds
    p99: float
    failed: int


def run(url: str, *, seconds: int, connections: int = 32, accept: str = "gzip", script: str = "", **more: str) -> Run:
    """`script` is one of bench/load; `more` is its environment."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", f"Accept-Encoding: {accept}"]
    command += ["-s", str(SCRIPTS / script)] if script else []
    environment = {**os.environ, **more}
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True, env=environment).stdout
    failed = re.findall(r"Non-2xx or 3xx responses: (\d+)", told) + re.findall(r"(?:read|connect) (\d+)", told)
    return Run(
        count=int(re.findall(r"(\d+) requests in", told)[0]),
        per_second=float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0]),
        p50=_milliseconds(told, "50%"),
        p99=_milliseconds(told, "99%"),
        failed=sum(map(int, failed)),
    )


def median(runs: list[Run]) -> Run:
    return Run(
        count=sum(run.count for run in runs),
        per_second=statistics.median(run.per_second for run in runs),
        p50=statistics.median(run.p50 for run in runs),
        p99=statistics.median(run.p99 for run in runs),
        failed=sum(run.failed for run in runs),
    )


def _milliseconds(told: str, part: str) -> float:
    number, unit = re.findall(rf"{part}\s+{NUMBER}", told)[0]
    return float(number) * UNITS[unit]
