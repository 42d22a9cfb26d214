"""A small newsroom behind the real `readership serve`: its home, its port, and what stands in it."""

from __future__ import annotations

import itertools
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readership.config.tests.prepared import copy_database
from tests.serving.running import Running, copied, environment, free_port, running

PROGRAM = Path(sys.executable).with_name("readership")
FILL = ["manage", "shell", "--no-imports", "--command", "from tests.journeys.filling import main; main()"]
PASSWORD = "nine lanterns in the fog"
NAME = "The Lantern"
FACTS = "facts.json"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "readership.config.settings",
    # Each browser of the journeys says where it is, as behind a proxy: limits by network then count it alone.
    "READERSHIP_TRUSTED_PROXY_HOPS": "1",
    "READERSHIP_COMMENT_PICTURES": "everyone",
    "READERSHIP_LOG_LEVEL": "WARNING",
    # Gifts through a processor that moves no money.
    "READERSHIP_DEMO_GIVING": "yes",
}


@dataclass
class Newsroom:
    """`facts` is what filling.py says it made: addresses and ids by name."""

    server: Running
    url: str
    facts: dict[str, Any]
    _taken: Iterator[int] = field(default_factory=itertools.count)

    def path(self, name: str) -> str:
        return str(self.facts[name])

    def fresh_story(self) -> str:
        """The address of an open story without comments that no other test uses."""
        return str(self.facts["fresh"][next(self._taken)])


def fill_newsroom(home: Path) -> None:
    """A newsroom is made in `home`, and filled."""
    surroundings = environment(home, free_port(), **SETTINGS)
    copy_database(home / "readership.sqlite3")
    subprocess.run(
        [PROGRAM, "init", "--no-input", "--name", NAME], env=surroundings, check=True, stdout=subprocess.DEVNULL
    )
    filled = subprocess.run([PROGRAM, *FILL], env=surroundings, check=True, stdout=subprocess.PIPE)
    (home / FACTS).write_bytes(filled.stdout)


@contextmanager
def open_newsroom(filled: Path, home: Path, **more: str) -> Iterator[Newsroom]:
    """A copy of `filled`, served. `more` are further settings, by the names of their environment variables."""
    port = free_port()
    copied(filled, home)
    with closing(sqlite3.connect(home / "readership.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET port = ?", [port])
    with running(home, port=port, **SETTINGS, **more) as server:
        yield Newsroom(server, f"http://127.0.0.1:{port}", json.loads((home / FACTS).read_bytes()))
