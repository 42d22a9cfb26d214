"""Pages translated as an editor does it with wagtail-localize, and a site with German beside English, for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.test import TestCase, override_settings
from django.urls import clear_url_caches
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "العربية")]


@contextmanager
def several_languages() -> Iterator[None]:
    with override_settings(WAGTAIL_I18N_ENABLED=True, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES):
        _forget_addresses()
        for language, _name in LANGUAGES:
            Locale.objects.get_or_create(language_code=language)
        yield
    _forget_addresses()


def _forget_addresses() -> None:
    clear_url_caches()
    Site.clear_site_root_paths_cache()


def translate(page: Page, words: Mapping[str, str] | None = None, *, language: str = "de") -> Any:
    """Published in `language`: `words` are what its sentences become; one that is not there stays as it was."""
    locale = Locale.objects.get(language_code=language)
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": (words or {}).get(segment.string.data, segment.string.data)},
        )
    # It publishes once what it wrote is there to stay.
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=True)
    Site.clear_site_root_paths_cache()
    return page.get_translation(locale).specific
