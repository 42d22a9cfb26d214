"""Pure: whatever a stranger sends as a picture is drawn anew, or refused. Nothing of the file itself is kept.

What is drawn holds pixels only: no place, no camera, no colour profile, no second frame, no bytes behind the end
(attacks B01 to B04, B11).
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageCms

# Decoders that everybody's browser has too. SVG is a program, and HEIF no browser shows.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A JPEG is decoded at a half or a quarter of its size; the others need up to 20 bytes of memory for each pixel.
MOST_PIXELS_OF_JPEG, MOST_PIXELS = 25_000_000, 12_500_000
# Each scan of a JPEG goes over all its pixels. Cameras write one, or about ten.
MOST_SCANS, SCAN = 64, b"\xff\xda"
FULL_SIDE, SMALL_SIDE = 1600, 800
QUALITY = 80
LONGEST_WAIT = 10.0  # seconds for the turn of another picture
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# One at a time in each process: what one picture takes of the memory, ten at once would take ten times.
_turn = threading.BoundedSemaphore()


class Refused(Exception):
    """The file cannot be drawn anew."""


class Unreadable(Refused):
    pass


class TooLarge(Refused):
    pass


class TooBusy(Refused):
    """Too many others wait for their turn."""


@dataclass(frozen=True)
class Redrawn:
    """Two WebP files of one picture. `width` and `height` are of the full one."""

    full: bytes
    small: bytes
    width: int
    height: int


def redraw(file: IO[bytes]) -> Redrawn:
    """Raises Unreadable, TooLarge or TooBusy."""
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise TooBusy
    try:
        return _redrawn(file)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooLarge from bomb
    except Exception as broken:
        # A decoder that is given garbage raises whatever it stumbles over.
        raise Unreadable from broken
    finally:
        _turn.release()


def fitted(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """The size that fits into the box with the same proportions; never larger than it is."""
    scale = min(1, most_width / width, most_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _redrawn(file: IO[bytes]) -> Redrawn:
    with Image.open(file, formats=FORMATS) as opened:
        _refuse_bombs(opened, file)
        # Only JPEG can, and does it while it decodes.
        opened.draft(None, (FULL_SIDE, FULL_SIDE))
        turn, profile = _turn_of(opened), opened.info.get("icc_profile")
        image = _plain(opened)
    image.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
    image = _in_usual_colours(image, profile)
    if turn is not None:
        image = image.transpose(turn)
    small = image.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Redrawn(_encoded(image), _encoded(small), image.width, image.height)


def _refuse_bombs(image: Image.Image, file: IO[bytes]) -> None:
    """Before anything is decoded: what the file says of itself is enough."""
    is_jpeg = image.format in {"JPEG", "MPO"}
    if image.width * image.height > (MOST_PIXELS_OF_JPEG if is_jpeg else MOST_PIXELS):
        raise TooLarge
    if is_jpeg:
        place = file.tell()
        file.seek(0)
        if file.read().count(SCAN) > MOST_SCANS:
            raise Unreadable
        file.seek(place)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:
        # A picture is not worse for what a camera wrote wrong beside it.
        return None


def _plain(image: Image.Image) -> Image.Image:
    """The first frame, in a mode that can be made smaller: grey, CMYK, or RGB with or without an alpha channel."""
    image.load()
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _in_usual_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """As sRGB, which is what a picture without a profile is taken for."""
    is_opaque = image.mode != "RGBA" or image.getchannel("A").getextrema() == (255, 255)
    mode = "RGB" if is_opaque else "RGBA"
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            usual = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, given, usual, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert(mode)


def _encoded(image: Image.Image) -> bytes:
    drawn = io.BytesIO()
    image.save(drawn, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return drawn.getvalue()
