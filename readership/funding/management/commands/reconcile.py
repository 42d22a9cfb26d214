"""`readership manage reconcile`: the ledger against the processor's own book. Exit code 1 when they differ."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from readership.funding.errors import ProcessorError
from readership.funding.models import Reconciliation
from readership.funding.processors.base import Processor
from readership.funding.processors.choosing import processor
from readership.funding.reconciling import reconcile

LONGEST = 3_650


class Command(BaseCommand):
    help = "Compare the ledger with the payment processor's own book, and book what was never announced."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=7, help="how far back (7)")
        parser.add_argument("--json", action="store_true", help="write the result as JSON, for scripts")

    def handle(self, *_arguments: str, **options: Any) -> None:
        chosen = processor()
        if chosen is None:
            if options["verbosity"]:
                self.stdout.write("No payment processor is set up: there is nothing to compare.")
            return
        if not 1 <= options["days"] <= LONGEST:
            raise CommandError("--days takes a number of days, at least 1.")
        try:
            result = _compared(chosen, options["days"], is_silent=options["verbosity"] == 0)
        except ProcessorError as error:
            raise CommandError(f"The comparison could not be finished: {error}") from error
        if options["verbosity"]:
            self.stdout.write(_as_json(result) if options["json"] else _as_text(result))
            if not result.is_green:
                sys.exit(1)


def _compared(chosen: Processor, days: int, *, is_silent: bool) -> Reconciliation:
    now = timezone.now()
    with tqdm(unit=" lines", delay=1, disable=is_silent or None, leave=False) as bar:
        return reconcile(processor=chosen, now=now, since=now - timedelta(days=days), on_line=lambda: _step(bar))


def _as_json(result: Reconciliation) -> str:
    facts = {
        "processor": result.processor,
        "since": result.since.isoformat(),
        "until": result.until.isoformat(),
        "movements_count": result.movements_count,
        "differences": result.differences,
        "is_green": result.is_green,
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _as_text(result: Reconciliation) -> str:
    head = f"{result.movements_count} movements since {result.since:%Y-%m-%d}."
    end = "Everything agrees." if result.is_green else "The ledger and the processor's book differ."
    return "\n".join([head, *result.differences, end])


def _step(bar: tqdm[Any]) -> None:
    bar.update()
