"""Guests are known by one device: a random secret in a cookie that is set with the first write, never before."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from readership.readers.models import Guest

# Readable by scripts and without meaning: it only says that asking for personal details is worth a request.
ACTED_COOKIE = "acted"
ONE_YEAR = 365 * 24 * 3600
LONGEST_SECRET = 64


@dataclass(frozen=True)
class NewGuest:
    """A guest row and the secret that its device must be given; the secret is stored nowhere here."""

    guest: Guest
    secret: str


def guest_of(request: HttpRequest) -> Guest | None:
    secret = request.COOKIES.get(settings.GUEST_COOKIE_NAME, "")
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    # The lookup is by hash, so that neither the database nor its timing holds anything a thief could use (C03).
    return Guest.objects.filter(secret_hash=_hash(secret)).first()


def welcome_guest(*, name: str = "") -> NewGuest:
    secret = secrets.token_urlsafe(32)
    return NewGuest(Guest.objects.create(secret_hash=_hash(secret), name=name), secret)


def go_by(guest: Guest, name: str) -> None:
    """The name that this device writes under. A verified guest keeps the one that was confirmed."""
    if not guest.is_verified and guest.name != name:
        guest.name = name
        guest.save(update_fields=["name", "name_skeleton"])


def remember_guest(response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        settings.GUEST_COOKIE_NAME,
        secret,
        max_age=ONE_YEAR,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def mark_acted(response: HttpResponse) -> None:
    response.set_cookie(ACTED_COOKIE, "1", max_age=ONE_YEAR, secure=settings.IS_HTTPS, samesite="Lax")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
