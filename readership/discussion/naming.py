"""Which names a guest may use: any that is not somebody's here, or looks like it (attack A16)."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from readership.discussion.errors import NameRefused
from readership.lib.skeleton import skeleton
from readership.lib.text import clean_line
from readership.pagecache import remembered
from readership.readers.models import Reader
from readership.stories.models import Author

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


def guest_name(given: str) -> str:
    """The name as it will be shown. Raises NameRefused with what to do."""
    name = clean_line(given)
    if not any(character.isalnum() for character in name):
        raise NameRefused(_("Please give a name to stand beside your comment. Any name will do."))
    if len(name) > MAX_LENGTH:
        raise NameRefused(_("Please choose a name of at most %(most)d characters.") % {"most": MAX_LENGTH})
    if "://" in name or "www." in name.lower():
        raise NameRefused(_("A name cannot hold a link. Please choose another one."))
    if is_reserved(name):
        raise NameRefused(_("That name belongs to somebody here, or looks like it. Please choose another one."))
    return name


def is_reserved(name: str) -> bool:
    """Names of the newsroom, its authors and its registered readers, compared by what they look like."""
    alike = skeleton(name)
    if alike in _newsroom_skeletons(settings.SITE_NAME):
        return True
    if alike in remembered("author skeletons", _author_skeletons, tags=("authors",)):
        return True
    return Reader.objects.filter(name_skeleton=alike).exists()


@lru_cache(maxsize=1)
def _newsroom_skeletons(site_name: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in (*NEWSROOM_NAMES, site_name))


def _author_skeletons() -> frozenset[str]:
    return frozenset(skeleton(name) for name in Author.objects.values_list("name", flat=True))
