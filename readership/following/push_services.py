"""Where we push to: the services of the browsers, by name. Never an address that somebody made up (attack H01).

A subscription comes from a browser, so from anybody. What is not an https address of a known service is refused when it
comes in and looked at again when it is used; redirects are not followed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443


def is_push_service(endpoint: str) -> bool:
    """A name in PUSH_SERVICES that begins with a dot stands for all hosts below it."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != settings.PUSH_SCHEME or parts.username is not None or "\\" in endpoint:
        return False
    if settings.PUSH_SCHEME == "https" and port not in {None, HTTPS}:
        return False
    host = parts.hostname or ""
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in settings.PUSH_SERVICES)


def public_key() -> str:
    """What browsers ask for; "" until the background process has made the pair of keys."""
    try:
        return (settings.HOME / "push.pub").read_text(encoding="ascii")
    except FileNotFoundError:
        return ""
