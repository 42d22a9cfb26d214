"""An export of WordPress (WXR) → records. Pure: one file in, a stream of records out, memory flat.

`inspect(path)` reads the file once and refuses what cannot be imported before anything is. Then
`WordPressFile(path).records()` yields exactly one record for each thing that `inspect` counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from readership.portability.errors import ImportRefused
from readership.portability.records import (
    AuthorRecord,
    Record,
    SectionRecord,
    SiteRecord,
    SkippedRecord,
    TopicRecord,
)
from readership.portability.sources import wordpress_items as items
from readership.portability.sources.wordpress_body import Surroundings, body_of
from readership.portability.sources.wordpress_comments import ItsStory, comment_record, kind_of_comment
from readership.portability.sources.wordpress_pictures import PictureIndex
from readership.portability.sources.wordpress_words import moment, path_of, plain, slug_of
from readership.portability.sources.wordpress_xml import Entry, TermOfItem, WxrReader

MAX_CHAIN = 16
STORIES = {"story", "standing_page"}


@dataclass(frozen=True)
class Inspection:
    """What a file holds. `in_file` counts things by kind; the site itself is not counted."""

    site: SiteRecord
    wxr_version: str
    in_file: dict[str, int]


def inspect(path: Path) -> Inspection:
    """Read the file once. Raises ImportRefused when it is no whole export of a version we know."""
    return _survey(path).inspection


def records(path: Path) -> Iterator[Record]:
    return WordPressFile(path).records()


class WordPressFile:
    """Once `records()` has ended, `kept` says what of the stories' HTML had no block (by tag or block, how often),
    and `notes` what else is worth knowing of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()

    def records(self) -> Iterator[Record]:
        survey = _survey(self.path)
        names = _Names()
        story = ItsStory("", is_coming=False)
        for entry in WxrReader(self.path, whole=survey.late).entries():
            if entry.kind == "comment":
                yield comment_record(entry, story)
            elif entry.kind == "item":
                story = names.story(entry)
                yield from (survey.with_old_paths(record) for record in self._told_late(names.missing(entry)))
                yield self._item(entry, survey)
            else:
                yield survey.with_old_paths(_of_the_site(entry, names))

    def _told_late(self, missing: list[Record]) -> list[Record]:
        late = _("%(kind)s: named by stories only, not by the list at the top of the file")
        self.notes.update(late % {"kind": _kind_of_missing(record)} for record in missing)
        return missing

    def _item(self, entry: Entry, survey: _Survey) -> Record:
        kind = items.kind_of_item(entry)
        reason = items.why_skipped(entry, kind)
        if reason:
            return items.skipped_record(entry, kind, reason)
        if kind == "picture":
            return items.picture_record(entry)
        self._count_other_terms(entry)
        surroundings = Surroundings(survey.pictures, survey.patterns, entry.text("wp:post_id"))
        body = body_of(entry.fields.get("content:encoded", ""), surroundings, kept=self.kept)
        return items.story_record(entry, body=body, kept=self.kept)

    def _count_other_terms(self, entry: Entry) -> None:
        ours = {items.SECTION_DOMAIN, *items.TOPIC_DOMAINS, ""}
        self.kept.update(f"term of {term.domain}" for term in entry.terms if term.domain not in ours)


@dataclass
class _Survey:
    """What must be known of the whole file before its first record."""

    inspection: Inspection
    late: set[int] = field(default_factory=set)
    pictures: PictureIndex = field(default_factory=PictureIndex)
    patterns: dict[str, str] = field(default_factory=dict)
    # Of each section that has one: what is above it.
    parents: dict[str, str] = field(default_factory=dict)

    def with_old_paths(self, record: Record) -> Record:
        """Where WordPress listed a section's or a topic's stories, unless the site chose other addresses."""
        base = path_of(self.inspection.site.url).rstrip("/")
        if isinstance(record, SectionRecord):
            return replace(record, old_paths=(f"{base}/category/{'/'.join(self._chain(record.source_id))}/",))
        if isinstance(record, TopicRecord):
            return replace(record, old_paths=(f"{base}/tag/{record.source_id}/",))
        return record

    def _chain(self, section: str) -> list[str]:
        chain = [section]
        while (above := self.parents.get(chain[0])) and above not in chain and len(chain) < MAX_CHAIN:
            chain.insert(0, above)
        return chain


def _survey(path: Path) -> _Survey:
    reader = WxrReader(path)
    survey = _Survey(Inspection(SiteRecord("", ""), "", {}))
    names = _Names()
    counts: Counter[str] = Counter()
    for entry in reader.entries():
        if entry.kind == "site":
            survey.inspection = Inspection(items.site_record(entry), _version(entry), {})
        else:
            counts[_kind_of(entry)] += 1
        if entry.kind == "item":
            counts.update(_kind_of_missing(record) for record in names.missing(entry))
            _remember(entry, survey)
        elif entry.kind != "comment":
            names.is_new(entry)
            above = entry.text("wp:category_parent", "wp:term_parent")
            if above and _kind_of(entry) == "section":
                survey.parents[names.source_id(entry)] = above
    survey.late = reader.late
    survey.inspection = replace(survey.inspection, in_file=dict(counts))
    return survey


def _version(entry: Entry) -> str:
    """Files without a version are old or made by hand; only one that names a later format is refused."""
    version = entry.text("wp:wxr_version")
    if version and not version.startswith("1."):
        raise ImportRefused(
            _("This export is of version %(version)s. Versions 1.0, 1.1 and 1.2 can be imported.")
            % {"version": version}
        )
    return version


def _remember(entry: Entry, survey: _Survey) -> None:
    post_id = entry.text("wp:post_id")
    kind = items.kind_of_item(entry)
    if kind == "picture" and not items.why_skipped(entry, kind):
        survey.pictures.add(post_id, items.address_of(entry), story_id=entry.text("wp:post_parent"))
    elif kind == "wp_block":
        survey.patterns[post_id] = entry.fields.get("content:encoded", "")


def _kind_of(entry: Entry) -> str:
    if entry.kind == "comment":
        return kind_of_comment(entry)
    if entry.kind == "item":
        return items.kind_of_item(entry)
    if entry.kind == "term":
        return {"category": "section", "post_tag": "topic"}.get(entry.text("wp:term_taxonomy"), "term")
    return {"author": "author", "category": "section", "tag": "topic"}[entry.kind]


def _kind_of_missing(record: Record) -> str:
    return {AuthorRecord: "author", SectionRecord: "section"}.get(type(record), "topic")


def _of_the_site(entry: Entry, names: _Names) -> Record:
    if entry.kind == "site":
        return items.site_record(entry)
    kind, source_id = _kind_of(entry), names.source_id(entry)
    if kind == "term":
        reason = _("It is a term of “%(taxonomy)s”.") % {"taxonomy": entry.text("wp:term_taxonomy")}
        return SkippedRecord(
            kind, source_id, reason, {"line": str(entry.line), "title": plain(entry.text("wp:term_name"))}
        )
    if not names.is_new(entry):
        return SkippedRecord(kind, source_id, _("The file names it twice."), {"line": str(entry.line)})
    makers: dict[str, Callable[[Entry], Record]] = {
        "author": items.author_record,
        "section": items.section_record,
        "topic": items.topic_record,
    }
    return makers[kind](entry)


class _Names:
    """Authors, sections and topics met so far. Parts of a site are exported without the lists at the top."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._user_ids: defaultdict[str, set[str]] = defaultdict(set)

    def source_id(self, entry: Entry) -> str:
        return entry.text("wp:author_login", "wp:category_nicename", "wp:tag_slug", "wp:term_slug", "wp:term_id")

    def is_new(self, entry: Entry) -> bool:
        if entry.kind == "author":
            self._user_ids[self.source_id(entry)].add(entry.text("wp:author_id") or "0")
        return bool(self.source_id(entry)) and self._first((_kind_of(entry), self.source_id(entry)))

    def missing(self, entry: Entry) -> list[Record]:
        """Whom and what this story names that the file has not told of before."""
        kind, login = items.kind_of_item(entry), entry.text("dc:creator")
        if kind not in STORIES or items.why_skipped(entry, kind):
            return []
        found: list[Record] = []
        if login and self._first(("author", login)):
            found.append(AuthorRecord(login, plain(login)))
        found += [_section(term) for term in items.sections_of(entry) if self._first(("section", term.nicename))]
        found += [_topic(term) for term in items.topics_of(entry) if self._first(("topic", term.nicename))]
        return found

    def story(self, entry: Entry) -> ItsStory:
        kind = items.kind_of_item(entry)
        return ItsStory(
            entry.text("wp:post_id"),
            is_coming=kind in STORIES and not items.why_skipped(entry, kind),
            published_at=moment(entry.text("wp:post_date_gmt"), entry.text("wp:post_date")),
            author_user_ids=frozenset(self._user_ids.get(entry.text("dc:creator"), set()) - {"0"}),
        )

    def _first(self, name: tuple[str, str]) -> bool:
        is_first = name not in self._seen
        self._seen.add(name)
        return is_first


def _section(term: TermOfItem) -> SectionRecord:
    return SectionRecord(term.nicename, plain(term.name) or slug_of(term.nicename), slug_of(term.nicename))


def _topic(term: TermOfItem) -> TopicRecord:
    return TopicRecord(term.nicename, plain(term.name) or slug_of(term.nicename), slug_of(term.nicename))
