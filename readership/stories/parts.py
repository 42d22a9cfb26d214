"""What the pages' templates may use: frozen, finished, with no query left in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readership.following.wanting import Choice
from readership.stories.pictures import PicturePart


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class BylinePart(Link):
    """`role` is "" for the writer."""

    role: str


@dataclass(frozen=True)
class StoryCard:
    """A story in a list. `section.name` is "" while the section is not live."""

    id: int
    headline: str
    standfirst: str
    url: str
    section: Link
    bylines: tuple[BylinePart, ...]
    published_at: datetime
    updated_at: datetime | None
    picture: PicturePart | None
    is_pinned: bool


@dataclass(frozen=True)
class StoryLink:
    headline: str
    url: str


@dataclass(frozen=True)
class AuthorPart:
    name: str
    url: str
    position: str
    about: str
    email: str


@dataclass(frozen=True)
class StoryPart:
    """A story on its own page. `canonical_url` and `share_picture_url` are absolute."""

    id: int
    headline: str
    standfirst: str
    section: Link
    bylines: tuple[BylinePart, ...]
    dateline: str
    published_at: datetime
    updated_at: datetime | None
    picture: PicturePart | None
    topics: tuple[Link, ...]
    url: str
    canonical_url: str
    share_picture_url: str
    authors: tuple[AuthorPart, ...]
    related: tuple[StoryLink, ...]
    may_follow: tuple[Choice, ...]


@dataclass(frozen=True)
class ListPart:
    """One page of a list of stories. `newer_url` and `older_url` are "" at the ends."""

    title: str
    about: str
    stories: tuple[StoryCard, ...]
    number: int
    newer_url: str
    older_url: str
    feed_url: str
