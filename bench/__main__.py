"""`python -m bench` (or `make bench`): measures, prints the ratios and writes bench/results.md."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import following, homes, hot, machine, mailing, polling, reading, rendering, writing

RESULTS = Path(__file__).parent / "results.md"
NEEDED = ("nginx", "wrk")


def main() -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        sys.exit(f"The measurements need {' and '.join(missing)}.")
    with tempfile.TemporaryDirectory() as folder:
        _say("Planting the demo’s newsroom and large threads …")
        home = homes.prepare(Path(folder) / "home")
        parts = _measured(home)
    text = "\n".join(parts)
    _say(text)
    RESULTS.write_text(text, encoding="utf-8")


def _measured(home: homes.Home) -> list[str]:
    started_at = datetime.now(UTC)
    first = machine.load()
    _say("Reading …")
    read = reading.lines(reading.measure(home))
    _say("Asking for news …")
    polled = polling.lines(polling.measure(home))
    _say("Rendering …")
    rendered = rendering.lines(rendering.measure(home))
    _say("Writing …")
    written = writing.lines(*writing.measure(home))
    _say("Reading and writing at once …")
    both = hot.lines(hot.measure(home))
    _say("Telling followers …")
    told = following.lines(following.measure(home))
    _say("Sending newsletters …")
    sent = mailing.lines(mailing.measure(home))
    return [
        "# Measured",
        "",
        f"{started_at:%d %B %Y, %H:%M} UTC, `make bench`. Only ratios taken in one run mean something. "
        "The page is the pinned story of the demo.",
        "",
        *(f"- {line}" for line in machine.description()),
        *(f"- {line}" for line in machine.busy(first, machine.load())),
        "",
        "## A finished page",
        "",
        *read,
        "",
        "## News for pages that are open",
        "",
        *polled,
        "",
        "## A page that is not finished yet",
        "",
        *rendered,
        "",
        "## Writing",
        "",
        *written,
        "",
        "## A story that everybody talks about",
        "",
        *both,
        "",
        "## A story that fifty thousand follow",
        "",
        *told,
        "",
        "## A newsletter to fifty thousand",
        "",
        *sent,
        "",
    ]


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
