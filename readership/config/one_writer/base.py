"""Django's backend for SQLite with a queue in front of its one pen.

SQLite lets one connection write at a time and keeps no queue: whoever comes meanwhile sleeps up to 0.1 s and asks
again, and whoever asks at the right moment goes first. With eight writers somebody waited for more than a second
while the processor had nothing to do (docs/performance.md). Here every transaction queues before it begins, and so
does a statement that writes by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from readership.config.one_writer.queue import Queue, TookTooLong

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@cache
def _queue_for(database: str) -> Queue:
    return Queue(Path(f"{database}-queue"))


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._queue: Queue | None = None  # while this connection is in it
        self.execute_wrappers.append(self._in_turn)

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # When it fails, the transaction is still open: Django rolls it back next.
        self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _in_turn(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        """A statement that writes by itself is a transaction too."""
        if self._queue or not sql.startswith(WRITES):
            return execute(sql, *given)
        self._enter_queue()
        try:
            return execute(sql, *given)
        finally:
            self._leave_queue()

    def _enter_queue(self) -> None:
        if self.is_in_memory_db() or self._queue:
            return
        queue = _queue_for(str(self.settings_dict["NAME"]))
        try:
            queue.enter(within=self.settings_dict["OPTIONS"]["timeout"])
        except TookTooLong:
            raise OperationalError("database is locked: another transaction takes too long") from None
        self._queue = queue

    def _leave_queue(self) -> None:
        queue, self._queue = self._queue, None
        if queue:
            queue.leave()
