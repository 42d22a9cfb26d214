"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import psutil

from readership.config.sqlite_library import choose

QUIET = 15  # per cent


def description() -> list[str]:
    memory = psutil.virtual_memory().total / 1024**3
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, Django {version('django')}, Wagtail {version('wagtail')}, "
        f"Granian {version('granian')}, SQLite {_sqlite()}, {_nginx()}",
        f"A synced write of 4 KB takes {_synced_write():.1f} ms where the measured home stands.",
        "The load generator (wrk) runs on the same cores.",
    ]


def busy(before: float, after: float) -> list[str]:
    waiting = os.getloadavg()[1]
    told = [f"Busy with other things: {before:.0f} % just before, {after:.0f} % just after; {waiting:.0f} wait for it."]
    if max(before, after) > QUIET:
        told.append("**Not a quiet machine: what is done a second, and p99, are those of a part of it.**")
    return told


def load() -> float:
    """The part of the machine's time that others use, over one second."""
    return psutil.cpu_percent(interval=1)


def _synced_write() -> float:
    """Milliseconds, the median of fifty: no durable comment can take less."""
    with tempfile.NamedTemporaryFile() as file:
        passed = []
        for _ in range(50):
            started = time.perf_counter()
            os.pwrite(file.fileno(), bytes(4096), 0)
            os.fdatasync(file.fileno())
            passed.append((time.perf_counter() - started) * 1_000)
    return statistics.median(passed)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _sqlite() -> str:
    return ".".join(map(str, choose()))


def _nginx() -> str:
    told = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=False).stderr
    return told.partition(":")[2].strip() or "nginx"
