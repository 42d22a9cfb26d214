"""A picture of one's own, in the place of the drawn one: drawn anew and square; nothing of the file itself is kept."""

from __future__ import annotations

import io
import secrets
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from readership.lib import redrawing
from readership.readers.avatars import avatar_path
from readership.readers.errors import PictureRefused
from readership.readers.models import Reader
from readership.readers.profiles import tell

SIDE = 160  # pixels; the largest that it is shown is 64 by 64, on a fine screen
QUALITY = 82
SAID = {
    redrawing.Unreadable: PictureRefused.message,
    redrawing.TooLarge: _("This picture has too many pixels. Please make it smaller, or choose another one."),
    redrawing.TooBusy: _("The picture could not be kept just now. Please try again in a moment."),
}


def change_picture(reader: Reader, file: IO[bytes]) -> None:
    """Raises PictureRefused. Draws before the transaction: whoever else writes does not wait for it."""
    square, name = _square(file), secrets.token_hex(16)
    try:
        default_storage.save(avatar_path(name), ContentFile(square))
    except OSError as full:
        raise PictureRefused(SAID[redrawing.TooBusy]) from full
    _name_picture(reader, name)


def drop_picture(reader: Reader) -> None:
    """Back to the drawn one; the file goes for good."""
    _name_picture(reader, "")


@transaction.atomic
def _name_picture(reader: Reader, name: str) -> None:
    locked = Reader.objects.select_for_update().get(pk=reader.pk)
    if locked.avatar_name:
        transaction.on_commit(partial(default_storage.delete, avatar_path(locked.avatar_name)))
    reader.avatar_name = locked.avatar_name = name
    locked.save(update_fields=["avatar_name"])
    tell(locked)


def _square(file: IO[bytes]) -> bytes:
    try:
        drawn = redrawing.redraw(file)
    except redrawing.Refused as refused:
        raise PictureRefused(SAID[type(refused)]) from refused
    with Image.open(io.BytesIO(drawn.small), formats=("WEBP",)) as image:
        square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    square.save(written, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()
