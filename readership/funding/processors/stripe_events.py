"""What Stripe sends to our webhook: signed, maybe old, maybe forged, maybe of a version we do not know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import stripe

from readership.funding.errors import SignatureWrong
from readership.funding.processors.base import Announcement
from readership.funding.processors.stripe_facts import subject_of_object

HEADER = "Stripe-Signature"
TOLERANCE = 300  # seconds, into the past as the library's own; into the future as well (attack K02)
LONGEST_TIME = 12  # figures
# Never kept: the first lets whoever holds it look into a payment, the others are of a card or an account (attack K20).
SECRETS = frozenset({"client_secret", "payment_method_details", "fingerprint"})

# What we act on. Anything else is stored and of no concern; each of these is looked up, never believed.
CONCERN_US = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "invoice.paid",
    "invoice.payment_failed",
    "customer.subscription.",
    "refund.",
    "charge.refunded",
    "charge.dispute.",
    "charge.updated",
    "payout.",
)


def read_event(body: bytes, headers: Mapping[str, str], *, secrets: list[str], now: datetime) -> Announcement:
    """`secrets` are several while one is being replaced. Raises SignatureWrong."""
    header = headers.get(HEADER, "")
    _check_age(header, now)
    _check_signature(body, header, secrets)
    event = _parsed(body)
    version = event.get("api_version") or ""
    subject = subject_of_object(event["data"]["object"]) if event["type"].startswith(CONCERN_US) else None
    return Announcement(
        event_ref=event["id"],
        kind=event["type"],
        is_trial=not event["livemode"],
        api_version=version,
        is_of_newer_version=is_newer(version),
        kept_body=without_secrets(body) if subject else _names_only(event),
        subject=subject,
    )


def _check_age(header: str, now: datetime) -> None:
    sent = dict(part.partition("=")[::2] for part in header.split(",")).get("t", "")
    is_time = len(sent) <= LONGEST_TIME and sent.isascii() and sent.isdigit()
    if not is_time or abs(now.timestamp() - int(sent)) > TOLERANCE:
        raise SignatureWrong


def _check_signature(body: bytes, header: str, secrets: list[str]) -> None:
    for secret in secrets:
        try:
            # The age was checked above, against our clock.
            stripe.WebhookSignature.verify_header(body, header, secret, tolerance=None)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return
    raise SignatureWrong


def is_newer(version: str) -> bool:
    """Than the version in which we ask. Older ones are known, and what they tell is asked for again (attack K13)."""
    return version.partition(".")[0] > stripe.api_version.partition(".")[0]


def without_secrets(body: bytes) -> bytes:
    """An event that concerns us, as it came, without what nobody needs to keep of it."""
    event = json.loads(body)
    cleared = _cleared(event)
    return body if cleared == event else json.dumps(cleared, ensure_ascii=False).encode()


def _names_only(event: Mapping[str, Any]) -> bytes:
    """Of what does not concern us: a card that was changed, another shop's customers."""
    kept = {name: event.get(name) for name in ("id", "type", "livemode", "api_version", "created")}
    thing = {name: event["data"]["object"].get(name) for name in ("id", "object")}
    return json.dumps({**kept, "data": {"object": thing}}).encode()


def _cleared(part: Any) -> Any:
    if isinstance(part, list):
        return [_cleared(one) for one in part]
    if isinstance(part, dict):
        return {name: _cleared(one) for name, one in part.items() if one is None or name not in SECRETS}
    return part


def _parsed(body: bytes) -> dict[str, Any]:
    """Signed, and still not believed to be whole: an event is a dictionary with these four."""
    try:
        event = json.loads(body)
        is_event = isinstance(event["id"], str) and isinstance(event["type"], str)
        is_event = is_event and isinstance(event["livemode"], bool) and isinstance(event["data"]["object"], dict)
    except (ValueError, KeyError, TypeError):
        raise SignatureWrong from None
    if not is_event:
        raise SignatureWrong
    return dict(event)
