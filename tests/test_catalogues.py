"""Every sentence of the product is there in every language it speaks, with all its places for values."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from tests import catalogues

each_language = pytest.mark.parametrize("language", catalogues.LANGUAGES)


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return catalogues.source()


def test_the_source_is_read_whole(sentences: Catalog) -> None:
    """One sentence of each kind: in Python, in a page, in a mail, with a plural, with a context."""
    for sentence in ("Please give the e-mail address", "Subscribe", "Dear reader,"):
        assert any(sentence in str(message.id) for message in sentences), sentence
    assert sentences.get("Share", "part of a whole") is not None
    assert any(not isinstance(message.id, str) for message in sentences)
    assert len(sentences) > 2_000


def test_the_site_offers_the_languages_that_have_a_catalogue() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {"en", *catalogues.LANGUAGES}


@each_language
def test_nothing_is_left_in_english(language: str, sentences: Catalog) -> None:
    faults = list(catalogues.untranslated(language, sentences))

    assert faults == [], f"{len(faults)} sentences. Run tools/messages, then translate."


@each_language
def test_what_is_served_is_what_was_translated(language: str) -> None:
    assert catalogues.mo(language).read_bytes() == catalogues.compiled(language), "Run tools/messages."


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("", "is not translated"),
        ("%(count)s Kommentare", ""),
        ("viele Kommentare", "other places"),
        ("%(number)s Kommentare", "other places"),
        ("%(count)s von %(count)s Kommentaren", ""),
    ],
)
def test_a_translation_that_lost_or_invented_a_value_is_a_fault(translation: str, fault: str) -> None:
    known, said = Catalog(locale="de"), Catalog()
    known.add("%(count)s comments", translation)
    message = said.add("%(count)s comments")

    found = catalogues.fault_of(message, known)

    assert (fault in found) if fault else found == ""


@pytest.mark.parametrize(("forms", "is_whole"), [(("ein", "%(n)s"), True), (("ein", ""), False), (("ein",), False)])
def test_every_form_of_a_plural_is_said(forms: tuple[str, ...], is_whole: bool) -> None:
    known, said = Catalog(locale="de"), Catalog()
    known.add(("%(n)s comment", "%(n)s comments"), forms)
    message = said.add(("%(n)s comment", "%(n)s comments"))

    assert (catalogues.fault_of(message, known) == "") is is_whole
