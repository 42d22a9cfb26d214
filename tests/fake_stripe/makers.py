"""What the tests of the fake have in common: sessions through the SDK, and a receiver of webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import stripe

SITE = "http://127.0.0.1:9/thanks?session={CHECKOUT_SESSION_ID}"


def gift_session(
    client: stripe.StripeClient, *, amount: int = 2500, currency: str = "eur", **more: Any
) -> stripe.checkout.Session:
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "A gift"}}
    params: Any = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": SITE,
        "cancel_url": "http://127.0.0.1:9/support",
        "metadata": {"gift": "7"},
        "payment_intent_data": {"metadata": {"gift": "7"}},
        **more,
    }
    return client.v1.checkout.sessions.create(params)


def pledge_session(
    client: stripe.StripeClient, *, amount: int = 1000, interval: str = "month", **more: Any
) -> stripe.checkout.Session:
    price = {
        "currency": "eur",
        "unit_amount": amount,
        "product_data": {"name": "A pledge"},
        "recurring": {"interval": interval},
    }
    params: Any = {
        "mode": "subscription",
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": SITE,
        "subscription_data": {"metadata": {"pledge": "3"}},
        **more,
    }
    return client.v1.checkout.sessions.create(params)


@dataclass
class Receiver:
    """Keeps every webhook that comes; answers with `status`."""

    url: str
    status: int = 200
    bodies: list[str] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [json.loads(body)["id"] for body in self.bodies]

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for body in self.bodies]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver = cast(_Server, self.server).receiver
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        receiver.bodies.append(body)
        receiver.signatures.append(self.headers["Stripe-Signature"] or "")
        self.send_response(receiver.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/webhooks/")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
