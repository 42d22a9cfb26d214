"""A letter to somebody who reads here, with an account or without: put together once, written as text and as HTML.

Each says why it came. Nothing in it is fetched from anywhere, and nothing tells us whether it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from readership.outbox.mail import put_mail

# What a mail program makes a link of. A stranger may type a name beside somebody else's address (attack G05).
LIKE_A_LINK = re.compile(r"[/\\:@]|www|\.\w{2}", re.IGNORECASE)
LONGEST_NAME = 60


@dataclass(frozen=True)
class WayOut:
    """A quiet link at the end, such as “This was not me”."""

    words: str
    url: str


@dataclass(frozen=True)
class Letter:
    subject: str
    paragraphs: tuple[str | Promise, ...]
    why: str  # why this mail came
    # Who is greeted by name; nobody where the name is not theirs for sure.
    name: str = ""
    code: str = ""
    button: str = ""
    link: str = ""
    ways: tuple[WayOut, ...] = ()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """In a language that the site speaks; the site's own for others."""
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        yield


def send_letter(to: str, letter: Letter, *, key: str, headers: dict[str, str] | None = None) -> None:
    """Put it into the outbox, once for each `key`, in the language that is being spoken."""
    language = get_language() or settings.LANGUAGE_CODE
    words = {
        "letter": letter,
        "greeting": _greeting(letter.name),
        "site": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "is_rtl": get_language_info(language)["bidi"],
    }
    put_mail(
        key=key,
        to=to,
        subject=letter.subject,
        text=render_to_string("readers/mail/letter.txt", words),
        html=render_to_string("readers/mail/letter.html", words),
        headers=headers,
        # Somebody sits and waits for a code.
        in_line=not letter.code,
    )


def _greeting(name: str) -> str:
    if not name:
        return ""
    if len(name) > LONGEST_NAME or LIKE_A_LINK.search(name):
        return _("Dear reader,")
    return _("Dear %(name)s,") % {"name": name}
