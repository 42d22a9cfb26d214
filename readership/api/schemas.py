"""What the JSON shows, field by field. Nothing is shown because a row happens to have it (attacks C11, L02)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictInt


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


class PictureOut(Schema):
    """`url` is absolute. The picture goes when its comment goes."""

    url: str
    width: int
    height: int
    alt: str


class CommentOut(Schema):
    """A comment that everybody may read. `replies` are the first ones; `more_replies_count` says how many follow."""

    id: int
    parent_id: int | None
    name: str
    badge: str
    written_at: datetime
    edited_at: datetime | None
    html: str
    picture: PictureOut | None
    up_count: int
    down_count: int
    is_gone: bool
    is_pinned: bool
    is_featured: bool
    is_agreed: bool
    url: str
    replies: list[CommentOut]
    more_replies_count: int


class Comments(Schema):
    thread_id: int
    comments_count: int
    is_open: bool
    sort: str
    filter: str
    items: list[CommentOut]
    next: str | None


class MarkOut(Schema):
    at_minor: int
    label: str


class CampaignOut(Schema):
    """Sums are whole minor units of `currency`; `raised_minor` is the sum of the ledger, and holds nothing promised.

    At most one of `section_id` and `story_id` is set; with neither it is the campaign of the whole site.
    """

    id: int
    title: str
    url: str
    section_id: int | None
    story_id: int | None
    currency: str
    goal_minor: int
    raised_minor: int
    givers_count: int
    on_the_way_minor: int
    pledged_monthly_minor: int
    pledged_yearly_minor: int
    marks: list[MarkOut]
    starts_on: date | None
    ends_on: date | None
    sentence: str
    promised_sentence: str


class Campaigns(Schema):
    items: list[CampaignOut]


class FieldProblem(Schema):
    field: str
    detail: str


class Problem(Schema):
    """Why a request was not answered: application/problem+json, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Incoming(Schema):
    """What nobody asked for is refused: a field spelled wrong must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class NewComment(Incoming):
    """`name` is asked of guests. `submission_key` tells a comment sent twice from two comments.

    `notify`: what to write to `email` about, once its owner has said yes there: replies to this comment, or all new
    comments of the thread.
    """

    text: str
    name: str = ""
    email: str = ""
    notify: Literal["", "replies", "thread"] = ""
    parent_id: int | None = Field(default=None, ge=1, le=2**63 - 1, strict=True)
    submission_key: str = Field(default="", max_length=64)


class EditedComment(Incoming):
    text: str


class VoteIn(Incoming):
    value: StrictInt


class OwnComment(CommentOut):
    """A comment by itself, without its replies."""

    thread_id: int
    state: str
    held_sentence: str
    held_because: str


class VoteOut(Schema):
    comment_id: int
    up_count: int
    down_count: int
    own_vote: int
