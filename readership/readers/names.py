"""Which names somebody may use: any that is not somebody else's here, or looks like it (attack A16).

Staff, readers and verified guests are known here. Apps above add theirs: `@reserves_names` on a function that gives the
skeletons of its names (lib.skeleton).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from readership.lib.skeleton import skeleton
from readership.lib.text import clean_line
from readership.readers.errors import NameRefused
from readership.readers.models import Guest, Reader

MAX_LENGTH = 60
NEWSROOM_NAMES = (
    "admin",
    "administrator",
    "editor",
    "editors",
    "moderator",
    "newsroom",
    "staff",
    "support",
    "system",
)

Skeletons = Callable[[], frozenset[str]]
_others: list[Skeletons] = []


def reserves_names(function: Skeletons) -> Skeletons:
    """Asked for each new name, so it has to remember. Registering the same function again changes nothing."""
    if function not in _others:
        _others.append(function)
    return function


def allowed_name(given: str, *, reader: Reader | None = None, guest: Guest | None = None) -> str:
    """The name as it will be shown. `reader` or `guest` is who asks: what is theirs already is not refused to them.

    Raises NameRefused with what to do.
    """
    name = clean_line(given)
    if not any(character.isalnum() for character in name):
        raise NameRefused(_("Please give a name to stand beside your comment. Any name will do."))
    if len(name) > MAX_LENGTH:
        raise NameRefused(_("Please choose a name of at most %(most)d characters.") % {"most": MAX_LENGTH})
    if "://" in name or "www." in name.lower():
        raise NameRefused(_("A name cannot hold a link. Please choose another one."))
    if is_reserved(name, reader=reader, guest=guest):
        raise NameRefused(_("That name belongs to somebody here, or looks like it. Please choose another one."))
    return name


def is_reserved(name: str, *, reader: Reader | None = None, guest: Guest | None = None) -> bool:
    """Names are compared by what they look like."""
    alike = skeleton(name)
    if reader and reader.pk and reader.name_skeleton == alike:
        return False
    if alike in _newsroom_skeletons(settings.SITE_NAME) or any(alike in others() for others in _others):
        return True
    return _is_a_readers(alike, reader) or _is_a_guests(alike, reader, guest)


def _is_a_readers(alike: str, asking: Reader | None) -> bool:
    readers = Reader.objects.filter(name_skeleton=alike)
    if asking and asking.pk:
        readers = readers.exclude(pk=asking.pk)
    return readers.exists()


def _is_a_guests(alike: str, reader: Reader | None, guest: Guest | None) -> bool:
    """A verified guest's name is theirs on each device that they confirmed the same address with, and in the account
    that the address belongs to."""
    guests = Guest.objects.filter(name_skeleton=alike, address__isnull=False)
    if guest and guest.address_id:
        guests = guests.exclude(address_id=guest.address_id)
    if reader and reader.pk:
        guests = guests.exclude(address__reader=reader)
    return guests.exists()


@lru_cache(maxsize=1)
def _newsroom_skeletons(site_name: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in (*NEWSROOM_NAMES, site_name))
