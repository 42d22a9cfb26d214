"""A reader does not want to read somebody any more. Nobody else notices."""

from __future__ import annotations

from datetime import datetime

from readership.discussion.errors import MuteRefused, NotThere
from readership.discussion.models import Comment, Mute
from readership.readers.models import Reader


def mute_writer(*, reader: Reader, comment: Comment, now: datetime) -> Mute:
    """Mute whoever wrote `comment`. Twice is once. Raises MuteRefused for one's own comment and for the newsroom."""
    if comment.reader_id == reader.pk or (comment.reader and comment.reader.is_staff):
        raise MuteRefused
    if not comment.reader_id and not comment.guest_id:
        raise NotThere  # Of an older site: nobody here wrote it.
    mute, _is_new = Mute.objects.get_or_create(
        reader=reader,
        muted_reader_id=comment.reader_id,
        muted_guest_id=comment.guest_id,
        defaults={"name": comment.author_name, "muted_at": now},
    )
    return mute


def lift_mute(*, reader: Reader, mute_id: int) -> None:
    Mute.objects.filter(pk=mute_id, reader=reader).delete()
