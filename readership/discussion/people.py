"""The public page of a reader: what they say of themselves, and what everybody may read of them (L12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString
from wagtail.models import Page

from readership.discussion.models import Comment, State
from readership.discussion.models.comment import CommentQuerySet
from readership.discussion.parts import Addresses
from readership.discussion.showing import story_url
from readership.pagecache import depends_on
from readership.readers.avatars import Avatar, avatar_of
from readership.readers.models import Reader
from readership.readers.profiles import profile_url, tag_of
from readership.stories.openness import readable

PAGE = 20


@dataclass(frozen=True)
class WrittenPart:
    html: SafeString
    written_at: datetime
    story_title: str
    url: str
    up_count: int
    down_count: int


@dataclass(frozen=True)
class PersonPart:
    name: str
    bio: str
    avatar: Avatar
    is_staff: bool
    is_supporter: bool
    joined_at: datetime
    is_indexed: bool
    comments: tuple[WrittenPart, ...]
    is_first_page: bool
    first_url: str
    next_url: str


def person_part(reader: Reader, *, after: int | None) -> PersonPart:
    """Comments newest first, those below the id `after`. One query."""
    depends_on("site", tag_of(reader.pk))
    rows = _visible(reader)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    for comment in shown:
        thread = comment.thread
        depends_on(thread.tag, f"page:{thread.page_id}", f"story:{thread.page_id}")
    url = profile_url(reader)
    return PersonPart(
        name=reader.name,
        bio=reader.bio,
        avatar=avatar_of(reader),
        is_staff=reader.is_staff,
        is_supporter=reader.is_supporter,
        joined_at=reader.joined_at,
        is_indexed=reader.is_indexed,
        comments=tuple(map(_written, shown)),
        is_first_page=not after,
        first_url=url,
        next_url=f"{url}?after={shown[-1].pk}" if len(found) > PAGE else "",
    )


def _visible(reader: Reader) -> CommentQuerySet:
    open_pages = readable(Page.objects.live()).filter(pk=OuterRef("thread__page"))
    comments = Comment.objects.filter(Exists(open_pages), reader=reader, state=State.PUBLISHED)
    return comments.select_related("thread__page").defer("text_source")


def _written(comment: Comment) -> WrittenPart:
    return WrittenPart(
        # Made by rendering.py, which lets only safe tags through.
        html=SafeString(comment.text_html),
        written_at=comment.created_at,
        story_title=str(comment.thread.page),
        url=Addresses(story_url(comment.thread)).permalink(comment.pk),
        up_count=comment.up_count,
        down_count=comment.down_count,
    )
