"""Records sorted by what must come first, on disk: a source is read once, and memory stays flat however long it is."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Generic, TypeVar
from weakref import finalize

from readership.portability.records import Record

T = TypeVar("T")
BUFFERED_BYTES = 1 << 18


class Spool(Generic[T]):
    """A list that is kept on disk. Read it only after the last `put`."""

    def __init__(self) -> None:
        # It lives as long as the spool, and no longer.
        self._file: IO[bytes] = TemporaryFile(buffering=BUFFERED_BYTES)  # noqa: SIM115
        finalize(self, self._file.close)
        self._pickler = pickle.Pickler(self._file, pickle.HIGHEST_PROTOCOL)
        self.count = 0

    def put(self, record: T) -> None:
        self._pickler.dump(record)
        # Else the pickler would remember every record it wrote.
        self._pickler.clear_memo()
        self.count += 1

    def __iter__(self) -> Iterator[T]:
        self._file.seek(0)
        for _number in range(self.count):
            yield pickle.load(self._file)  # noqa: S301 (written by this process into a file without a name)


class SortedRecords:
    """Everything a source tells, by type of record."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._spools: defaultdict[type[Record], Spool[Record]] = defaultdict(Spool)
        for record in records:
            self._spools[type(record)].put(record)

    def of(self, kind: type[T]) -> Iterator[T]:
        for known, spool in self._spools.items():
            if known is kind:
                yield from spool  # type: ignore[misc]

    @property
    def count(self) -> int:
        return sum(spool.count for spool in self._spools.values())
