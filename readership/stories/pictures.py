"""Pictures as pages show them. The list of sizes is fixed: nobody can make us draw others (attack B12)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Stories hold blocks, and blocks show pictures: only the types point back.
    from readership.stories.models.image import NewsImage, NewsRendition

log = logging.getLogger(__name__)

WIDTHS = (400, 800, 1200, 1600)
# What browsers that know no srcset get, and what is shared.
USUAL_WIDTH = 1200
SPECS = tuple(f"width-{width}|format-webp|webpquality-78" for width in WIDTHS)
FULL_SIZE = "max-2400x2400|format-webp|webpquality-85"
ALL_SPECS = (*SPECS, FULL_SIZE)


@dataclass(frozen=True)
class PicturePart:
    """`srcset` holds every width that the picture is large enough for; `url` is the one for old browsers."""

    url: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    licence: str
    full_size_url: str


def picture_part(
    image: NewsImage | None, *, caption: str = "", alt: str = "", is_decorative: bool = False
) -> PicturePart | None:
    """Renditions are made once and kept; one query when all are there, none when they were prefetched.

    None when there is no picture or its file is lost: the story is worth reading without it.
    """
    if image is None:
        return None
    try:
        renditions = image.get_renditions(*ALL_SPECS)
    except OSError:
        log.warning("A picture cannot be drawn", extra={"picture": image.pk}, exc_info=True)
        return None
    by_width = {renditions[spec].width: renditions[spec] for spec in SPECS}
    usual = _usual(by_width)
    return PicturePart(
        url=usual.url,
        srcset=", ".join(f"{rendition.url} {width}w" for width, rendition in sorted(by_width.items())),
        width=usual.width,
        height=usual.height,
        alt="" if is_decorative else alt or image.alt,
        caption=caption or image.caption,
        credit=image.credit,
        licence=image.licence,
        full_size_url=renditions[FULL_SIZE].url,
    )


def _usual(by_width: dict[int, NewsRendition]) -> NewsRendition:
    return by_width[max((width for width in by_width if width <= USUAL_WIDTH), default=min(by_width))]
