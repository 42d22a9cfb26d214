"""`readership import wordpress|page FILE`: bring an older site along. The same file again changes nothing."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm
from wagtail.models import Site

from readership.portability.errors import PortabilityError
from readership.portability.fetching import Fetcher
from readership.portability.findings import table
from readership.portability.loading import Plan, load
from readership.portability.loading_pictures import Finder, folder, nowhere
from readership.portability.records import Record
from readership.portability.reporting import Report
from readership.portability.sources import saved_page, wordpress
from readership.portability.sources.saved_page_lines import Finding

FETCH = "fetch"


@dataclass(frozen=True)
class Opened:
    """`findings`: what a file that has to be guessed at was taken for. `kept`: what no block of ours holds, by kind;
    `notes`: what else is worth knowing. Both are complete once the records are read."""

    records: Iterable[Record]
    source: str = ""
    findings: tuple[Finding, ...] = ()
    kept: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


def wordpress_export(file: Path) -> Opened:
    export = wordpress.WordPressFile(file)
    return Opened(export.records(), kept=export.kept, notes=export.notes)


def page(file: Path) -> Opened:
    saved = saved_page.read_page(file, currency=settings.SITE_CURRENCY)
    return Opened(saved.records, saved_page.name_of_source(file), saved.findings)


SOURCES: dict[str, Callable[[Path], Opened]] = {"wordpress": wordpress_export, "page": page}


class Command(BaseCommand):
    help = "Bring an older site along: a WordPress export (WXR), or a saved page with its comments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(SOURCES), help="what the file is")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write what became of each item there")
        parser.add_argument(
            "--media", metavar="DIR|fetch", help="folder with the old site's pictures, or fetch them from there"
        )

    def handle(
        self, *, kind: str, file: Path, dry_run: bool, report: Path | None, media: str | None, **_others: Any
    ) -> None:
        check(file, media, report)
        # A line in the log for each page would hide the bar.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            opened = SOURCES[kind](file)
            plan = Plan(
                kind=kind,
                file_name=file.name,
                source=opened.source,
                file_sha256=sha256(file),
                find_picture=finder(media, is_dry_run=dry_run),
                is_dry_run=dry_run,
            )
            with Bar(self.stderr) as bar:
                result = load(opened.records, plan=plan, progress=bar)
        except PortabilityError as refusal:
            raise CommandError(str(refusal.message)) from None
        result.notes += opened.notes
        self._tell(result, opened, report, is_dry_run=dry_run)

    def _tell(self, result: Report, opened: Opened, file: Path | None, *, is_dry_run: bool) -> None:
        findings = opened.findings
        if file:
            told = {**result.as_json(), "findings": [asdict(one) for one in findings], "kept": dict(opened.kept)}
            write(file, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        if findings:
            self.stdout.write(table(findings) + "\n")
        self.stdout.write(result.as_text())
        for what, count in opened.kept.most_common():
            self.stdout.write(f"No block of ours holds it: {count} × {what}")
        if is_dry_run:
            self.stdout.write("A dry run: nothing was changed.")
        if result.failed_count:
            failed = f"{result.failed_count} items could not be taken, for the reasons above."
            raise CommandError(f"{failed} The rest is in.")


class Bar:
    """A progress bar, on a terminal only."""

    def __init__(self, stream: Any) -> None:
        self._bar: tqdm[Any] = tqdm(total=0, unit="", file=stream, disable=None, leave=False)

    def begin(self, total: int) -> None:
        self._bar.total = total
        self._bar.refresh()

    def step(self, count: int) -> None:
        self._bar.update(count)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._bar.close()


def finder(media: str | None, *, is_dry_run: bool) -> Finder:
    if media is None or (media == FETCH and is_dry_run):
        return nowhere
    if media != FETCH:
        return folder(Path(media))
    kept = Path(settings.HOME) / "import-pictures"
    kept.mkdir(exist_ok=True)
    return Fetcher(kept)


def write(report: Path, text: str) -> None:
    try:
        report.write_text(text, encoding="utf-8")
    except OSError as error:
        why = error.strerror or error
        raise CommandError(
            f"The file was read to its end, but the report cannot be written to {report}: {why}."
        ) from None


def check(file: Path, media: str | None, report: Path | None) -> None:
    if file.is_dir():
        raise CommandError(f"{file} is a folder, not a file.")
    if not file.is_file():
        raise CommandError(f"There is no file {file}.")
    if not os.access(file, os.R_OK):
        raise CommandError(f"{file} may not be read by you.")
    if media and media != FETCH and not Path(media).is_dir():
        raise CommandError(f"There is no folder {media}.")
    if report and not report.parent.is_dir():
        raise CommandError(f"There is no folder {report.parent} for the report.")
    if report and (report.is_dir() or not os.access(report if report.exists() else report.parent, os.W_OK)):
        raise CommandError(f"The report cannot be written to {report}.")
    try:
        is_set_up = Site.objects.filter(is_default_site=True, root_page__depth__gt=1).exists()
    except DatabaseError:
        is_set_up = False
    if not is_set_up:
        raise CommandError("There is no newsroom yet: run `readership init` first.")


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
