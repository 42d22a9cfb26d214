"""The Stripe-Signature header: `t=…,v1=…`, one v1 for each secret that is valid."""

from __future__ import annotations

import time

from stripe import WebhookSignature


def header(body: str, secrets: list[str], *, at: int | None = None) -> str:
    """`at`: seconds since 1970 by the real clock, which is the one that the receiver compares with."""
    moment = int(time.time()) if at is None else at
    signatures = [_scheme_v1(body, secret, moment) for secret in secrets]
    return ",".join([f"t={moment}", *signatures])


def _scheme_v1(body: str, secret: str, moment: int) -> str:
    whole: str = WebhookSignature.generate_signature_header(body, secret, timestamp=moment)
    return whole.split(",", 1)[1]
