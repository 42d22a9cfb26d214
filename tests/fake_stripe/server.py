"""HTTP: the API under /v1/, the hosted pages beside it. Listens on this machine only."""

from __future__ import annotations

import contextlib
import socket
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from tests.fake_stripe import pages, visiting
from tests.fake_stripe.api import Api, Asked, Given, NoAnswerError
from tests.fake_stripe.things import Thing
from tests.fake_stripe.world import World

PAGES = ("/c/pay/", "/p/session/")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.api: Api


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Quiet: a test reads `api.log`."""

    def _answer(self) -> None:
        api = cast(Server, self.server).api
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        headers = {name.title(): value for name, value in self.headers.items()}
        try:
            if parts.path.startswith("/v1/"):
                given = api.answer(
                    Asked(self.command, parts.path, parts.query if self.command != "POST" else body, headers)
                )
            else:
                given = self._page(api, parts.path, body)
        except NoAnswerError:
            self._hang_up()
            return
        except Exception:
            # A mistake in the fake itself must not pass for one of Stripe's faults.
            traceback.print_exc()
            given = Given(500, b"the fake itself broke: see its standard error", {"Content-Type": "text/plain"})
        self._send(given)

    def _page(self, api: Api, path: str, body: str) -> Given:
        sent = dict(parse_qsl(body))
        if path == "/":
            world = next(iter(api.worlds.values()))
            said = visiting.press_desk(world, sent) if self.command == "POST" else ""
            with world.lock:
                return _html(visiting.Shown(pages.desk(world, said=said)))
        world, thing = _found(api, path)
        with world.lock:
            shown = visiting.press(world, thing, sent) if self.command == "POST" else visiting.open_page(world, thing)
        return _html(shown)

    def _send(self, given: Given) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(given.body)
        self.close_connection = True

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def _found(api: Api, path: str) -> tuple[World, Thing | None]:
    thing_id = path.rsplit("/", 1)[-1] if path.startswith(PAGES) else ""
    worlds = list(api.worlds.values())
    return next(((world, world.things[thing_id]) for world in worlds if thing_id in world.things), (worlds[0], None))


def _html(shown: visiting.Shown) -> Given:
    if shown.goes_to:
        return Given(303, b"", {"Location": shown.goes_to})
    return Given(
        shown.status, shown.html.encode(), {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    )
