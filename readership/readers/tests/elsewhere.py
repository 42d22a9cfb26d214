"""A place that speaks OpenID Connect, on this machine: it says of whoever asks what a test told it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Elsewhere:
    url: str
    person: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """As SOCIALACCOUNT_PROVIDERS has it."""
        app = {
            "provider_id": "town",
            "name": "Town card",
            "client_id": "us",
            "secret": "ours",
            "settings": {"server_url": f"{self.url}/.well-known/openid-configuration"},
        }
        return {"openid_connect": {"APPS": [app]}}

    def answer(self, path: str) -> dict[str, Any]:
        answers: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/me",
                "jwks_uri": f"{self.url}/keys",
            },
            "/token": {"access_token": "x", "token_type": "Bearer"},
            "/me": self.person,
        }
        return answers[path]


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    place = Elsewhere("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(place.answer(self.path.partition("?")[0])).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    place.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
