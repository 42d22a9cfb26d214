"""A newsroom to measure: the demo's, with threads of every size and with voters."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.servers import environment_of
from tests.serving.running import COMMAND

# `demo` starts itself again with the settings it has kept, so it needs a name to be started by.
CONSOLE = Path(sys.executable).with_name("readership")
SIZES = (13, 1_000, 100_000, 1_000_000)
VOTERS = 6_000


@dataclass(frozen=True)
class Home:
    folder: Path
    story: int
    path: str  # of the story's page
    thread: int  # under that page
    comment: int  # in that thread, by nobody who votes
    threads: dict[int, int]  # size → thread under no page
    voters: Path  # the keys of their sessions, one a line


def prepare(folder: Path) -> Home:
    subprocess.run([CONSOLE, "demo", "--no-serve"], env=environment_of(folder), check=True, stdout=subprocess.DEVNULL)
    told = json.loads(ask(folder, "fill_threads", *SIZES))
    voters = folder / "voters"
    voters.write_text(ask(folder, "make_voters", VOTERS))
    told["threads"] = {int(size): thread for size, thread in told["threads"].items()}
    return Home(folder=folder, voters=voters, **told)


def ask(folder: Path, command: str, *arguments: int, **settings: str) -> str:
    """What one of the commands in bench/site says of the home in `folder`."""
    words = [*COMMAND, "manage", command, *map(str, arguments)]
    environment = environment_of(folder) | {"DJANGO_SETTINGS_MODULE": "bench.site.settings"} | settings
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout
