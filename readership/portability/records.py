"""What every old site's file is read into before anything is written.

A source (`sources/*.py`) turns a file into a stream of these records and knows no database; `loading.py` turns
records into rows and knows no file format. `source_id` is the item's name in the old system, unique per kind.
Times are aware and in UTC. HTML in a record is as found: cleaning it is the loader's and the blocks' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

StoryState = Literal["live", "draft", "scheduled", "private"]
CommentState = Literal["published", "held", "removed"]


@dataclass(frozen=True)
class SiteRecord:
    name: str
    url: str
    language: str = "en"
    description: str = ""


@dataclass(frozen=True)
class AuthorRecord:
    source_id: str
    name: str
    email: str = ""
    about: str = ""
    position: str = ""


@dataclass(frozen=True)
class SectionRecord:
    source_id: str
    name: str
    slug: str
    parent_id: str | None = None
    about: str = ""
    old_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopicRecord:
    source_id: str
    name: str
    slug: str
    old_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class PictureRecord:
    """A picture of the old site. `path` is a file on this machine, `url` where the old site kept it."""

    source_id: str
    title: str
    url: str = ""
    path: Path | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True)
class BlockRecord:
    """One block of a story's body: `kind` and `value` are a type and raw value of `stories.blocks.StoryBody`.

    Only pictures and stories differ: where the block wants a row, the value holds the record's `source_id`.
    """

    kind: str
    value: object


@dataclass(frozen=True)
class BylineRecord:
    author_id: str
    role: str = ""


@dataclass(frozen=True)
class StoryRecord:
    """A story, or a standing page (`is_standing_page`) such as "About us"."""

    source_id: str
    headline: str
    slug: str
    body: tuple[BlockRecord, ...]
    state: StoryState
    published_at: datetime | None
    updated_at: datetime | None = None
    standfirst: str = ""
    dateline: str = ""
    bylines: tuple[BylineRecord, ...] = ()
    section_ids: tuple[str, ...] = ()
    topic_ids: tuple[str, ...] = ()
    lead_picture_id: str | None = None
    old_paths: tuple[str, ...] = ()
    parent_id: str | None = None
    is_standing_page: bool = False
    is_pinned: bool = False
    takes_comments: bool = True
    password: str = ""


@dataclass(frozen=True)
class CommentRecord:
    source_id: str
    story_id: str
    author_name: str
    text: str
    written_at: datetime
    state: CommentState = "published"
    parent_id: str | None = None
    text_format: Literal["markdown", "html"] = "html"
    author_email: str = ""
    author_url: str = ""
    up_count: int = 0
    down_count: int = 0
    is_pinned: bool = False
    closes_thread: bool = False
    is_by_author: bool = False


@dataclass(frozen=True)
class PingbackRecord:
    """Another site linked to a story. Kept apart: it is nobody's comment."""

    source_id: str
    story_id: str
    title: str
    url: str
    excerpt: str
    sent_at: datetime


@dataclass(frozen=True)
class CampaignRecord:
    """Sums are whole minor units of `currency`. `raised_minor` becomes one opening entry of the ledger."""

    source_id: str
    title: str
    goal_minor: int
    currency: str
    raised_minor: int = 0
    marks: tuple[tuple[int, str], ...] = ()
    ask: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    story_id: str | None = None
    is_shown: bool = True


@dataclass(frozen=True)
class SkippedRecord:
    """Something the file holds that has no place here, and why, in words for the report."""

    kind: str
    source_id: str
    reason: str
    details: Mapping[str, str] = field(default_factory=dict)


Record = (
    SiteRecord
    | AuthorRecord
    | SectionRecord
    | TopicRecord
    | PictureRecord
    | StoryRecord
    | CommentRecord
    | PingbackRecord
    | CampaignRecord
    | SkippedRecord
)
