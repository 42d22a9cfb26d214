"""How static files and pictures are sent, and that nothing else of the disk is (attacks B02, B03, B06)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.running import Running, copied, running

PNG = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"


@pytest.fixture(scope="module")
def filled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = copied(prepared, tmp_path_factory.mktemp("files"))
    files = {
        "static/site.0123456789ab.css": b"body{}" * 500,
        "static/site.css": b"body{}" * 500,
        "static/site.css.gz": b"not really gzip",
        "media/images/harbour.max-1600.png": PNG,
        "media/images/page.html": b"<script>alert(1)</script>",
        "media/images/drawing.svg": b"<svg onload='alert(1)'/>",
        "media/original_images/harbour.png": PNG,
        "media/documents/contract.pdf": b"%PDF",
        "secret.txt": b"secret",
    }
    for name, content in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    (home / "media/images/link.png").symlink_to(home / "secret.txt")
    with running(home) as server:
        yield server


def test_a_file_whose_name_tells_its_content_is_kept_for_ever(filled: Running) -> None:
    answer = filled.ask("/static/site.0123456789ab.css")

    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


def test_a_file_with_a_plain_name_is_looked_up_again(filled: Running) -> None:
    assert filled.ask("/static/site.css").headers["cache-control"] == "max-age=60, public"


def test_the_compressed_copy_is_sent_to_who_takes_it(filled: Running) -> None:
    assert filled.ask("/static/site.css", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_b02_a_picture_is_a_picture_whatever_it_holds(filled: Running) -> None:
    answer = filled.ask("/media/images/harbour.max-1600.png")

    assert (answer.status, answer.body) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["page.html", "drawing.svg"])
def test_b03_what_could_act_as_its_reader_is_downloaded_not_shown(filled: Running, name: str) -> None:
    answer = filled.ask(f"/media/images/{name}")

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/media/original_images/harbour.png",
        "/media/documents/contract.pdf",
        "/media/images/../../secret.txt",
        "/media/images/..%2f..%2fsecret.txt",
        "/media/images/%2e%2e/%2e%2e/secret.txt",
        "/media/images/..%5c..%5csecret.txt",
        "/media/images/%00",
        "/media/images/link.png",
        "/media/images/",
        "/media/",
        "/media//etc/passwd",
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static//etc/passwd",
    ],
)
def test_b06_b07_no_other_file_can_be_had_and_the_answer_names_none(filled: Running, path: str) -> None:
    answer = filled.raw(f"GET {path} HTTP/1.1", "Host: 127.0.0.1")

    assert answer.startswith("HTTP/1.1 404")
    assert "secret" not in answer.partition("\r\n\r\n")[2]
    assert str(filled.home) not in answer


def test_a_picture_that_the_browser_has_is_not_sent_again(filled: Running) -> None:
    first = filled.ask("/media/images/harbour.max-1600.png")

    again = filled.ask("/media/images/harbour.max-1600.png", If_None_Match=first.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert again.headers["x-content-type-options"] == "nosniff"


def test_a_part_of_a_picture_can_be_asked_for(filled: Running) -> None:
    answer = filled.ask("/media/images/harbour.max-1600.png", Range="bytes=0-3")

    assert (answer.status, answer.body) == (206, PNG[:4])
