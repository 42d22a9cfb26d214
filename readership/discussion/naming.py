"""Which names a guest may use: any that is not somebody's here, or looks like it (attack A16)."""

from __future__ import annotations

from readership.discussion.errors import NameRefused
from readership.readers import names
from readership.readers.errors import NameRefused as Refused
from readership.readers.models import Guest

MAX_LENGTH = names.MAX_LENGTH


def guest_name(given: str, guest: Guest | None = None) -> str:
    """The name as it will be shown. Raises NameRefused with what to do."""
    try:
        return names.allowed_name(given, guest=guest)
    except Refused as refused:
        raise NameRefused(refused.message) from None
