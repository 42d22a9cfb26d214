"""Other places that readers may sign in with: READERSHIP_SIGN_IN_WITH, a list in JSON.

[{"with": "github", "client_id": "…", "secret": "…"},
 {"with": "openid_connect", "id": "town", "name": "Town card", "client_id": "…", "secret": "…",
  "server_url": "https://id.town.example"}]
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "READERSHIP_SIGN_IN_WITH"
# The page of each where readers say yes: our form leads there, so our own rules have to let it.
PAGES = {
    "apple": "https://appleid.apple.com",
    "facebook": "https://www.facebook.com",
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "google": "https://accounts.google.com",
    "microsoft": "https://login.microsoftonline.com",
    "openid_connect": "",
    "orcid": "https://orcid.org",
}


@dataclass(frozen=True)
class Provider:
    """`kind` is one of PAGES; `id` tells two of one kind apart, and is part of addresses."""

    kind: str
    id: str
    name: str
    client_id: str
    secret: str
    server_url: str
    page: str


def providers(given: str) -> tuple[Provider, ...]:
    """Raises ImproperlyConfigured with what is wrong; a secret is never part of it."""
    if not given.strip():
        return ()
    try:
        listed = json.loads(given)
    except json.JSONDecodeError:
        raise ImproperlyConfigured(f"{NAME} must be a list in JSON; see .env.example.") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ImproperlyConfigured(f"{NAME} must be a list in JSON; see .env.example.")
    return tuple(_provider(one) for one in listed)


def _provider(given: dict[str, Any]) -> Provider:
    kind, server_url = str(given.get("with", "")), str(given.get("server_url", ""))
    if kind not in PAGES:
        raise ImproperlyConfigured(f"{NAME} knows {', '.join(PAGES)}, not “{kind}”.")
    missing = [one for one in ("client_id", "secret") if not given.get(one)]
    if kind == "openid_connect":
        missing += [one for one in ("id", "name", "server_url") if not given.get(one)]
    if missing:
        raise ImproperlyConfigured(f"{NAME}: “{kind}” lacks {', '.join(missing)}.")
    return Provider(
        kind=kind,
        id=str(given.get("id", kind)),
        name=str(given.get("name", kind.title())),
        client_id=str(given["client_id"]),
        secret=str(given["secret"]),
        server_url=server_url,
        page=_origin(str(given.get("page", server_url))) or PAGES[kind],
    )


def apps(found: tuple[Provider, ...]) -> list[str]:
    return sorted({f"allauth.socialaccount.providers.{one.kind}" for one in found})


def pages(found: tuple[Provider, ...]) -> list[str]:
    """The origins that a form of ours may lead to."""
    return sorted({one.page for one in found})


def as_allauth(found: tuple[Provider, ...]) -> dict[str, Any]:
    """As SOCIALACCOUNT_PROVIDERS wants them."""
    written: dict[str, Any] = defaultdict(lambda: {"APPS": [], "OAUTH_PKCE_ENABLED": True})
    for one in found:
        app: dict[str, Any] = {"client_id": one.client_id, "secret": one.secret, "name": one.name}
        if one.kind == "openid_connect":
            app |= {"provider_id": one.id, "settings": {"server_url": one.server_url}}
        written[one.kind]["APPS"].append(app)
    return dict(written)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
