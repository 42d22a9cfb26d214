"""Run on an SQLite library that does not lose commits.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when a checkpoint races a WAL reset (fixed in 3.51.3, 3.50.7 and
3.44.6), and Debian 12 ships 3.40.1. pysqlite3 carries a fixed library in its wheel; it has to take the place of
`sqlite3` before Django's backend imports that name. Decision record 0006.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec


def is_safe_in_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug."""
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3)


def choose() -> tuple[int, ...]:
    """Put the bundled library in place of an affected one. Returns the version now in use."""
    sqlite3 = import_module("sqlite3")
    if not is_safe_in_wal(sqlite3.sqlite_version_info) and find_spec("pysqlite3"):
        sqlite3 = import_module("pysqlite3")
        sys.modules["sqlite3"] = sqlite3
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
    version: tuple[int, ...] = sqlite3.sqlite_version_info
    return version
