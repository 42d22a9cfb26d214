"""One POST to a receiver on this machine."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

LOCAL = {"127.0.0.1", "localhost", "::1"}
# docs.stripe.com/webhooks: a redirect counts as a failure, and so does an answer that takes long.
TIMEOUT = 20.0


def post(url: str, body: str, signature: str | None) -> int | None:
    """The status of the answer; None when there was none."""
    parts = urlsplit(url)
    assert parts.hostname in LOCAL, f"{url} is not on this machine"
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=TIMEOUT)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    if signature is not None:
        headers["Stripe-Signature"] = signature
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target or "/", body=body.encode(), headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
