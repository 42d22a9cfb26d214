"""Pictures fetched from an old site: only from public addresses, only so much (attacks H01–H05)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from readership.portability import fetching
from readership.portability.errors import RecordRefused
from readership.portability.fetching import Fetcher, fetch, is_public
from readership.portability.records import PictureRecord


class OldSite(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/picture.png")
            self.end_headers()
        elif self.path == "/round":
            self.send_response(301)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path.startswith("/picture"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a picture")
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 5_000)
        else:
            self.send_error(404)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def old_site() -> Iterator[str]:
    OldSite.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def anywhere(_address: str) -> bool:
    return True


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104 (refused)
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "not an address", "",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png", "http://[::1]/x.png", "http://localhost/x.png", "http://localhost./x.png",
        "http://2130706433/x.png", "http://0x7f000001/x.png", "http://0177.0.0.1/x.png", "http://127.1/x.png",
        "http://[::ffff:127.0.0.1]/x.png", "http://0/x.png",
    ],
)  # fmt: skip
def test_every_way_to_write_this_machine_is_refused(url: str) -> None:
    with pytest.raises(RecordRefused):
        fetch(url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/", "data:image/png,x", "//x/y", "x"]
)
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(RecordRefused):
        fetch(url, may_connect=anywhere)


def test_a_picture_is_fetched(old_site: str) -> None:
    assert fetch(f"{old_site}/picture.png", may_connect=anywhere) == b"a picture"


def test_a_redirect_is_followed_and_judged_again(old_site: str) -> None:
    assert fetch(f"{old_site}/moved", may_connect=anywhere) == b"a picture"

    judged: list[str] = []

    def first_only(address: str) -> bool:
        judged.append(address)
        return len(judged) == 1

    with pytest.raises(RecordRefused, match="private network"):
        fetch(f"{old_site}/moved", may_connect=first_only)
    assert len(judged) == 2


def test_redirects_in_a_circle_end(old_site: str) -> None:
    with pytest.raises(RecordRefused, match="without end"):
        fetch(f"{old_site}/round", may_connect=anywhere)
    assert len(OldSite.asked) == 4


def test_a_picture_that_is_too_large_is_not_read_to_its_end(old_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 1_000)

    with pytest.raises(RecordRefused, match="larger"):
        fetch(f"{old_site}/large", may_connect=anywhere)


def test_what_the_old_site_refuses_is_said(old_site: str) -> None:
    with pytest.raises(RecordRefused, match="404"):
        fetch(f"{old_site}/gone", may_connect=anywhere)


def test_a_picture_is_fetched_once_and_its_name_leads_nowhere(old_site: str, tmp_path: Path) -> None:
    find = Fetcher(tmp_path, may_connect=anywhere)
    record = PictureRecord("7", "Pier", url=f"{old_site}/picture/..%2f..%2fpier.png")

    first, second = find(record), find(record)

    assert first == second
    assert first is not None
    assert first.parent == tmp_path
    assert len(OldSite.asked) == 1


def test_a_line_break_in_an_address_sends_no_second_request(old_site: str) -> None:
    with pytest.raises(RecordRefused):
        fetch(f"{old_site}/x%0d%0aHost:%20evil\r\n\r\nGET /picture", may_connect=anywhere)
    assert "/picture" not in OldSite.asked
