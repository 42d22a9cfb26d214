"""The web server: Granian in this process, beside it its workers and one process for the background."""

from __future__ import annotations

import gc
import multiprocessing
import os
from functools import partial
from typing import Any

from django.db import connections
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from readership.config.serving import parent
from readership.config.serving.background import Background
from readership.config.serving.site import SERVER_THREADS, whole_site
from readership.pagecache.front import Application

# Each of these cures something that was measured (attack-cases e2, M7 to M13; docs/performance.md).
HEADERS_WITHIN = 10_000  # milliseconds: half-open connections hold a place
CONNECTIONS = 1_024  # of each worker
GRACE = 25  # seconds for what is under way when the server is told to stop
RESPAWN_AFTER = 0.5
LOGGED_AS_EVERYTHING_ELSE = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer until SIGTERM or SIGINT, then finish what is under way and return."""
    site = whole_site()
    background = Background()
    server: Any = Server(
        "readership",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=SERVER_THREADS,
        runtime_mode=RuntimeModes.mt,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=64 * 1024),
        websockets=False,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_AFTER,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.error,
        log_dictconfig=LOGGED_AS_EVERYTHING_ELSE,
    )
    server.on_startup(background.start)
    server.on_shutdown(background.stop)
    _before_forking()
    server.serve(target_loader=partial(_in_worker, site, os.getpid()), wrap_loader=False)


def _in_worker(site: Application, server: int) -> Application:
    parent.leave_with(server)
    return site


def _before_forking() -> None:
    """Workers are forks of this process: what it has loaded they share, what it has open they must not."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]
    multiprocessing.set_start_method("fork", force=True)
    gc.collect()
    gc.freeze()
