"""Webhooks that are not what they say (K01, K02). Each is posted; the status of the answer comes back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.posting import post
from tests.fake_stripe.things import Event, WebhookEndpoint
from tests.fake_stripe.world import World

Forgery = tuple[str, str | None]


def wrong_secret(body: str, _secrets: list[str]) -> Forgery:
    return body, signing.header(body, ["whsec_of_somebody_else"])


def unsigned(body: str, _secrets: list[str]) -> Forgery:
    return body, None


def old(body: str, secrets: list[str]) -> Forgery:
    """Rightly signed, ten minutes ago: a replay."""
    return body, signing.header(body, secrets, at=int(time.time()) - 600)


def future(body: str, secrets: list[str]) -> Forgery:
    """Rightly signed, ten minutes ahead. The SDK takes it; we should not."""
    return body, signing.header(body, secrets, at=int(time.time()) + 600)


def moved_time(body: str, secrets: list[str]) -> Forgery:
    """An old signature under a fresh timestamp."""
    signature = signing.header(body, secrets, at=int(time.time()) - 600).split(",", 1)[1]
    return body, f"t={int(time.time())},{signature}"


def edited_body(body: str, secrets: list[str]) -> Forgery:
    """Signed before somebody changed it."""
    return body.replace('"created": ', '"created": 1', 1), signing.header(body, secrets)


def encoded_again(body: str, secrets: list[str]) -> Forgery:
    """The same JSON in other bytes."""
    return json.dumps(json.loads(body), separators=(",", ":")), signing.header(body, secrets)


def other_scheme(body: str, secrets: list[str]) -> Forgery:
    """Only v0, which Stripe sends for tests beside the real one."""
    return body, signing.header(body, secrets).replace("v1=", "v0=")


def garbage(body: str, _secrets: list[str]) -> Forgery:
    return body, "t=yesterday,v1=,,="


FORGERIES: dict[str, Callable[[str, list[str]], Forgery]] = {
    made.__name__: made
    for made in (wrong_secret, unsigned, old, future, moved_time, edited_body, encoded_again, other_scheme, garbage)
}


def forge(world: World, event: Event, endpoint: WebhookEndpoint, how: str) -> int | None:
    with world.lock:
        body = body_of(world, event, endpoint.api_version)
    forged, signature = FORGERIES[how](body, endpoint.secrets)
    return post(endpoint.url, forged, signature)
