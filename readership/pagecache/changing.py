"""Telling every worker that something changed."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from readership.pagecache.generations import Generations, counters


def changed(*tags: str) -> None:
    """After commit, every page that depends on one of `tags` is stale in all workers of this machine.

    A process killed between commit and this call leaves a page stale for `MAX_AGE` of `front.py`, no longer.
    """
    transaction.on_commit(partial(_move, tags))


def _move(tags: tuple[str, ...]) -> None:
    Generations(counters()).move(tags)
