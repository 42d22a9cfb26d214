"""What the JSON shows, field by field. Nothing is shown because a row happens to have it (attacks C11, L02)."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class Named(Schema):
    name: str
    url: str


class BylineOut(Named):
    role: str


class StorySummary(Schema):
    """A story in a list. `url` is absolute."""

    id: int
    headline: str
    standfirst: str
    url: str
    section: Named
    published_at: datetime
    updated_at: datetime | None
    comments_count: int
    thread_id: int | None


class StoryOut(StorySummary):
    dateline: str
    bylines: list[BylineOut]
    topics: list[Named]
    html: str


class Stories(Schema):
    """`next` is the cursor of the following page, or null at the end."""

    items: list[StorySummary]
    next: str | None


class CommentOut(Schema):
    """A comment that everybody may read. `replies` are the first ones; `more_replies_count` says how many follow."""

    id: int
    parent_id: int | None
    name: str
    badge: str
    written_at: datetime
    edited_at: datetime | None
    html: str
    up_count: int
    down_count: int
    is_gone: bool
    is_pinned: bool
    url: str
    replies: list[CommentOut]
    more_replies_count: int


class Comments(Schema):
    thread_id: int
    comments_count: int
    is_open: bool
    sort: str
    items: list[CommentOut]
    next: str | None


class MarkOut(Schema):
    at_minor: int
    label: str


class CampaignOut(Schema):
    """Sums are whole minor units of `currency`; `raised_minor` is the sum of the ledger."""

    id: int
    title: str
    currency: str
    goal_minor: int
    raised_minor: int
    givers_count: int
    marks: list[MarkOut]
    starts_on: date | None
    ends_on: date | None
    sentence: str


class Problem(Schema):
    """Why a request was not answered, in one sentence."""

    message: str
