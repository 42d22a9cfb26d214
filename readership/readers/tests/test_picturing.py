"""A picture of one's own is drawn anew, small and square (attacks B01 to B04, B10)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from readership.readers.avatars import avatar_path
from readership.readers.models import Reader
from readership.readers.tests.makers import make_reader, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def browser() -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    sign_in(client, make_reader().email)
    return client


def photo(width: int = 900, height: int = 600) -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (width, height), (200, 30, 30)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def send(browser: Client, content: bytes, name: str = "me.jpg") -> Any:
    return browser.post("/account/picture/", {"picture": SimpleUploadedFile(name, content, "image/jpeg")})


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_it_becomes_a_small_square_that_says_nothing_of_the_file(browser: Client, media: Path) -> None:
    assert send(browser, photo()).status_code == 302

    (file,) = files(media)
    reader = Reader.objects.get()
    assert file == media / avatar_path(reader.avatar_name)
    assert b"taken at home" not in file.read_bytes()
    with Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (160, 160))
    assert (
        f"/media/avatars/{reader.avatar_name[:2]}/{reader.avatar_name}.webp"
        in browser.get("/account/").content.decode()
    )


def test_another_one_takes_its_place_and_the_first_is_gone(browser: Client, media: Path) -> None:
    send(browser, photo())
    first = Reader.objects.get().avatar_name

    send(browser, photo(300, 300))

    assert len(files(media)) == 1
    assert not default_storage.exists(avatar_path(first))


def test_taken_away_the_drawn_one_is_back(browser: Client, media: Path) -> None:
    send(browser, photo())

    browser.post("/account/picture/", {"drop": "1"})

    assert files(media) == []
    assert '<svg class="avatar' in browser.get("/account/").content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"0" * 100]
)
def test_b01_what_is_no_picture_is_refused_in_words(browser: Client, media: Path, content: bytes) -> None:
    answer = send(browser, content)

    assert answer.status_code == 400
    assert "This file is no picture that we can read." in answer.content.decode()
    assert files(media) == []


def test_b04_a_bomb_is_refused(browser: Client, media: Path) -> None:
    written = io.BytesIO()
    Image.new("1", (6_000, 6_000)).save(written, "PNG")

    answer = send(browser, written.getvalue())

    assert answer.status_code == 400
    assert "too many pixels" in answer.content.decode()


def test_b10_many_in_a_short_time_are_refused(browser: Client) -> None:
    statuses = [send(browser, photo(40, 40)).status_code for _ in range(6)]

    assert statuses == [302] * 4 + [400] * 2


def test_c01_nobody_changes_somebody_elses(browser: Client, media: Path) -> None:
    assert send(Client(headers={"Sec-Fetch-Site": "same-origin"}), photo()).status_code == 302
    assert files(media) == []
