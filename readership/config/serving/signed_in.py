"""Whether a request comes with a session of somebody: asked only before a large body is taken from it."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections


def is_signed_in(environ: dict[str, Any]) -> bool:
    """One query. What the person may do is the view's to say."""
    try:
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    if cookie is None:
        return False
    close_old_connections()
    try:
        session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
        return SESSION_KEY in session
    finally:
        close_old_connections()
