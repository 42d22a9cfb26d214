"""Two servers must not share a port: readers would meet two versions by turns (attack N06)."""

from __future__ import annotations

import socket
from http.client import HTTPConnection, HTTPException

ANSWER_WITHIN = 2.0


class PortTaken(Exception):
    """The port is in use; says by whom, if it can be told."""


def claim_port(host: str, port: int) -> None:
    """Raises PortTaken when anything listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Granian listens with SO_REUSEPORT, under which a second server would start in silence. This does
        # not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"Cannot listen at {host}:{port}: {_reason(host, port, error)}") from None


def _reason(host: str, port: int, error: OSError) -> str:
    alive = _alive(host, port)
    if alive is None:
        return f"{error.strerror}. Choose another with --port."
    return f"another Readership (version {alive}) is serving there. Stop it first, or choose another --port."


def _alive(host: str, port: int) -> str | None:
    """The version of the Readership that answers there."""
    connection = HTTPConnection(host, port, timeout=ANSWER_WITHIN)
    try:
        connection.request("GET", "/healthz")
        word, _space, build = connection.getresponse().read(100).decode("utf-8", "replace").partition(" ")
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return build.strip() if word == "ok" else None
