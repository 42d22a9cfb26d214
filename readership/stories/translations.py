"""One story in several languages: each is a page of its own, joined to the others by Wagtail's `translation_key`.

On a site with one language nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from readership.lib.languages import has_several, own_name_of, spoken
from readership.pagecache import depends_on, remembered
from readership.stories.models import Story
from readership.stories.openness import readable


@dataclass(frozen=True)
class Version:
    """A page in one language. `url` is a path, `absolute_url` what search engines take."""

    language: str
    name: str
    url: str
    absolute_url: str
    is_this: bool = False


def in_this_language(pages: Any) -> Any:
    """Those of `pages` that are in the language being spoken."""
    return pages.filter(locale__language_code=spoken()) if has_several() else pages


def written_in_this_language(pages: Any) -> Any:
    """Without those that only keep a place for a translation: wagtail-localize fills a tree with aliases."""
    if not has_several():
        return pages
    return in_this_language(pages).filter(Q(alias_of=None) | Q(alias_of__locale=F("locale")))


def this_locale() -> Locale:
    return remembered(
        ("locale", spoken()), lambda: Locale.objects.filter(language_code=spoken()).first(), tags=("site", "sections")
    )


def front_url() -> str:
    return reverse("wagtail_serve", args=[""])


def root_path_of(site: Site) -> str:
    """Of the front page in the language being spoken. Raises Http404 while there is none: Wagtail would answer with
    the pages of the site's own language."""
    language = spoken()
    if language == settings.LANGUAGE_CODE:
        return str(site.root_page.url_path)
    roots = Page.objects.live().filter(translation_key=site.root_page.translation_key, locale__language_code=language)
    key = ("front page", site.pk, language)
    found = remembered(key, lambda: roots.values_list("url_path", flat=True).first(), tags=("site", "sections"))
    if not found:
        raise Http404
    return str(found)


def tag_of(page: Page) -> str:
    """For what names the versions of a page."""
    return f"translations:{page.translation_key}"


def versions_of(page: Page) -> tuple[Version, ...]:
    """Every language that the page can be read in, with the page itself; none when there is but one."""
    if not has_several():
        return ()
    depends_on(tag_of(page))
    found = versions_by_key([page.translation_key]).get(str(page.translation_key), [])
    shown = tuple(_version(one, is_this=one.pk == page.pk) for one in found)
    return shown if len(shown) > 1 else ()


def versions_by_key(keys: Iterable[Any]) -> dict[str, list[Page]]:
    rows = readable(Page.objects.live().filter(translation_key__in=list(keys))).filter(
        Q(alias_of=None) | Q(alias_of__locale=F("locale"))
    )
    found: dict[str, list[Page]] = {}
    for row in rows.select_related("locale").order_by("locale__language_code", "pk"):
        found.setdefault(str(row.translation_key), []).append(row)
    return found


def _version(page: Page, *, is_this: bool = False) -> Version:
    language = page.locale.language_code
    url = page.url or "/"
    absolute_url = url if url.startswith("http") else f"{settings.SITE_URL}{url}"
    return Version(language, own_name_of(language), url, absolute_url, is_this)


def versions(pages: Iterable[Page]) -> tuple[Version, ...]:
    return tuple(_version(page) for page in pages)


def in_their_translation(ids: Collection[int]) -> list[int]:
    """The same stories in the language being spoken, in the same order; what is not translated is left out."""
    if not has_several() or not ids:
        return list(ids)
    keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    rows = in_this_language(Page.objects.live().filter(translation_key__in=keys.values()))
    by_key = dict(rows.values_list("translation_key", "pk"))
    return [by_key[keys[one]] for one in ids if one in keys and keys[one] in by_key]


def is_translation(page: Page) -> bool:
    """Whether the same was live in another language before."""
    if not has_several():
        return False
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return bool(others.filter(first_published_at__lte=page.first_published_at).exists())


def pass_on_placing(story: Story) -> None:
    """wagtail-localize keeps fields in step, but no many-to-many: the topics and sections of a story go on from here
    to the translations that are kept in step with it."""
    if not has_several():
        return
    kept = Translation.objects.filter(
        source__object__translation_key=story.translation_key, source__locale=story.locale_id, enabled=True
    )
    rows = Story.objects.filter(translation_key=story.translation_key, locale__in=kept.values("target_locale"))
    for other in rows:
        other.topics = story.topics.all()
        other.also_in = story.also_in.all()
        other.save(update_fields=["topics", "also_in"])
