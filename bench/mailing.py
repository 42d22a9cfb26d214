"""A newsletter to fifty thousand: how long it takes to put them, what memory, and how many mails go in a second.

`python -m bench.mailing` runs it alone, in the demo's newsroom. The mail server is a process of its own here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection

from bench.homes import CONSOLE, Home, ask
from bench.servers import environment_of
from tests.serving.running import free_port, wait_until

COUNTS = (5_000, 50_000)
MOST_GROWN = 32  # MB more for ten times as many
PACE = 50  # newsletter.sending.PER_SECOND
SERVER = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l"]


@dataclass(frozen=True)
class Sent:
    subscribers: int
    put_s: float
    put_cpu_s: float
    put_count: int
    grown_mb: float
    written_per_s: float
    sent_per_s: float
    sent_count: int
    mailings_per_s: float
    peak_grown_mb: float


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "home"
        demo = [str(CONSOLE), "demo", "--no-serve"]
        subprocess.run(demo, env=environment_of(folder), check=True, stdout=subprocess.DEVNULL)
        thread = json.loads(ask(folder, "fill_threads", 13))["thread"]
        measured = [_measure(folder, thread, count) for count in COUNTS]
    print("\n".join(lines(measured)))


def measure(home: Home) -> list[Sent]:
    return [_measure(home.folder, home.thread, count) for count in COUNTS]


def _measure(folder: Path, thread: int, count: int) -> Sent:
    with tempfile.TemporaryDirectory() as place, _mail_server() as port:
        copy = Path(place) / "home"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("run", "static"))
        sent = Sent(**json.loads(ask(copy, "send_mails", thread, count, port)))
    assert sent.put_count >= count, sent
    return sent


@contextmanager
def _mail_server() -> Iterator[int]:
    """Takes everything, keeps nothing; gives its port."""
    port = free_port()
    process = subprocess.Popen([*SERVER, f"127.0.0.1:{port}"])
    try:
        wait_until(lambda: _listens(port), within=20)
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def lines(measured: list[Sent]) -> list[str]:
    few, many = measured[0], measured[-1]
    return [
        "| subscribers | put s | put a second | memory grown MB | newsletters written/s | newsletters sent/s | "
        "news sent/s |",
        "|---|---|---|---|---|---|---|",
        *(_row(sent) for sent in measured),
        "",
        f"Putting {many.subscribers:,} took {many.put_s:.0f} s and **{many.grown_mb - few.grown_mb:.0f} MB more than "
        f"putting {few.subscribers:,}** (budget {MOST_GROWN} MB). Written, handed over and noted through one "
        f"connection, newsletters could go {many.sent_per_s / PACE:.1f} × as fast as the {PACE} a second at which they "
        "fall due.",
    ]


def _row(sent: Sent) -> str:
    return (
        f"| {sent.subscribers:,} | {sent.put_s:.1f} | {sent.put_count / sent.put_s:,.0f} | {sent.grown_mb:.0f} | "
        f"{sent.written_per_s:,.0f} | {sent.sent_per_s:,.0f} | {sent.mailings_per_s:,.0f} |"
    )


if __name__ == "__main__":
    main()
