"""News in a browser: encrypted for it alone, once, to the browsers' own services and nowhere else (attack H01)."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.following.models import PushSubscription
from readership.following.push_services import is_push_service, public_key
from readership.following.pushing import ensure_key
from readership.following.subscribing import MOST, subscribe
from readership.following.tests.makers import GONE, HERE, make_address, make_follow, pump, rain
from readership.outbox.models import OutboxItem
from readership.readers.address_links import Purpose, token_of
from readership.readers.models import MailAddress

pytestmark = pytest.mark.django_db
AUTH = b"0123456789abcdef"


class Service:
    """A push service on loopback, and the browser behind it."""

    def __init__(self, port: int) -> None:
        self.endpoint = f"http://127.0.0.1:{port}/push/1"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.status, self.location = 201, ""
        self.came: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def keys(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": _text(point), "auth": _text(AUTH)}

    def read(self) -> list[dict[str, Any]]:
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH)) for _p, _h, body in self.came
        ]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    found = Service(server.server_port)
    settings.PUSH_SERVICES, settings.PUSH_SCHEME = ["127.0.0.1"], "http"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ann(service: Service) -> MailAddress:
    address = make_address("ann@example.org")
    make_follow(address)
    assert subscribe(address, endpoint=service.endpoint, now=timezone.now(), **service.keys)
    return address


def test_news_arrive_encrypted_for_the_browser_and_once(service: Service, ann: MailAddress) -> None:
    rain()
    pump()
    pump(later=timedelta(hours=1))

    (path, headers, body), told = service.came[0], service.read()
    assert told == [
        {"title": "Rain 1 · Weather", "body": "It rains.", "url": "http://127.0.0.1:8000/1/", "tag": "thread-7"}
    ]
    assert path == "/push/1"
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid t=")
    assert f"k={public_key()}" in headers["authorization"]
    assert b"rains" not in body
    assert "cookie" not in headers


def test_a_browser_that_is_gone_is_forgotten(service: Service, ann: MailAddress) -> None:
    service.status = 410
    rain()
    pump()

    assert not PushSubscription.objects.exists()
    assert not OutboxItem.objects.waiting().filter(kind="push").exists()


@pytest.mark.parametrize(("status", "waits"), [(500, True), (429, True), (403, False), (413, False)])
def test_a_service_that_fails_is_tried_again_and_one_that_refuses_is_not(
    service: Service, ann: MailAddress, status: int, waits: bool
) -> None:
    service.status = status
    rain()
    pump()

    assert OutboxItem.objects.waiting().filter(kind="push").exists() == waits
    assert PushSubscription.objects.exists()


def test_h01_a_redirect_is_not_followed(service: Service, ann: MailAddress) -> None:
    service.status, service.location = 307, service.endpoint.replace("/push/1", "/inside")
    rain()
    pump()

    assert [path for path, _headers, _body in service.came] == ["/push/1"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/1",
        "https://fcm.googleapis.com:8443/fcm/send/1",
        "https://127.0.0.1/push",
        "https://[::1]/push",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/push",
        "https://10.0.0.1/push",
        "https://2130706433/push",
        "https://fcm.googleapis.com@127.0.0.1/push",
        "https://127.0.0.1\\@fcm.googleapis.com/push",
        "https://fcm.googleapis.com.evil.example/push",
        "https://evilfcm.googleapis.com/push",
        "https://push.apple.com.evil.example/1",
        "https://fcm.googleapis.com:port/",
        "file:///etc/passwd",
        "",
    ],
)
def test_h01_no_other_place_is_taken_and_none_is_asked_that_was_stored(endpoint: str) -> None:
    address = make_address()
    keys = {"p256dh": "B" * 87, "auth": "A" * 22}

    assert not is_push_service(endpoint)
    assert not subscribe(address, endpoint=endpoint, now=timezone.now(), **keys)


def test_services_of_the_browsers_are_taken() -> None:
    for host in (
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        "db5p.notify.windows.com",
    ):
        assert is_push_service(f"https://{host}/some/path?token=1")


def test_what_was_removed_or_muted_meanwhile_is_not_pushed(service: Service, ann: MailAddress) -> None:
    GONE.add(1)
    rain(1)
    pump()

    assert service.came == []


def test_quiet_hours_are_quiet_there_too(service: Service, ann: MailAddress) -> None:
    now = timezone.now()
    MailAddress.objects.update(quiet_from=now.hour, quiet_until=(now.hour + 2) % 24, time_zone="UTC")

    rain()
    pump()

    assert service.came == []


def test_a_click_on_the_own_page_allows_it_and_another_ends_it(service: Service) -> None:
    ensure_key()
    address = make_address()
    page = f"/follow/yours/{token_of(Purpose.MANAGE, address)}/"

    shown = Client(headers=HERE).get(page).content.decode()
    Client(headers=HERE).post(f"{page}push/", {"endpoint": service.endpoint, **service.keys})
    assert PushSubscription.objects.get().address == address
    Client(headers=HERE).post(f"{page}push/end/")

    assert f'<push-switch key="{public_key()}"' in shown
    assert not PushSubscription.objects.exists()


def test_a_browser_that_changes_hands_shows_the_news_of_whoever_has_it_now(service: Service, ann: MailAddress) -> None:
    other = make_address()

    subscribe(other, endpoint=service.endpoint, now=timezone.now(), **service.keys)

    assert PushSubscription.objects.get().address == other


def test_an_address_has_a_bounded_number_of_browsers(service: Service) -> None:
    address = make_address()
    for number in range(MOST + 3):
        subscribe(address, endpoint=f"{service.endpoint}{number}", now=timezone.now(), **service.keys)

    assert PushSubscription.objects.count() == MOST


def test_the_keys_are_made_once_and_only_the_owner_reads_them(settings: Settings, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    assert public_key() == ""

    private = ensure_key()
    first = (private.read_bytes(), public_key())
    ensure_key()

    assert (private.read_bytes(), public_key()) == first
    assert private.stat().st_mode & 0o777 == 0o600
    assert len(public_key()) == 87
    assert sorted(file.name for file in tmp_path.iterdir()) == ["push.pem", "push.pub"]


def test_the_worker_is_a_script_that_the_browser_looks_at_anew() -> None:
    answer = Client(headers=HERE).get("/follow/push.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "fetch" not in answer.content.decode()
