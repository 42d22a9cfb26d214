from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from readership.lib.shared_counters import SharedCounters


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "counters"


def count(counters: SharedCounters, times: int) -> None:
    """Read, let others run, write: without a lock, what they wrote meanwhile is lost."""
    for _ in range(times):
        with counters.changing() as cells:
            seen = cells[3]
            time.sleep(0.0001)
            cells[3] = seen + 1


def count_in_process(path: Path, times: int) -> None:
    count(SharedCounters(path, size=8), times)


def test_counters_start_at_zero_and_are_seen_by_whoever_opens_the_file(path: Path) -> None:
    first, second = SharedCounters(path, size=8), SharedCounters(path, size=8)

    first.add(5, 7)

    assert [second[cell] for cell in range(8)] == [0, 0, 0, 0, 0, 7, 0, 0]


def test_a_key_has_the_same_cell_in_every_process_but_not_on_every_machine(tmp_path: Path) -> None:
    here, also_here = (SharedCounters(tmp_path / "a", size=16_384) for _ in range(2))
    elsewhere = SharedCounters(tmp_path / "b", size=16_384)
    keys = [f"story:{number}" for number in range(50)]

    assert [here.cell_of(key) for key in keys] == [also_here.cell_of(key) for key in keys]
    assert [here.cell_of(key) for key in keys] != [elsewhere.cell_of(key) for key in keys]


def test_no_count_of_several_processes_is_lost(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=count_in_process, args=(path, 500)) for _ in range(3)]

    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert SharedCounters(path, size=8)[3] == 1_500


def test_no_count_of_several_threads_is_lost(path: Path) -> None:
    counters = SharedCounters(path, size=8)
    threads = [threading.Thread(target=count, args=(counters, 200)) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counters[3] == 800


def test_a_snapshot_keeps_what_was(path: Path) -> None:
    counters = SharedCounters(path, size=8)
    counters.add(1, 4)

    before = counters.snapshot()
    counters.add(1)

    assert (before[1], counters[1]) == (4, 5)


def test_a_file_of_another_size_is_made_anew(path: Path) -> None:
    SharedCounters(path, size=8).add(1)

    assert SharedCounters(path, size=16)[1] == 0
