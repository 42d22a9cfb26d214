"""A picture that comes with a comment, drawn anew (lib.redrawing), or refused in words for its writer."""

from __future__ import annotations

from typing import IO

from readership.discussion.errors import NotAPicture, PictureNotKept, PictureTooLarge
from readership.lib import redrawing
from readership.lib.redrawing import Redrawn

IN_OUR_WORDS = {
    redrawing.Unreadable: NotAPicture,
    redrawing.TooLarge: PictureTooLarge,
    redrawing.TooBusy: PictureNotKept,
}


def redraw(file: IO[bytes]) -> Redrawn:
    """Raises NotAPicture, PictureTooLarge, or PictureNotKept when too many others wait."""
    try:
        return redrawing.redraw(file)
    except redrawing.Refused as refused:
        raise IN_OUR_WORDS[type(refused)] from refused
