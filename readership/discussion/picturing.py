"""A picture comes with a comment, changes its words, and goes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from readership.discussion.errors import DiscussionError, PictureNotKept
from readership.discussion.models import Comment, Picture
from readership.discussion.models.picture import ALT_LENGTH
from readership.discussion.picture_files import delete_files, new_name, write_files
from readership.discussion.redrawing import redraw
from readership.lib.text import clean_line
from readership.pagecache import changed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """What came with the form, not looked at yet."""

    file: UploadedFile[bytes]
    alt: str = ""

    def digest(self) -> str:
        sha = hashlib.sha256()
        for chunk in self.file.chunks():
            sha.update(chunk)
        return sha.hexdigest()


def may_attach(*, is_reader: bool) -> bool:
    return settings.COMMENT_PICTURES == "everyone" or (settings.COMMENT_PICTURES == "readers" and is_reader)


@dataclass(frozen=True)
class PictureChange:
    """What the writer wants of the picture that stands with the comment."""

    alt: str
    is_dropped: bool = False


@contextmanager
def kept(upload: Upload | None) -> Iterator[Picture | None]:
    """A picture without its row, its files written; they go again when the post is refused.

    Drawing and writing take time, so call it outside of a transaction. Raises PictureRefused.
    """
    if upload is None:
        yield None
        return
    picture = _keep(upload)
    try:
        yield picture
    except (DiscussionError, IntegrityError):
        # After any other fault nobody knows whether the row stands: then forget_strays() looks, later.
        delete_files(picture.name)
        raise


def _keep(upload: Upload) -> Picture:
    upload.file.seek(0)
    drawn = redraw(upload.file)
    name = new_name()
    try:
        write_files(name, drawn)
    except OSError as fault:
        log.exception("A picture could not be written.")
        raise PictureNotKept from fault
    return Picture(name=name, width=drawn.width, height=drawn.height, alt=_alt(upload.alt))


def _alt(given: str) -> str:
    return clean_line(given)[:ALT_LENGTH]


def change_picture(*, comment: Comment, change: PictureChange) -> None:
    """Where there is none, nothing happens."""
    if change.is_dropped:
        drop_picture(comment=comment)
        return
    Picture.objects.filter(comment=comment).update(alt=_alt(change.alt))
    changed(f"thread:{comment.thread_id}", comment.tag)


@transaction.atomic
def drop_picture(*, comment: Comment) -> None:
    """For good: the row now, the files once that is sure."""
    for picture in Picture.objects.filter(comment=comment):
        picture.delete()
        transaction.on_commit(partial(delete_files, picture.name))
        changed(f"thread:{comment.thread_id}", comment.tag)
