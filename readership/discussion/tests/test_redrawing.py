"""What a stranger's file becomes: pixels of ours, or a refusal (attacks B01 to B04, B11)."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable

import psutil
import pytest
from PIL import Image, ImageCms

from readership.discussion.errors import NotAPicture, PictureNotKept, PictureTooLarge
from readership.discussion.redrawing import redraw
from readership.discussion.tests import picture_makers as files
from readership.lib import redrawing
from readership.lib.redrawing import Redrawn, fitted

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
MEGABYTE = 1024 * 1024


def drawn(content: bytes) -> Redrawn:
    return redraw(io.BytesIO(content))


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    seen = image.convert("RGBA" if len(colour) == 4 else "RGB").getpixel(place)
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 40 for one, other in zip(seen, colour, strict=True))


HARMLESS = {
    "jpeg": files.jpeg,
    "progressive jpeg": lambda: files.jpeg(progressive=True),
    "cmyk jpeg": lambda: files.jpeg(files.halves(mode="CMYK")),
    "png": files.png,
    "interlaced palette": lambda: files.png(files.halves(mode="P")),
    "palette with transparency": lambda: files.png(files.halves(mode="P"), transparency=255),
    "webp": lambda: files.as_file(files.halves(), "WEBP", lossless=True),
    "gif": lambda: files.as_file(files.halves(), "GIF"),
    "photo": files.photo,
    "with notes": files.png_with_notes,
    "animated gif": lambda: files.animated("GIF"),
    "animated png": lambda: files.animated("PNG"),
    "animated webp": lambda: files.animated("WEBP"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_every_kind_of_picture_becomes_one_webp_frame_with_the_same_pixels(kind: str) -> None:
    made = drawn(HARMLESS[kind]())

    image = opened(made.full)
    assert (image.format, image.size, getattr(image, "n_frames", 1)) == ("WEBP", (80, 40), 1)
    assert (made.width, made.height) == (80, 40)
    assert is_near(image, (10, 20), RED)
    assert is_near(image, (70, 20), BLUE)


@pytest.mark.parametrize("mode", ["I;16", "L", "1"])
def test_grey_stays_grey_in_whatever_depth_it_comes(mode: str) -> None:
    grey = Image.new("I;16", (40, 40), 0x8000) if mode == "I;16" else Image.new(mode, (40, 40), 128)

    image = opened(drawn(files.png(grey)).full)

    assert is_near(image, (20, 20), (128, 128, 128) if mode != "1" else WHITE)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_seen_through_stays_so(mode: str) -> None:
    image = Image.new("RGBA", (40, 40), (255, 255, 255, 0))
    image.paste((0, 0, 0, 255), (20, 0, 40, 40))

    seen = opened(drawn(files.png(image.convert(mode))).full).convert("RGBA")

    assert is_near(seen, (35, 20), (0, 0, 0, 255))
    alpha = seen.getpixel((5, 20))
    assert isinstance(alpha, tuple)
    assert alpha[3] < 10


def test_an_alpha_channel_that_hides_nothing_is_left_out() -> None:
    assert opened(drawn(files.png(files.halves(mode="RGBA"))).full).mode == "RGB"


@pytest.mark.parametrize(
    "content",
    [files.photo(), files.photo(has_profile=False), files.png_with_notes()],
    ids=["photo", "photo without profile", "notes"],
)
def test_b11_nothing_but_pixels_is_left_of_it(content: bytes) -> None:
    assert files.CAMERA.encode() in content or b"zTXt" in content

    made = drawn(content)

    for written in (made.full, made.small):
        assert not [chunk for chunk in (b"EXIF", b"XMP ", b"ICCP", b"VP8X", files.CAMERA.encode()) if chunk in written]
        assert dict(opened(written).getexif()) == {}


# Where the red half is to be seen, by what the camera wrote.
UPRIGHT = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_b11_it_stands_upright_without_being_told(orientation: int) -> None:
    image = opened(drawn(files.photo(orientation=orientation)).full)

    side = UPRIGHT[orientation]
    assert image.size == ((80, 40) if side in {"left", "right"} else (40, 80))
    width, height = image.size
    place = {
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
    }[side]
    assert is_near(image, place, RED)


def test_colours_of_another_profile_are_those_that_were_meant() -> None:
    """In this profile the red that the file says is what everybody else calls blue."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = usual.replace(b"rXYZ", b"kept").replace(b"bXYZ", b"rXYZ").replace(b"kept", b"bXYZ")

    assert is_near(opened(drawn(files.png(icc_profile=turned)).full), (10, 20), BLUE)


def test_a_profile_that_cannot_be_read_does_not_spoil_the_picture() -> None:
    assert is_near(opened(drawn(files.png(icc_profile=b"\0" * 200)).full), (10, 20), RED)


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left_so() -> None:
    large = drawn(files.jpeg(files.halves(4_000, 3_000)))

    assert opened(large.full).size == (large.width, large.height) == (1600, 1200)
    assert opened(large.small).size == (800, 600)
    assert opened(drawn(files.png()).small).size == (80, 40)


@pytest.mark.parametrize(("size", "box", "expected"), [((800, 600), (560, 320), (427, 320)), ((10, 5_000), (560, 320), (1, 320)), ((80, 40), (560, 320), (80, 40))])  # fmt: skip
def test_fitted(size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]) -> None:
    assert fitted(*size, *box) == expected


HTML = b"<script>alert(1)</script>"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)
EXIF_SVG = b"\xff\xd8\xff\xe0" + SVG
PHP = b"\xff\xd8\xff\xe0\x00\x10JFIF<?php system($_GET['c']); ?>"


REFUSED = {
    "b01 php with the first bytes of a jpeg": PHP,
    "b02 html with the first bytes of a png": b"\x89PNG\r\n\x1a\n" + HTML,
    "b03 svg": SVG,
    "b03 svg with the first bytes of a jpeg": EXIF_SVG,
    "empty": b"",
    "one byte": b"\xff",
    "text": b"The pier is new.",
    "truncated jpeg": files.jpeg(files.halves(400, 400))[:900],
    "truncated png": files.png(files.halves(400, 400))[:-40],
    "bmp": files.as_file(files.halves(), "BMP"),
    "tiff": files.as_file(files.halves(), "TIFF"),
    "icon": files.as_file(files.halves(64, 64), "ICO"),
    "postscript": files.as_file(files.halves(), "EPS"),
    "pdf": files.as_file(files.halves(), "PDF"),
    "avif": files.as_file(files.halves(), "AVIF"),
    "scans": files.scans_bomb(),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_b01_b03_what_is_no_picture_is_refused(kind: str) -> None:
    with pytest.raises(NotAPicture):
        drawn(REFUSED[kind])


@pytest.mark.parametrize("before", [files.png, files.jpeg, lambda: files.as_file(files.halves(), "GIF")])
def test_b02_of_a_file_that_is_two_things_only_the_pixels_are_kept(before: Callable[[], bytes]) -> None:
    """HTML behind a picture, and an archive behind a GIF as in a GIFAR."""
    made = drawn(before() + HTML + b"PK\x03\x04META-INF/MANIFEST.MF")

    for written in (made.full, made.small):
        assert b"script" not in written
        assert b"PK\x03\x04" not in written
        assert written.startswith(b"RIFF")


BOMBS = {
    "png of 50,000 × 50,000": files.png_bomb,
    "png a little too large": lambda: files.png_bomb(3_536),
    "gif": files.gif_bomb,
    "gif with a frame larger than itself": files.gif_with_a_frame_larger_than_itself,
    "webp": files.webp_bomb,
    "jpeg": lambda: files.jpeg(Image.new("L", (5_001, 5_000))),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_b04_a_bomb_is_refused_by_what_it_says_of_itself(kind: str) -> None:
    content = BOMBS[kind]()
    before = _memory()

    with pytest.raises(PictureTooLarge):
        drawn(content)

    assert len(content) < MEGABYTE
    assert _memory() - before < 50 * MEGABYTE


def test_b04_a_note_that_unpacks_to_very_much_is_not_unpacked() -> None:
    content = files.notes_bomb()
    before = _memory()

    with pytest.raises(NotAPicture):
        drawn(content)

    assert _memory() - before < 50 * MEGABYTE


def _memory() -> int:
    return int(psutil.Process(os.getpid()).memory_info().rss)


def test_b04_pictures_are_drawn_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one waits for its turn, and is told when that takes too long."""
    monkeypatch.setattr(redrawing, "LONGEST_WAIT", 0.2)
    redrawing._turn.acquire()
    try:
        refused: list[type[BaseException]] = []

        def send() -> None:
            try:
                drawn(files.png())
            except PictureNotKept as refusal:
                refused.append(type(refusal))

        sender = threading.Thread(target=send)
        sender.start()
        sender.join(5)
        assert refused == [PictureNotKept]
    finally:
        redrawing._turn.release()
    assert drawn(files.png()).width == 80


def test_the_turn_is_given_back_after_a_refusal() -> None:
    for _time in range(3):
        with pytest.raises(NotAPicture):
            drawn(SVG)
