"""Who wrote a comment, as far as they have an account: their picture, their page, their mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from readership.discussion.models import Comment
from readership.readers.avatars import Avatar, avatar_of
from readership.readers.models import Reader
from readership.readers.profiles import has_public_page, profile_url

SHOWN = ("name", "avatar_seed", "avatar_name", "is_supporter", "has_profile", "is_active", "last_login")


@dataclass(frozen=True)
class WriterPart:
    avatar: Avatar | None = None
    profile_url: str = ""
    is_supporter: bool = False


NOBODY_KNOWN = WriterPart()


def fetch_writers(comments: Iterable[Comment]) -> None:
    """One query for all of them; none where only guests wrote."""
    by_readers = [comment for comment in comments if comment.reader_id]
    if by_readers:
        prefetch_related_objects(by_readers, Prefetch("reader", Reader.objects.only(*SHOWN)))


def writer_part(comment: Comment) -> WriterPart:
    """Only what fetch_writers() brought: a comment asks for nothing by itself."""
    reader: Reader | None = comment._state.fields_cache.get("reader")
    if reader is None or comment.is_gone:
        return NOBODY_KNOWN
    page = profile_url(reader) if has_public_page(reader) else ""
    return WriterPart(avatar_of(reader), page, reader.is_supporter)
