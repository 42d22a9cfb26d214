"""News to browsers, through their push services, encrypted for the one browser (RFC 8030, 8291, 8292).

Loaded only where it is done, in the background: what it needs takes 20 MB that no worker of the web should carry.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid
from pywebpush import WebPushException, webpush

from readership.following.letters import speaking_to
from readership.following.links import absolute
from readership.following.models import Muted, PushSubscription
from readership.following.plain import defused
from readership.following.push_services import is_push_service
from readership.following.registry import News, news_of
from readership.lib.text import excerpt
from readership.outbox.registry import Lane, handles
from readership.readers.models import StopReason

GONE = {404, 410}
# It will not be taken the next time either.
REFUSED = {400, 401, 403, 413}
PATIENCE = 10.0  # seconds
WORTH_KNOWING_FOR = 12 * 3600
LONGEST_WORDS = 160


def ensure_key() -> Path:
    """The newsroom's own pair of keys, made once. A new pair would cut off every browser."""
    private, public = settings.HOME / "push.pem", settings.HOME / "push.pub"
    if not private.exists():
        _store(private, _new_key().private_pem())
    if not public.exists():
        point = Vapid.from_file(str(private)).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        _store(public, base64.urlsafe_b64encode(point).rstrip(b"="))
    return private


def _new_key() -> Vapid:
    key = Vapid()
    key.generate_keys()
    return key


def _store(path: Path, content: bytes) -> None:
    """Whole or not at all, and not over one that somebody else made a moment ago."""
    made = path.with_suffix(f".{os.getpid()}")
    with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()


class Straight(requests.Session):
    """Goes where it was sent, and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def post(self, url: Any, data: Any = None, json: Any = None, **more: Any) -> requests.Response:
        return super().post(url, data=data, json=json, **{**more, "allow_redirects": False})


@handles("push", lane=Lane.PUSH)
def push(payload: dict[str, Any]) -> None:
    subscription = PushSubscription.objects.select_related("address").filter(pk=payload["subscription"]).first()
    if subscription is None or not is_push_service(subscription.endpoint):
        return
    address = subscription.address
    is_unwanted = address.stopped_because == StopReason.REFUSED
    if is_unwanted or Muted.objects.filter(address=address, about=payload["about"]).exists():
        return
    with speaking_to(address):
        news = news_of(payload["news"], [payload["item_id"]], address).get(payload["item_id"])
    if news is not None:
        _send(subscription, _told(news, payload["about"]), about=payload["about"])


def _told(news: News, about: str) -> str:
    words = excerpt(defused(news.words, link="…"), LONGEST_WORDS)
    title = f"{defused(news.heading, link='…')} · {news.place}"
    return json.dumps({"title": title, "body": words, "url": absolute(news.url), "tag": about})


def _send(subscription: PushSubscription, told: str, *, about: str) -> None:
    try:
        with Straight() as session:
            webpush(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                },
                data=told,
                vapid_private_key=str(ensure_key()),
                vapid_claims={"sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"},
                ttl=WORTH_KNOWING_FOR,
                timeout=PATIENCE,
                # Of one thread, a service that could not deliver keeps the latest only.
                headers={"Topic": hashlib.sha256(about.encode()).hexdigest()[:32]},
                requests_session=session,
            )
    except WebPushException as failed:
        if failed.status_code in GONE:
            subscription.delete()
        elif failed.status_code not in REFUSED:
            raise
