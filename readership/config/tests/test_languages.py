"""The address alone says the language, and rules about addresses hold in each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured

from readership.config import languages as settings_of
from readership.config.serving.door import POSTING
from readership.lib.languages import language_at, without_language
from readership.pagecache.addresses import is_kept
from readership.stories.tests.translating import several_languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def several() -> Iterator[None]:
    with several_languages():
        yield


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("/", "en", "/"),
        ("/de/", "de", "/"),
        ("/de/town/", "de", "/town/"),
        ("/ar/search/", "ar", "/search/"),
        # Not a language of this site, a section of that name, and what only begins like one.
        ("/fr/town/", "en", "/fr/town/"),
        ("/en/town/", "en", "/en/town/"),
        ("/de", "en", "/de"),
        ("/dente/", "en", "/dente/"),
        ("//de/", "en", "//de/"),
    ],
)
def test_the_beginning_of_an_address_is_its_language(several: None, path: str, language: str, rest: str) -> None:
    assert (language_at(path), without_language(path)) == (language, rest)


def test_on_a_site_with_one_language_no_address_has_another() -> None:
    assert language_at("/de/town/") == "en"


@pytest.mark.parametrize("path", ["/de/search/", "/ar/discuss/mine/", "/de/discuss/threads/1/comments/"])
def test_what_is_personal_is_kept_in_no_language(several: None, path: str) -> None:
    assert not is_kept(path, "")
    assert is_kept("/de/town/", "")


def test_pictures_may_be_posted_in_each_language(several: None) -> None:
    assert POSTING.fullmatch(without_language("/de/discuss/threads/7/comments/"))


def test_a_language_that_is_not_spoken_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="tlh"):
        settings_of.of_stories("en", ["de", "tlh"])
    assert [code for code, _name in settings_of.of_stories("en", ["DE", "fr", "de"])] == ["en", "de", "fr"]
    assert [code for code, _name in settings_of.of_stories("en-gb", [])] == ["en"]
