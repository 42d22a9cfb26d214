"""A mail of this app: what it says is put together once, and written twice, as text and as HTML.

Nothing in it is fetched from anywhere, nothing tells us whether it was read, and it says why it came.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override

from readership.following.registry import News
from readership.following.wishes import language_of
from readership.readers.models import MailAddress


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Group:
    """What there is about one story. Addresses are whole."""

    place: Link
    news: tuple[News, ...]


@dataclass(frozen=True)
class Letter:
    subject: str
    paragraphs: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    more: str = ""  # that there is more than is shown
    button: Link | None = None
    reasons: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()  # small, at the end


@contextmanager
def speaking_to(address: MailAddress) -> Iterator[str]:
    chosen = language_of(address)
    with override(chosen):
        yield chosen


def text_of(letter: Letter, language: str) -> str:
    return render_to_string("following/mail/letter.txt", _words(letter, language))


def html_of(letter: Letter, language: str) -> str:
    return render_to_string("following/mail/letter.html", _words(letter, language))


def _words(letter: Letter, language: str) -> dict[str, object]:
    return {
        "letter": letter,
        "site": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "is_rtl": get_language_info(language)["bidi"],
    }
