"""The real server in a process of its own, on a free port of this machine, ended by its own process id."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from readership.config.tests.prepared import copy_database

STARTS_WITHIN = 30.0
COMMAND = [sys.executable, "-c", "from readership.config.cli import main; main()"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    home: Path

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=names)
            response = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def raw(self, *lines: str, body: bytes = b"") -> str:
        """The answer to exactly these lines, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body)
            return b"".join(iter(lambda: connection.recv(65_536), b"")).decode("latin-1")

    def family(self) -> list[psutil.Process]:
        """The processes beside the server's own: workers, and the one for work in the background."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def is_serving(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except OSError:
            return False

    def lines(self, name: str) -> list[str]:
        file = self.home / name
        return file.read_text().splitlines() if file.exists() else []

    def log(self) -> str:
        return (self.home / "log").read_text()


def wait_until(is_so: Callable[[], bool], *, within: float) -> float:
    """Seconds until it was so."""
    started_at = time.monotonic()
    while not is_so():
        assert time.monotonic() - started_at < within, f"not within {within} s"
        time.sleep(0.02)
    return time.monotonic() - started_at


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(home: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("READERSHIP_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.serving.probe_settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "READERSHIP_HOME": str(home),
        "READERSHIP_URL": f"http://127.0.0.1:{port}",
        "READERSHIP_SECRET_KEY": "a secret of the tests only, long enough to pass for a real one",
        **more,
    }


def prepare(home: Path) -> None:
    (home / "static").mkdir(parents=True, exist_ok=True)
    (home / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    copy_database(home / "readership.sqlite3")


def copied(prepared: Path, home: Path) -> Path:
    """`home` with what `prepared` holds."""
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    return home


@contextmanager
def running(home: Path, *, port: int | None = None, **more: str) -> Iterator[Running]:
    port = port or free_port()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), "--workers", "2"],
            env=environment(home, port, **more),
            stdout=log,
            stderr=log,
        )
    server = Running(process, port, home)
    family: list[psutil.Process] = []
    try:
        wait_until(lambda: server.is_serving() or process.poll() is not None, within=STARTS_WITHIN)
        assert process.poll() is None, server.log()
        family = server.family()
        yield server
    finally:
        _end(process, family)


def _end(process: subprocess.Popen[bytes], family: list[psutil.Process]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for member in family:
        if member.is_running() and member.ppid() == 1:
            member.kill()
