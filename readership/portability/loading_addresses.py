"""Addresses: free ones for what comes in, and the way from the old ones to the new."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from readership.portability.loading_items import Notes
from readership.stories.models import Topic

SLUG_LENGTH = 120
OLD_PATH_LENGTH = 255
# What the site answers itself, before any page: at the top, and below every section.
TAKEN_AT_THE_TOP = {
    "admin", "api", "authors", "discuss", "documents", "healthz", "media", "metrics", "news-sitemap", "readyz",
    "robots", "search", "sitemap", "sitemaps", "static", "support", "topics",
}  # fmt: skip
FRONT_PAGE_DEPTH = 2
TAKEN_EVERYWHERE = {"feed"}


def free_page_slug(parent: Page, wanted: str) -> str:
    """`wanted`, or with a number behind it when a sibling or the site itself has it."""
    taken = TAKEN_EVERYWHERE | (TAKEN_AT_THE_TOP if parent.depth <= FRONT_PAGE_DEPTH else set())
    return _first_free(wanted, lambda slug: slug in taken or Page.objects.filter(slug=slug).child_of(parent).exists())


def free_slug(model: type[Model], wanted: str) -> str:
    return _first_free(wanted, lambda slug: model._default_manager.filter(slug=slug).exists())


def _first_free(wanted: str, is_taken: Callable[[str], bool]) -> str:
    base = slugify(wanted, allow_unicode=True)[: SLUG_LENGTH - 6].strip("-_") or "page"
    if not is_taken(base):
        return base
    return next(slug for number in count(2) if not is_taken(slug := f"{base}-{number}"))


def lead_from_old_paths(place: Page | Topic, old_paths: tuple[str, ...], notes: Notes) -> None:
    """Readers who come by an old link are sent on for good. An old address leads to one place only."""
    address = place.get_absolute_url() if isinstance(place, Topic) else place.url
    target = {"redirect_link": address} if isinstance(place, Topic) else {"redirect_page": place}
    own = Redirect.normalise_path(address or "/")
    for path in dict.fromkeys(Redirect.normalise_path(path) for path in old_paths):
        if path in {own, "", "/"}:
            continue
        if len(path) > OLD_PATH_LENGTH:
            notes[_("old addresses are too long to be kept")] += 1
        elif Redirect.objects.filter(old_path=path).exists():
            notes[_("old addresses lead to another page already")] += 1
        else:
            Redirect.objects.create(old_path=path, **target, is_permanent=True)
