"""Every item of an older site becomes one row, once: what is known, what is new, what is refused."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from readership.pagecache import changed
from readership.portability.errors import RecordLeftOut, RecordRefused
from readership.portability.loading_spool import Spool
from readership.portability.models import ImportedItem
from readership.portability.records import (
    AuthorRecord,
    CampaignRecord,
    CommentRecord,
    PictureRecord,
    PingbackRecord,
    SectionRecord,
    SkippedRecord,
    StoryRecord,
    TopicRecord,
)
from readership.portability.reporting import Report

Item = (
    AuthorRecord
    | SectionRecord
    | TopicRecord
    | PictureRecord
    | StoryRecord
    | CommentRecord
    | PingbackRecord
    | CampaignRecord
)
R = TypeVar("R", bound=Item)
Notes = Counter[str]
# Ids that may still come; None: not known yet, so that anything may.
Awaited = frozenset[str] | None

KINDS: dict[type, str] = {
    AuthorRecord: "author",
    SectionRecord: "section",
    TopicRecord: "topic",
    PictureRecord: "picture",
    CommentRecord: "comment",
    PingbackRecord: "pingback",
    CampaignRecord: "campaign",
}
PAGES = ("story", "standing_page")
ROWS_PER_BATCH = 20


class Progress(Protocol):
    def begin(self, total: int) -> None: ...

    def step(self, count: int) -> None: ...


class Silent:
    def begin(self, total: int) -> None:
        pass

    def step(self, count: int) -> None:
        pass


@dataclass
class Load:
    """What is the same all through one load. `source` names the old site, `origin` says it to people."""

    source: str
    origin: str
    now: datetime
    is_dry_run: bool = False
    # Whether the authors' e-mails are meant for readers. Those of an export are for signing in.
    shows_emails: bool = False
    progress: Progress = field(default_factory=Silent)
    report: Report = field(default_factory=Report)
    # Pictures of this file that have no row, by id: their places in stories are named after them.
    left_pictures: dict[str, PictureRecord] = field(default_factory=dict)
    _pks: dict[tuple[str, str], int] = field(default_factory=dict)

    @contextmanager
    def batch(self) -> Iterator[Report]:
        """One transaction. Its part of the report counts only when it holds."""
        part = Report()
        with transaction.atomic():
            yield part
            changed("site")
        self.report.add(part)

    def pk(self, kind: str, source_id: str | None) -> int | None:
        """The row that the item became, if it is here already."""
        if source_id is None:
            return None
        found = self._pks.get((kind, source_id))
        if found is None:
            item = ImportedItem.objects.filter(source=self.source, kind=kind, source_id=source_id).first()
            if item is None:
                return None
            found = self._pks[kind, source_id] = item.object_pk
        return found

    def page_pk(self, source_id: str | None) -> int | None:
        return next((pk for kind in PAGES if (pk := self.pk(kind, source_id)) is not None), None)

    def known(self, kind: str, source_ids: Iterable[str]) -> dict[str, ImportedItem]:
        found = ImportedItem.objects.filter(source=self.source, kind=kind, source_id__in=set(source_ids))
        return {item.source_id: item for item in found}

    def keep(self, record: Item, row: Model) -> None:
        item = self.item(record, row)
        item.save(force_insert=True)
        self._pks[item.kind, record.source_id] = item.object_pk

    def item(self, record: Item, row: Model) -> ImportedItem:
        return ImportedItem(
            source=self.source,
            kind=kind_of(record),
            source_id=record.source_id,
            content_hash=content_hash(record),
            model=row._meta.label_lower,
            object_pk=row.pk,
        )


def kind_of(record: Item | SkippedRecord) -> str:
    if isinstance(record, SkippedRecord):
        return record.kind
    if isinstance(record, StoryRecord):
        return "standing_page" if record.is_standing_page else "story"
    return KINDS[type(record)]


def content_hash(record: Item) -> str:
    return hashlib.blake2b(repr(record).encode(errors="backslashreplace"), digest_size=16).hexdigest()


def batched(records: Iterable[R], size: int) -> Iterator[list[R]]:
    remaining = iter(records)
    while batch := list(islice(remaining, size)):
        yield batch


def new_ones(load: Load, records: list[R], report: Report) -> list[R]:
    """Those that are not here yet. What is here stays as it is: it may have been edited since."""
    if not records:
        return []
    kind = kind_of(records[0])
    hashes = {name: item.content_hash for name, item in load.known(kind, (r.source_id for r in records)).items()}
    new: list[R] = []
    for record in records:
        seen = hashes.get(record.source_id)
        if seen is None:
            hashes[record.source_id] = content_hash(record)
            new.append(record)
        elif seen == content_hash(record):
            report[kind].unchanged += 1
        else:
            report[kind].skipped[_("It is here already, and kept as it is here; the file has another version.")] += 1
    return new


Make = Callable[[Load, R, Notes], Model]
Names = Callable[[Load, R], Iterable[str]]


def take_each(load: Load, records: Iterable[R], make: Make[R], *, missing: Names[R] | None = None) -> None:
    """A row for each record. `missing` lists what a record names and is not here yet: then it waits for that."""

    def take(batch: list[R], awaited: Awaited) -> list[R]:
        late = []
        with load.batch() as report:
            for record in new_ones(load, batch, report):
                if missing and any(awaited is None or name in awaited for name in missing(load, record)):
                    late.append(record)
                else:
                    _take(load, record, make, report)
        load.progress.step(len(batch) - len(late))
        return late

    in_rounds(records, take, size=ROWS_PER_BATCH)


def in_rounds(records: Iterable[R], take: Callable[[list[R], Awaited], list[R]], *, size: int) -> None:
    """Batch by batch; what `take` gives back waits for what it names, and comes again in the next round."""
    awaited: Awaited = None
    while True:
        late: Spool[R] = Spool()
        names: set[str] = set()
        for batch in batched(records, size):
            for record in take(batch, awaited):
                late.put(record)
                names.add(record.source_id)
        if not names:
            return
        is_circle = awaited is not None and awaited == names
        # They wait for each other in a circle: nothing is waited for any longer.
        awaited = frozenset() if is_circle else frozenset(names)
        records = late


def _take(load: Load, record: R, make: Make[R], report: Report) -> None:
    notes: Notes = Counter()
    kind = kind_of(record)
    try:
        with transaction.atomic():
            load.keep(record, make(load, record, notes))
    except RecordLeftOut as left_out:
        report[kind].skipped[str(left_out.message)] += 1
    except RecordRefused as refusal:
        report.fail(kind, record.source_id, str(refusal.message))
    except ValidationError as error:
        report.fail(kind, record.source_id, " ".join(error.messages))
    except (IntegrityError, DataError):
        report.fail(kind, record.source_id, _("The database refused it."))
    else:
        report[kind].created += 1
        report.notes += notes
