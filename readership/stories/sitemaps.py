"""For search engines: every public page, author and topic; for news search, the stories of two days.

Addresses are those of the settings, never of a request (attack I12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from readership.lib.languages import has_several
from readership.lib.text import clean_line
from readership.pagecache import depends_on
from readership.stories.models import Author, Story, Topic
from readership.stories.openness import readable
from readership.stories.queries import absolute, stories
from readership.stories.translations import Version, versions, versions_by_key

# As much as news search takes.
NEWS_DAYS = 2
NEWS_ENTRIES = 1_000
# In one file; the standard allows ten times as many.
ENTRIES = 5_000
MOST_FILES = 50_000


@dataclass(frozen=True)
class Entry:
    url: str
    changed_at: datetime | None = None
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True)
class NewsEntry:
    url: str
    headline: str
    published_at: datetime


def files() -> list[str]:
    """The addresses of all files of the site map."""
    depends_on("stories", "sections")
    return [
        absolute(reverse("stories:sitemap", args=[kind, number]))
        for kind, rows in ROWS.items()
        for number in range(1, max(1, ceil(rows().count() / ENTRIES)) + 1)
    ]


def entries(kind: str, number: int) -> list[Entry]:
    """One file of the site map. Raises Http404."""
    if kind not in ROWS or not 1 <= number <= MOST_FILES:
        raise Http404
    depends_on("stories", "sections")
    start = (number - 1) * ENTRIES
    rows = list(ROWS[kind]()[start : start + ENTRIES])
    known = versions_by_key(row.translation_key for row in rows) if kind == "pages" and has_several() else {}
    found = [_entry(row, known) for row in rows]
    if number > 1 and not found:
        raise Http404
    return found


def news() -> Iterator[NewsEntry]:
    depends_on("stories")
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    newest = stories().prefetch_related(None).filter(shown_published_at__gte=since)
    for story in newest[:NEWS_ENTRIES]:
        depends_on(f"story:{story.pk}")
        yield NewsEntry(absolute(story.url or "/"), clean_line(story.title), story.published_at)


def _entry(row: Page | Author | Topic, known: dict[str, list[Page]]) -> Entry:
    if isinstance(row, Page):
        same = known.get(str(row.translation_key), [])
        return Entry(absolute(row.url or "/"), row.last_published_at, versions(same) if len(same) > 1 else ())
    return Entry(absolute(row.get_absolute_url()))


def _pages() -> Any:
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    below = Q(path__startswith=root.path)
    if has_several():
        for front in root.get_translations():
            below |= Q(path__startswith=front.path)
    written = Q(alias_of=None) | Q(alias_of__locale=F("locale"))
    return readable(Page.objects.live().filter(below, written)).order_by("pk")


def _authors() -> QuerySet[Author]:
    return Author.objects.filter(Exists(_live().filter(bylines__author=OuterRef("pk")))).order_by("pk")


def _topics() -> QuerySet[Topic]:
    return Topic.objects.filter(Exists(_live().filter(topics=OuterRef("pk")))).order_by("pk")


def _live() -> Any:
    return readable(Story.objects.live())


ROWS: dict[str, Callable[[], Any]] = {"pages": _pages, "authors": _authors, "topics": _topics}
