"""Ending, dying and being killed: nothing under way is cut, nothing is lost, nothing outlives its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.serving.running import COMMAND, Answer, Running, environment, free_port, running, wait_until


def workers(server: Running) -> list[psutil.Process]:
    """The processes that answer: those that hold a connection to listen at."""
    return [member for member in server.family() if _listens(member, server.port)]


def _listens(process: psutil.Process, port: int) -> bool:
    return any(
        found.laddr and found.laddr.port == port and found.status == psutil.CONN_LISTEN
        for found in process.net_connections(kind="tcp")
    )


def background(server: Running) -> psutil.Process:
    (found,) = [member for member in server.family() if not _listens(member, server.port)]
    return found


def test_m7_on_sigterm_what_is_under_way_is_finished_and_the_server_ends_well(home: Path) -> None:
    with running(home) as server:
        answers: list[Answer] = []
        threads = [
            threading.Thread(target=lambda: answers.append(server.ask("/discuss/slow/?for=3"))) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        wait_until((home / "slow").exists, within=10)
        time.sleep(0.5)

        server.process.send_signal(signal.SIGTERM)
        code = server.process.wait(40)
        for thread in threads:
            thread.join()

    assert code == 0
    assert [answer.body for answer in answers] == [b"slow, but done"] * 6


def test_m8_a_killed_worker_is_replaced_within_five_seconds(home: Path) -> None:
    with running(home) as server:
        first = workers(server)

        for worker in first:
            worker.kill()

        wait_until(server.is_serving, within=5)
        wait_until(lambda: len(workers(server)) == 2, within=10)
        assert server.process.poll() is None


def test_m9_f29_nothing_outlives_a_server_that_was_killed(home: Path) -> None:
    with running(home) as server:
        family = server.family()
        assert len(family) == 3

        server.process.kill()
        server.process.wait()

        wait_until(lambda: not any(map(_is_alive, family)), within=4)
        # The port is free for the next version.
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", server.port))


def _is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_f05_what_was_put_is_done_once_though_the_background_process_is_killed(home: Path) -> None:
    with running(home) as server:
        for number in range(20):
            server.ask(f"/discuss/put/{number}/", method="POST")
            # The same again, as a retry would.
            server.ask(f"/discuss/put/{number}/", method="POST")
            if number == 10:
                background(server).kill()

        wait_until(lambda: len(server.lines("done")) >= 20, within=30)
        time.sleep(1)

        assert sorted(map(int, server.lines("done"))) == list(range(20))
        assert _is_alive(background(server))


def test_m6_the_background_survives_a_database_that_is_locked_for_long(home: Path) -> None:
    with running(home) as server:
        pid = background(server).pid
        with _locked(home / "readership.sqlite3"):
            time.sleep(12)

        server.ask("/discuss/put/1/", method="POST")

        wait_until(lambda: server.lines("done") == ["1"], within=30)
        assert background(server).pid == pid


class _locked:  # noqa: N801 - reads as a condition
    """Another program holds the write lock of the database, as a backup of another tool might."""

    def __init__(self, database: Path) -> None:
        self._script = (
            "import sys, time; from readership.config import sqlite_library; sqlite_library.choose();"
            "import sqlite3; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); time.sleep(60)"
        )
        self._database = database

    def __enter__(self) -> None:
        self._process = subprocess.Popen([COMMAND[0], "-c", self._script, str(self._database)], stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def test_n06_a_second_server_on_the_same_port_does_not_start_and_says_why(server: Running, home: Path) -> None:
    ended = subprocess.run(
        [*COMMAND, "serve", "--port", str(server.port)],
        env=environment(home, server.port),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 1
    assert "another Readership" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert server.is_serving()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Run `readership init`"),
        ({"READERSHIP_SECRET_KEY": "changeme"}, "The secret key is one that others know"),
    ],
)
def test_a_server_that_is_not_whole_does_not_start_and_says_what_to_do(
    tmp_path: Path, more: dict[str, str], sentence: str
) -> None:
    ended = subprocess.run(
        [*COMMAND, "serve", "--port", str(free_port())],
        env=environment(tmp_path, 1, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ctrl_c_ends_it_well_too(home: Path) -> None:
    with running(home) as server:
        os.kill(server.process.pid, signal.SIGINT)

        assert server.process.wait(30) == 0
