"""The languages that stories are in, and how an address says which: `/de/…` is German, no prefix is the site's own.

Never a cookie or what a browser says it likes: the bytes at an address are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import LocalePrefixPattern, URLPattern, URLResolver
from django.utils.translation import get_language, override


def content_languages() -> tuple[str, ...]:
    """The site's own first; only that one on most sites."""
    others = [code for code, _name in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())]
    return tuple(dict.fromkeys([settings.LANGUAGE_CODE, *others])) if has_several() else (settings.LANGUAGE_CODE,)


def has_several() -> bool:
    return bool(settings.WAGTAIL_I18N_ENABLED)


def own_name_of(language: str) -> str:
    return str(dict(settings.LANGUAGES).get(language, language))


def spoken() -> str:
    """The language of stories that fits the one being spoken: the site's own for one that no story is in."""
    language = get_language() or ""
    return language if language in content_languages() else settings.LANGUAGE_CODE


def prefix() -> str:
    """What addresses begin with in the language being spoken: "" or "/de"."""
    language = spoken()
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def language_at(path: str) -> str:
    first = path.removeprefix("/").partition("/")[0]
    return first if first in content_languages()[1:] and path.startswith(f"/{first}/") else settings.LANGUAGE_CODE


def without_language(path: str) -> str:
    """What follows the language, for rules that are the same in all: /de/search/ → /search/."""
    language = language_at(path)
    return path if language == settings.LANGUAGE_CODE else path.removeprefix(f"/{language}")


def speak_the_address(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: all sentences of an answer are in the language of its address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with override(language_at(request.path_info)):
            return get_response(request)

    return answer


class LanguagePrefix(LocalePrefixPattern):
    """Django's would make an address for each language spoken, as in a mail, also where no story is in it."""

    @property
    def language_prefix(self) -> str:
        language = spoken()
        return "" if language == settings.LANGUAGE_CODE else f"{language}/"


def in_each_language(patterns: Sequence[URLPattern | URLResolver]) -> URLResolver:
    return URLResolver(LanguagePrefix(prefix_default_language=False), list(patterns))
