"""Whose session a request comes with, and whether they work for the newsroom: asked only before a large body is
taken."""

from __future__ import annotations

from enum import Enum
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils.module_loading import import_string

# What Wagtail asks of everybody who opens a page of its admin.
ENTER_ADMIN = "wagtailadmin.access_admin"


class Sender(Enum):
    STRANGER = "nobody we know"
    READER = "signed in, and not of the newsroom"
    NEWSROOM = "may enter the admin"


def sender_of(environ: dict[str, Any]) -> Sender:
    """Four queries at most, and none without a cookie. What the person may do within the admin is the view's to say."""
    key = _session_key(environ)
    if key is None:
        return Sender.STRANGER
    close_old_connections()
    try:
        return _sender(key)
    finally:
        close_old_connections()


def _session_key(environ: dict[str, Any]) -> str | None:
    try:
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return cookie.value if cookie else None


def _sender(key: str) -> Sender:
    # As the middleware does: a session outlives neither a changed password nor a closed account.
    request = HttpRequest()
    request.session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)
    user = get_user(request)
    if not user.is_authenticated:
        return Sender.STRANGER
    return Sender.NEWSROOM if user.has_perm(ENTER_ADMIN) else Sender.READER
