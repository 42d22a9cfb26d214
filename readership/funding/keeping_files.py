"""Large files of banks on disk, from when they are given until they are read: a folder of the home that nobody else may
open.

Not in the database: a hundred megabytes in a row would block SQLite's only writer, and stay in backups and in
PostgreSQL's journal long after the file was deleted.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from django.conf import settings

PIECE = 1 << 20


def folder() -> Path:
    found = Path(settings.HOME) / "bank-files"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def keep(file: IO[bytes]) -> str:
    """Copies it, and returns its key."""
    key = secrets.token_hex(16)
    file.seek(0)
    with open(os.open(folder() / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        copyfileobj(file, kept, PIECE)
        # It is promised to be read even if the machine fails now.
        os.fsync(kept.fileno())
    file.seek(0)
    return key


def kept(key: str) -> IO[bytes]:
    """Raises FileNotFoundError."""
    return (folder() / key).open("rb")


def drop(key: str) -> None:
    with suppress(FileNotFoundError):
        (folder() / key).unlink()


def drop_older_than(when: datetime) -> int:
    """Those that a crash left, too. Returns how many."""
    old = [one for one in folder().iterdir() if one.stat().st_mtime < when.timestamp()]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)
