"""`readership audit`: prove that ledger and meters agree. Exit code 1 when anything differs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from readership.funding.auditing import AuditReport, audit, entries_count


class Command(BaseCommand):
    help = "Prove that nothing in the ledger was changed and that every meter shows its sum."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write the report as JSON, for scripts")

    def handle(self, *_arguments: str, **options: Any) -> None:
        try:
            report = _audited()
        except DatabaseError as error:
            # PostgreSQL adds lines that show the statement.
            said = str(error).partition("\n")[0]
            raise CommandError(f"The ledger cannot be read: {said}. Has `readership init` been run?") from error
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if not report.is_whole:
            sys.exit(1)


def _audited() -> AuditReport:
    # The bar is for people who wait: not for scripts, and not before a second has passed.
    with tqdm(total=entries_count(), unit=" entries", delay=1, disable=None, leave=False) as bar:
        return audit(on_entry=partial(_step, bar))


def _step(bar: tqdm[Any]) -> None:
    bar.update()


def _as_json(report: AuditReport) -> str:
    facts = {**asdict(report), "is_whole": report.is_whole}
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _as_text(report: AuditReport) -> str:
    lines = [
        f"{report.entries_count} ledger entries, {report.gifts_count} gifts, {report.campaigns_count} campaigns.",
        f"Last entry: {report.last_number}, {report.last_hash}",
        *report.differences,
    ]
    if report.unnamed_count:
        lines.append(f"… and {report.unnamed_count} more.")
    lines.append("Everything agrees." if report.is_whole else "The books do not agree.")
    return "\n".join(lines)
