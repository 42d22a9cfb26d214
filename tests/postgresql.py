"""A PostgreSQL server of the test run's own: made in a temporary folder, on loopback, ended with the run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, newest first; Debian keeps them out of PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
    found = [folder for folder in folders if (folder / "initdb").exists()]
    on_path = shutil.which("initdb")
    return found[0] if found else Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    """Yields the address for READERSHIP_DATABASE."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL's server programs are missing. On Debian or Ubuntu: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="readership-pg-"))
    port = free_port()
    as_postgres = _as_postgres(home)
    try:
        _run(
            [
                *as_postgres,
                folder / "initdb",
                "-D",
                home / "data",
                "-U",
                "readership",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "-k",
            ]
        )
        # Nobody needs what a test wrote after the machine lost its power.
        settings = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home} -c synchronous_commit=off"
        )
        control: list[str | Path] = [*as_postgres, folder / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log"]
        _run([*control, "-o", settings, "start"])
        # The second is for tables that the databases of tests are copied from.
        for name in ("readership", "prepared"):
            _run([folder / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "readership", name])
        yield f"postgres://readership@127.0.0.1:{port}/readership"
    finally:
        subprocess.run([*as_postgres, folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(home, ignore_errors=True)


def _as_postgres(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as its own user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(home, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
