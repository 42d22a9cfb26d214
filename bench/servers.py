"""The servers that are compared, each on a free port of this machine and ended by its own process id."""

from __future__ import annotations

import gzip
import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from tests.serving.running import COMMAND, free_port, wait_until

# As in the peers' measurements: two workers, sendfile, keep-alive, compressed beforehand, no log.
NGINX = """
user {user}; worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; gzip_static on;
  types {{ text/html html; }}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@contextmanager
def nginx(folder: Path, *, page: bytes) -> Iterator[str]:
    """nginx serving `page` as a static file; gives its address."""
    port = free_port()
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "page.html").write_bytes(page)
    (folder / "pages" / "page.html.gz").write_bytes(gzip.compress(page, 6, mtime=0))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=_me()))
    with _started(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], dict(os.environ)):
        address = f"http://127.0.0.1:{port}/page.html"
        _wait_for(address)
        yield address


@contextmanager
def readership(home: Path, *, path: str, **more: str) -> Iterator[tuple[str, int]]:
    """`readership serve` on `home`; gives the address of `path` and the server's process id."""
    port = free_port()
    environment = environment_of(home) | {"READERSHIP_URL": f"http://127.0.0.1:{port}"} | more
    with _started([*COMMAND, "serve", "--port", str(port)], environment) as process:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}{path}", process.pid


def environment_of(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READERSHIP_", "DJANGO_"))}
    return {**kept, "READERSHIP_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}


def processor_seconds(pid: int) -> float:
    """What the server and its workers have used so far."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in family)


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(address: str) -> None:
    wait_until(lambda: _answers(address), within=60)


def _me() -> str:
    # Started by root, nginx would read the page as another user, who may not.
    return pwd.getpwuid(os.getuid()).pw_name


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
