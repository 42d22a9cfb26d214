"""What readers wrote on an older site, thread by thread, each under what it answers.

A batch is one transaction. Ids are given in the order of writing, because that is the order in which a branch is read.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from readership.discussion.models import Badge, Comment, State, TextFormat
from readership.discussion.ranking import best_rank
from readership.discussion.rendering import RENDERER_VERSION, clean_html, render_markdown
from readership.lib.text import clean_line, clean_text
from readership.portability.loading_items import Awaited, Load, in_rounds, new_ones
from readership.portability.loading_numbers import next_pks
from readership.portability.loading_threads import Home, close_threads, count_in, homes_of
from readership.portability.models import ImportedItem
from readership.portability.records import CommentRecord
from readership.portability.reporting import Report

PER_BATCH = 500
KIND = "comment"
EMAIL_LENGTH = 254
MOST_VOTES = 1_000_000_000
STATES: dict[str, State] = {"published": State.PUBLISHED, "held": State.HELD, "removed": State.REMOVED}
IS_MARKED_UP = re.compile(r"<(?:p|br|div|ul|ol|blockquote|pre)\b", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Place:
    """Where a comment stands. `root` is None for a root."""

    pk: int
    root: int | None
    depth: int
    thread: int


def take_comments(load: Load, records: Iterable[CommentRecord]) -> None:
    in_rounds(records, lambda batch, awaited: _take(load, batch, awaited), size=PER_BATCH)


def _take(load: Load, batch: list[CommentRecord], awaited: Awaited) -> list[CommentRecord]:
    """Store the batch. Gives back the comments whose parent is not here yet."""
    with load.batch() as report:
        homes = homes_of(load, {record.story_id for record in batch})
        new = _acceptable(new_ones(load, batch, report), homes, report)
        places = _places(load, {record.parent_id for record in new if record.parent_id})
        incoming = _Batch(homes, places, awaited, report, iter(next_pks(Comment, len(new))))
        late = incoming.settle(new)
        _store(load, incoming.settled)
        report[KIND].created += len(incoming.settled)
        report.notes.update(_unseen(incoming.settled))
    load.progress.step(len(batch) - len(late))
    return late


def _acceptable(records: list[CommentRecord], homes: dict[str, Home], report: Report) -> list[CommentRecord]:
    """In the order of writing."""
    kept = []
    for record in records:
        if record.story_id not in homes:
            report[KIND].skipped[_("Its story is not here.")] += 1
        elif timezone.is_naive(record.written_at):
            report.fail(KIND, record.source_id, _("Its date has no time zone."))
        elif not record.text.strip():
            report[KIND].skipped[_("It has no words.")] += 1
        else:
            kept.append(record)
    return sorted(kept, key=lambda record: record.written_at)


def _places(load: Load, source_ids: set[str]) -> dict[str, Place]:
    """Of the comments that are here already."""
    pks = {name: item.object_pk for name, item in load.known(KIND, source_ids).items()}
    rows = Comment.objects.filter(pk__in=pks.values()).values_list("pk", "root_id", "depth", "thread_id")
    places = {pk: Place(pk, root, depth, thread) for pk, root, depth, thread in rows}
    return {name: places[pk] for name, pk in pks.items() if pk in places}


@dataclass
class _Batch:
    """Comments on their way in. `settled` grows; `places` knows all that they may answer."""

    homes: Mapping[str, Home]
    places: dict[str, Place]
    awaited: Awaited
    report: Report
    pks: Iterator[int]
    settled: list[tuple[CommentRecord, Comment]] = field(default_factory=list)

    def settle(self, records: list[CommentRecord]) -> list[CommentRecord]:
        """Round after round, as a comment may stand before what it answers. Gives back whose parent is not here yet."""
        late = records
        while late:
            waiting, orphans = late, self._orphans(late)
            late = [record for record in waiting if not self._settle(record, is_orphan=record.source_id in orphans)]
            if len(late) == len(waiting):
                break
        return late

    def _settle(self, record: CommentRecord, *, is_orphan: bool) -> bool:
        home, parent = self.homes[record.story_id], self.places.get(record.parent_id or "")
        if record.parent_id and parent is None and not is_orphan:
            return False
        if record.parent_id and (parent is None or parent.thread != home.thread):
            self.report.notes[_("comments answered one that is not here; they stand at the top of their thread")] += 1
            parent = None
        comment = _comment(record, next(self.pks), home, parent)
        self.places[record.source_id] = Place(comment.pk, comment.root_id, comment.depth, home.thread)
        self.settled.append((record, comment))
        return True

    def _orphans(self, records: list[CommentRecord]) -> set[str]:
        """Whose parent will never come. When all of them wait for each other in a circle, the first is let in."""
        if self.awaited is None:
            return set()
        here = {record.source_id for record in records}
        missing = [record for record in records if record.parent_id and record.parent_id not in self.places]
        orphans = {r.source_id for r in missing if r.parent_id not in self.awaited and r.parent_id not in here}
        is_circle = not self.awaited and not orphans and len(missing) == len(records)
        return {missing[0].source_id} if is_circle and missing else orphans


def _comment(record: CommentRecord, pk: int, home: Home, parent: Place | None) -> Comment:
    source = clean_text(record.text)
    state = STATES[record.state]
    up, down = (min(max(count, 0), MOST_VOTES) for count in (record.up_count, record.down_count))
    name = clean_line(record.author_name)[:80]
    return Comment(
        pk=pk,
        thread_id=home.thread,
        parent_id=parent.pk if parent else None,
        root_id=(parent.root or parent.pk) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        author_name=name or _("Unknown reader"),
        author_email=_email(record.author_email),
        badge=Badge.AUTHOR if record.is_by_author else Badge.GUEST,
        reader_id=home.readers.get(name) if record.is_by_author else None,
        text_source=source,
        text_format=TextFormat(record.text_format),
        text_html=_html(source, record.text_format),
        renderer_version=RENDERER_VERSION,
        state=state,
        held_because=_("It waited on the old site.") if state == State.HELD else "",
        is_listed=state == State.PUBLISHED,
        is_pinned=record.is_pinned,
        created_at=record.written_at,
        up_count=up,
        down_count=down,
        net_count=up - down,
        best_rank=best_rank(up, down, later=record.written_at - home.opened_at),
    )


def _email(given: str) -> str:
    return given.strip() if len(given) <= EMAIL_LENGTH and ADDRESS.fullmatch(given.strip()) else ""


def _html(source: str, text_format: str) -> str:
    if text_format == TextFormat.MARKDOWN:
        return render_markdown(source)
    cleaned = clean_html(source if IS_MARKED_UP.search(source) else _with_paragraphs(source))
    # Words in tags that a comment may not hold are kept as words.
    return cleaned or f"<p>{html.escape(source)}</p>"


def _with_paragraphs(text: str) -> str:
    parts = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts if part.strip())


def _store(load: Load, settled: list[tuple[CommentRecord, Comment]]) -> None:
    if not settled:
        return
    Comment.objects.bulk_create(comment for _record, comment in settled)
    ImportedItem.objects.bulk_create(load.item(record, comment) for record, comment in settled)
    count_in([comment for _record, comment in settled])
    close_threads(_closings(settled))


def _unseen(settled: Iterable[tuple[CommentRecord, Comment]]) -> Iterator[str]:
    for record, _comment in settled:
        if record.state == "held":
            yield _("comments wait for a moderator")
        elif record.state == "removed":
            yield _("comments were spam or in the trash; they are removed here")


def _closings(settled: Iterable[tuple[CommentRecord, Comment]]) -> dict[int, datetime]:
    """When the last comment closed its thread, by thread."""
    moments: defaultdict[int, list[datetime]] = defaultdict(list)
    for record, comment in settled:
        if record.closes_thread:
            moments[comment.thread_id].append(record.written_at)
    return {thread: max(at) for thread, at in moments.items()}
