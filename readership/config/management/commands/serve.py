"""`readership serve`: the whole site on one port, with the work in the background beside it."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readership.config.serving.port import PortTaken, claim_port
from readership.config.serving.preparing import prepare
from readership.config.serving.server import serve
from readership.lib.port_number import port_number

MOST_WORKERS = 8


def default_workers() -> int:
    """One for each core, and never a single one: when it dies, the other goes on answering."""
    return max(2, min(len(os.sched_getaffinity(0)), MOST_WORKERS))


class Command(BaseCommand):
    help = "Serve the newsroom, and do its work in the background."
    # Ours: a broken set-up is told in one sentence for each fault, below.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
        parser.add_argument("--port", type=port_number, default=8000, help="port to listen at (%(default)s)")
        parser.add_argument("--workers", type=int, default=0, help="web processes (one for each core)")

    def handle(self, *, host: str, port: int, workers: int, **_options: Any) -> None:
        try:
            claim_port(host, port)
        except PortTaken as taken:
            raise CommandError(str(taken)) from None
        faults = prepare()
        if faults:
            raise CommandError("\n".join(faults))
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Serving at http://{shown}:{port}  (Ctrl+C stops)")
        self.stdout.flush()
        serve(host=host, port=port, workers=workers or default_workers())
