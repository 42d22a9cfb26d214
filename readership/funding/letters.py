"""A letter to a giver: what it says is put together here once, and written twice, as text and as HTML.

Each says why it came and carries the link to the giver's own page. Nothing in it is fetched from anywhere and
nothing tells us whether it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from readership.funding.giver_links import link_to
from readership.funding.models import Giver
from readership.funding.sheet_pdf import pdf_of
from readership.funding.sheets import Sheet
from readership.outbox.mail import Attachment, put_mail

# What a mail program makes a link of. A stranger may type a name beside somebody else's address (attack G05).
LIKE_A_LINK = re.compile(r"[/\\:@]|www|\.\w{2}", re.IGNORECASE)
LONGEST_NAME = 60


@dataclass(frozen=True)
class Letter:
    subject: str
    paragraphs: tuple[str, ...]
    why: str  # why this mail came
    # How this gift's giver signed it; the giver's usual name otherwise.
    name: str = ""
    # What to do next, when there is something: its words. It leads to the giver's page.
    button: str = ""
    is_trial: bool = False
    sheet: Sheet | None = None


@contextmanager
def speaking_to(giver: Giver | None, language: str = "") -> Iterator[str]:
    """In the giver's language; the one of the gift where they chose none; the site's where neither is offered."""
    known = dict(settings.LANGUAGES)
    wanted = (giver.language if giver else "", language, settings.LANGUAGE_CODE)
    chosen = next((one for one in wanted if one in known), settings.LANGUAGE_CODE)
    with override(chosen):
        yield chosen


def send_letter(giver: Giver, letter: Letter, *, key: str, language: str) -> None:
    """Put it into the outbox, once for each `key`. `language` is the one that the letter's sentences are in."""
    words = _written(giver, letter, language)
    sheet = letter.sheet
    put_mail(
        key=key,
        to=giver.email,
        subject=f"{_('Trial')}: {letter.subject}" if letter.is_trial else letter.subject,
        text=render_to_string("funding/mail/letter.txt", words),
        html=render_to_string("funding/mail/letter.html", words),
        attachments=(Attachment(sheet.file_name, "application/pdf", pdf_of(sheet)),) if sheet else (),
    )


def _written(giver: Giver, letter: Letter, language: str) -> dict[str, object]:
    return {
        "letter": letter,
        "greeting": _greeting(letter.name or giver.name),
        "link": link_to(giver),
        "button": letter.button or _("Your own page"),
        "site": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "is_rtl": get_language_info(language)["bidi"],
    }


def _greeting(name: str) -> str:
    if not name or len(name) > LONGEST_NAME or LIKE_A_LINK.search(name):
        return _("Dear reader,")
    return _("Dear %(name)s,") % {"name": name}
