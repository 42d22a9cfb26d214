"""Small results that nearly every page needs and that rarely change: the menu, the running campaign, the site itself.

Kept in the process until a tag they depend on changes, like a finished page. What is kept must not be changed by
whoever gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db import connection

from readership.pagecache.collecting import depends_on
from readership.pagecache.generations import Generations, Tags, counters

T = TypeVar("T")


@dataclass
class Kept:
    value: object
    tags: Tags
    latest: int


_kept: dict[Hashable, Kept] = {}


def remembered(key: Hashable, load: Callable[[], T], *, tags: tuple[str, ...]) -> T:
    """The result of `load()`, asked for once in this process until one of `tags` changes.

    `key` names the result and whatever it varies by (the language, say). Inside a transaction nothing is kept or taken:
    a row that may yet be rolled back must not outlive it.
    """
    depends_on(*tags)
    if connection.in_atomic_block:
        return load()
    generations = Generations(counters())
    kept = _kept.get(key)
    if kept and (kept.latest == generations.latest() or generations.are_unchanged(kept.tags)):
        return cast(T, kept.value)
    # The numbers are read before the rows: a change in between makes the result stale, never wrongly fresh.
    latest, before = generations.latest(), generations.snapshot()
    value = load()
    _kept[key] = Kept(value, generations.tags(tags, at=before), latest)
    return value
