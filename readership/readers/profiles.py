"""What a reader shows of themselves, and the address of their public page.

What apps above keep of it, such as the name beside a comment, they change when they are told: `@follows_profiles`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from readership.pagecache import changed
from readership.readers.models import Reader

Listener = Callable[[Reader], None]
_listeners: list[Listener] = []


def follows_profiles(function: Listener) -> Listener:
    """Called in the transaction in which a reader's name, picture or badge changed."""
    if function not in _listeners:
        _listeners.append(function)
    return function


def tag_of(reader_id: int) -> str:
    """What a finished page depends on that shows this reader."""
    return f"reader:{reader_id}"


def profile_url(reader: Reader) -> str:
    return reverse("profile", args=[reader.pk, slug_of(reader)])


def slug_of(reader: Reader) -> str:
    return slugify(reader.name)[:50] or "reader"


@transaction.atomic
def change_profile(reader: Reader, *, name: str, bio: str, has_profile: bool, is_indexed: bool) -> None:
    """A page that is not there is not listed either."""
    reader.name, reader.bio = name, bio
    reader.has_profile, reader.is_indexed = has_profile, is_indexed and has_profile
    reader.save(update_fields=["name", "name_skeleton", "bio", "has_profile", "is_indexed"])
    tell(reader)


def has_public_page(reader: Reader) -> bool:
    """Not of somebody who was imported and never came: they could not say no."""
    return reader.has_profile and reader.is_active and reader.last_login is not None


def tell(reader: Reader) -> None:
    for listener in _listeners:
        listener(reader)
    changed(tag_of(reader.pk))
