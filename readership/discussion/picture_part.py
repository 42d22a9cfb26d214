"""The picture of a comment as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from readership.discussion.models import Comment, Picture, State
from readership.lib.redrawing import SMALL_SIDE, fitted

# The most that it takes of the page, in CSS pixels: a column wide, and so high that a long comment still shows both.
WIDEST, HIGHEST = 584, 320


@dataclass(frozen=True)
class PicturePart:
    """`width` and `height` are of `url`, the full size; `shown_width` and `shown_height` of its place in the page."""

    url: str
    width: int
    height: int
    small_url: str
    shown_width: int
    shown_height: int
    alt: str


def picture_part(comment: Comment) -> PicturePart | None:
    """None without one, and where the comment is gone. One query, unless the picture was fetched with the comment."""
    picture: Picture | None = None if comment.is_gone else getattr(comment, "picture", None)
    return part_of(picture, comment) if picture else None


def alt_of(comment: Comment) -> str:
    """As its writer gave it; "" without a picture."""
    picture: Picture | None = getattr(comment, "picture", None)
    return picture.alt if picture else ""


def part_of(picture: Picture, comment: Comment) -> PicturePart:
    # What everybody may see is the same for everybody, and the page cache keeps it; the rest asks who looks.
    place = "/talk/pictures" if comment.state == State.PUBLISHED else "/discuss/pictures"
    small = fitted(picture.width, picture.height, SMALL_SIDE, SMALL_SIDE)
    shown_width, shown_height = fitted(*small, WIDEST, HIGHEST)
    return PicturePart(
        url=f"{place}/full/{picture.name}.webp",
        width=picture.width,
        height=picture.height,
        small_url=f"{place}/small/{picture.name}.webp",
        shown_width=shown_width,
        shown_height=shown_height,
        alt=picture.alt or _("Picture in the comment by %(name)s") % {"name": comment.author_name},
    )
