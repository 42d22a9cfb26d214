"""Counters that all processes of one machine share: 64-bit cells in a memory-mapped file.

Reading costs one memory access and takes no lock; changing takes an fcntl lock, which the kernel lets go when
a process dies, so a killed worker cannot leave it locked. Keys find their cell by a keyed hash: nobody
outside can choose two keys that meet. Two keys may still meet by chance; whoever uses a cell has to be right
then, too.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CELL = 8
KEY_LENGTH = 2 * CELL


class SharedCounters:
    """`size` cells in the file at `path`, which is made on first use and starts at zero."""

    def __init__(self, path: Path, *, size: int) -> None:
        self.size = size
        self._file = _open(path, length=KEY_LENGTH + size * CELL)
        self._memory = mmap.mmap(self._file, KEY_LENGTH + size * CELL)
        self._key = self._memory[:KEY_LENGTH]
        # Reading or writing one aligned cell is a single machine instruction: nobody sees half a number.
        self._cells = memoryview(self._memory).cast("Q")[KEY_LENGTH // CELL :]
        self._threads = threading.Lock()
        renew = weakref.WeakMethod(self._renew_lock)
        os.register_at_fork(after_in_child=lambda: (method := renew()) and method())

    def cell_of(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), digest_size=CELL, key=self._key).digest()
        return int.from_bytes(digest) % self.size

    def __getitem__(self, cell: int) -> int:
        return self._cells[cell]

    def snapshot(self) -> memoryview[int]:
        """All cells as they are now, in a copy that later changes do not reach."""
        return memoryview(self._memory[KEY_LENGTH:]).cast("Q")

    def add(self, cell: int, amount: int = 1) -> int:
        with self.changing() as cells:
            cells[cell] += amount
            return cells[cell]

    @contextmanager
    def changing(self) -> Iterator[memoryview[int]]:
        """The cells, while no other thread and no other process changes any of them. Keep it short."""
        # The kernel's lock belongs to the process, so the threads of one process need their own.
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield self._cells
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _renew_lock(self) -> None:
        # A thread of the parent may have held it at the moment of the fork.
        self._threads = threading.Lock()


def _open(path: Path, *, length: int) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.lockf(file, fcntl.LOCK_EX)
    try:
        if os.fstat(file).st_size != length:
            # Written, not only made longer: on a full disk a hole in the file would kill whoever writes into
            # it.
            os.pwrite(file, secrets.token_bytes(KEY_LENGTH) + bytes(length - KEY_LENGTH), 0)
            os.ftruncate(file, length)
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN)
    return file


class Opened:
    """A `SharedCounters` that is opened on first use, so that importing a module touches no file."""

    def __init__(self, path: Callable[[], Path], *, size: int) -> None:
        self._path, self._size = path, size
        self._counters: SharedCounters | None = None

    def __call__(self) -> SharedCounters:
        if self._counters is None:
            self._counters = SharedCounters(self._path(), size=self._size)
        return self._counters
