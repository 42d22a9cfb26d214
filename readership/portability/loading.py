"""Records become rows, each once. Killed in the middle, the next run goes on where it stopped.

The order: who and what is named (authors, sections, topics, pictures), standing pages, stories, what was said under
them, campaigns. Each kind has its own `loading_….py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from readership.portability.loading_campaigns import make_campaign
from readership.portability.loading_comments import take_comments
from readership.portability.loading_items import Load, Progress, Silent, kind_of, take_each
from readership.portability.loading_people import make_author, make_section, make_topic, missing_parent
from readership.portability.loading_pictures import Finder, Library, nowhere
from readership.portability.loading_pingbacks import make_pingback
from readership.portability.loading_spool import SortedRecords
from readership.portability.loading_stories import (
    make_standing_page,
    make_story,
    missing_page_above,
    missing_stories,
)
from readership.portability.models import ImportRun, RunState
from readership.portability.records import (
    AuthorRecord,
    CampaignRecord,
    CommentRecord,
    PictureRecord,
    PingbackRecord,
    Record,
    SectionRecord,
    SiteRecord,
    SkippedRecord,
    StoryRecord,
    TopicRecord,
)
from readership.portability.reporting import Report


@dataclass(frozen=True)
class Plan:
    """`source` names the old site; empty: what the file says of itself. `shows_emails`: of authors, to readers."""

    kind: str
    file_name: str
    source: str = ""
    file_sha256: str = ""
    find_picture: Finder = nowhere
    is_dry_run: bool = False
    shows_emails: bool = False
    now: datetime = field(default_factory=timezone.now)


def load(records: Iterable[Record], *, plan: Plan, progress: Progress | None = None) -> Report:
    """Write a row for every record that is not here yet, and say what became of each.

    The source is read to its end first, so a malformed one raises before anything is written. A dry run does
    everything in one transaction and takes it back.
    """
    report = Report()
    sorted_records = SortedRecords(_counted(records, report))
    name = _name_of(sorted_records, plan)
    run = Load(
        source=plan.source or name,
        origin=name,
        now=plan.now,
        is_dry_run=plan.is_dry_run,
        shows_emails=plan.shows_emails,
        progress=progress or Silent(),
        report=report,
    )
    run.progress.begin(sorted_records.count)
    if plan.is_dry_run:
        with _taken_back():
            _take_all(run, sorted_records, plan)
    else:
        with _remembered(run, plan):
            _take_all(run, sorted_records, plan)
    return report


def _take_all(run: Load, records: SortedRecords, plan: Plan) -> None:
    _skip(run, records)
    take_each(run, records.of(AuthorRecord), make_author)
    take_each(run, records.of(SectionRecord), make_section, missing=missing_parent)
    take_each(run, records.of(TopicRecord), make_topic)
    library = Library(plan.find_picture)
    take_each(run, library.found_first(run, records.of(PictureRecord)), library.make)
    take_each(run, _pages(records), make_standing_page, missing=missing_page_above)
    take_each(run, _stories(records), make_story, missing=missing_stories)
    take_comments(run, records.of(CommentRecord))
    take_each(run, records.of(PingbackRecord), make_pingback)
    take_each(run, records.of(CampaignRecord), make_campaign)


def _pages(records: SortedRecords) -> Iterator[StoryRecord]:
    return (record for record in records.of(StoryRecord) if record.is_standing_page)


def _stories(records: SortedRecords) -> Iterator[StoryRecord]:
    return (record for record in records.of(StoryRecord) if not record.is_standing_page)


def _counted(records: Iterable[Record], report: Report) -> Iterator[Record]:
    for record in records:
        if not isinstance(record, SiteRecord):
            report[kind_of(record)].in_file += 1
        yield record


def _skip(run: Load, records: SortedRecords) -> None:
    for record in records.of(SkippedRecord):
        run.report[record.kind].skipped[record.reason] += 1
        run.progress.step(1)
    run.progress.step(sum(1 for _site in records.of(SiteRecord)))


def _name_of(records: SortedRecords, plan: Plan) -> str:
    """The address without the scheme: a site that went to HTTPS between two exports is the same."""
    for site in records.of(SiteRecord):
        address = urlsplit(site.url)
        if address.hostname:
            return f"{address.hostname}{address.path.rstrip('/')}"[:200]
    return plan.file_name[:200]


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _remembered(run: Load, plan: Plan) -> Iterator[None]:
    """The run as a row, with its report whatever happens."""
    # Killed without a word: nothing else could have told.
    ImportRun.objects.filter(source=run.source, state=RunState.RUNNING).update(state=RunState.STOPPED)
    row = ImportRun.objects.create(
        source=run.source,
        kind=plan.kind,
        file_name=plan.file_name[:255],
        file_sha256=plan.file_sha256,
        started_at=plan.now,
    )
    row.state = RunState.STOPPED
    try:
        yield
        row.state = RunState.FINISHED
    finally:
        run.report.close()
        row.report = run.report.as_json()
        row.finished_at = timezone.now()
        row.save(update_fields=["state", "report", "finished_at"])
