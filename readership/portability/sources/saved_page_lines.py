"""Pure: a saved page as the lines that hold words, each with the empty lines above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from readership.lib.text import clean_line
from readership.portability.errors import ImportRefused

LARGEST_BYTES = 5 * 1024 * 1024
IS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head)\b", re.IGNORECASE)
QUOTES = str.maketrans(dict.fromkeys("“”„«»‟″", '"') | dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("–—", "-"))
LONGEST_LABEL = 90

Certainty = Literal["sure", "likely", "unsure"]


@dataclass(frozen=True)
class Line:
    """`number` counts from 1, as editors do. `gap`: how many empty lines stand above."""

    number: int
    text: str
    gap: int

    @property
    def key(self) -> str:
        """Equal for two lines that say the same in another typography."""
        return self.text.translate(QUOTES).casefold()

    @property
    def is_sentence(self) -> bool:
        """Long, or closed as a sentence is: words of a story or a comment, not a name or a label."""
        return len(self.text) > LONGEST_LABEL or self.text.rstrip("\"”’'»)")[-1:] in ".!?…:"


@dataclass(frozen=True)
class Finding:
    """What the reader took a piece of the page for. `why` is the reason, for an editor who checks."""

    what: str
    text: str
    certainty: Certainty
    why: str


def read_lines(path: Path) -> list[Line]:
    """Raises ImportRefused when the file is no plain text or holds nothing."""
    lines = lines_of(_text(path))
    if not lines:
        raise ImportRefused(_("The file holds no words."))
    return lines


def lines_of(text: str) -> list[Line]:
    found: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        words = clean_line(raw)
        if words:
            found.append(Line(number, words, gap))
        gap = 0 if words else gap + 1
    return found


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_BYTES:
        raise ImportRefused(_("A saved page of more than 5 MB is not read. Please give the text of one page."))
    stored = path.read_bytes()
    if b"\0" in stored:
        raise ImportRefused(_("This is no plain text. Please save the page as text and give that file."))
    try:
        text = stored.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What browsers of Windows saved before UTF-8 was usual.
        text = stored.decode("cp1252", errors="replace")
    if IS_HTML.match(text):
        raise ImportRefused(_("This is the page’s HTML. Please save the page as text and give that file."))
    return text
