"""Memory stays flat: three times the file, the same peak. What 100 MB take is in docs/performance.md."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO

import pytest

from readership.funding.bank.camt053 import read_camt053
from readership.funding.bank.csv_lines import Mapping, read_csv
from readership.funding.bank.mt940 import read_mt940
from readership.funding.bank.records import Record
from readership.funding.bank.spooling import Spool
from readership.funding.tests.statement_makers import big_camt053, big_csv, big_mt940

COLUMNS = {"booked_on": "Day", "amount": "Sum", "name": "Name", "account": "IBAN", "text": "Text", "balance": "Balance"}
MAPPING = Mapping(columns=COLUMNS, date_format="%Y-%m-%d", decimal_mark=".")
FORMATS: dict[str, tuple[Callable[[int], Iterator[bytes]], Callable[[IO[bytes]], Iterator[Record]]]] = {
    "camt053": (big_camt053, read_camt053),
    "mt940": (big_mt940, read_mt940),
    "csv": (big_csv, lambda file: read_csv(file, MAPPING, currency="EUR")),
}
SMALL, LARGE = 1_000, 4_000  # lines; a CAMT.053 file of 0.6 and of 2.5 MB
EACH_LINE = 24  # bytes that may stay: its key, and the copy in which doubles are looked for


@pytest.mark.parametrize("name", FORMATS)
def test_four_times_the_file_takes_no_more_memory(name: str) -> None:
    write, read = FORMATS[name]
    _peak(write, read, 100)

    small, large = _peak(write, read, SMALL), _peak(write, read, LARGE)

    # Whatever else is kept of a line takes hundreds of bytes, a million for the three thousand.
    assert large - small < (LARGE - SMALL) * EACH_LINE + 200_000


def _peak(write: Callable[[int], Iterator[bytes]], read: Callable[[IO[bytes]], Iterator[Record]], count: int) -> int:
    """The most bytes that Python held while a statement of `count` lines was read, proved and read again."""
    with TemporaryFile() as file:
        file.writelines(write(count))
        file.seek(0)
        gc.collect()
        tracemalloc.start()
        try:
            spool = Spool()
            spool.put(read(file), lambda _head: "ours")
            (statement,) = spool.statements()
            assert sum(1 for _line in statement.lines) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
