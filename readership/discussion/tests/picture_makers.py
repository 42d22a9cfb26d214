"""Files for tests: pictures as cameras and programs write them, and what pretends to be one."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from readership.discussion.models import Comment, Picture
from readership.discussion.picture_files import new_name, write_files
from readership.discussion.redrawing import redraw

PLACE = {1: "N", 2: (54.0, 10.0, 3.0)}
CAMERA = "Lantern Camera 3"


def add_picture(comment: Comment, *, alt: str = "", content: bytes = b"") -> Picture:
    """To a comment that stands already."""
    drawn, name = redraw(io.BytesIO(content or photo())), new_name()
    write_files(name, drawn)
    return Picture.objects.create(comment=comment, name=name, width=drawn.width, height=drawn.height, alt=alt)


def as_file(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def halves(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image if mode == "RGB" else image.convert(mode)


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return as_file(image or halves(), "JPEG", **{"quality": 95, **options})


def png(image: Image.Image | None = None, **options: Any) -> bytes:
    return as_file(image or halves(), "PNG", **options)


def photo(*, orientation: int = 1, has_profile: bool = True) -> bytes:
    """As a telephone writes it: with the place, the camera and which side was up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = orientation, CAMERA
    exif.get_ifd(0x8825).update(PLACE)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return jpeg(exif=exif, icc_profile=profile if has_profile else None, comment=CAMERA.encode())


def png_with_notes() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", CAMERA)
    notes.add_text("Comment", CAMERA, zip=True)
    return png(pnginfo=notes)


def animated(kind: str) -> bytes:
    """Three frames: halves, green, white."""
    others = [Image.new("RGB", (80, 40), colour) for colour in ("lime", "white")]
    options = {"lossless": True} if kind == "WEBP" else {}
    return as_file(halves(), kind, save_all=True, append_images=others, duration=100, **options)


def png_bomb(side: int = 50_000) -> bytes:
    """A few dozen bytes that say they are `side` × `side` pixels, and would be if somebody unpacked on."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (3 * side + 1), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def notes_bomb() -> bytes:
    """A small PNG with a note that unpacks to 200 MB."""
    note = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    whole = png()
    end = whole.index(b"IDAT") - 4
    return whole[:end] + _chunk(b"zTXt", note) + whole[end:]


def gif_bomb() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + gif_frame(65_535, 65_535) + b";"


def gif_frame(width: int, height: int) -> bytes:
    return b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\x00"


def gif_with_a_frame_larger_than_itself() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + gif_frame(65_535, 65_535) + b";"


def webp_bomb() -> bytes:
    """The head of an extended WebP of 16,383 × 16,383, the most there is, and a small frame in it."""
    frame = as_file(halves(), "WEBP", lossless=True)[12:]
    head = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + (16_382).to_bytes(3, "little") * 2
    animation = b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    placed = b"\0" * 6 + (79).to_bytes(3, "little") + (39).to_bytes(3, "little") + b"\x64\0\0\0" + frame
    chunks = head + animation + b"ANMF" + struct.pack("<I", len(placed)) + placed
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def scans_bomb() -> bytes:
    """A progressive JPEG whose last scan comes a thousand times: each goes over every pixel."""
    whole = jpeg(progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 1_000 + whole[-2:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
