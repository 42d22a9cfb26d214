"""Pure: the small texts of a WordPress export, as we keep them: plain words, slugs, moments, addresses."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import nh3

WITHOUT_TAGS = nh3.Cleaner(tags=set())
BLANK_LINE = re.compile(r"\n[ \t]*\n+")
BLOCK_BEGINS = re.compile(r"</?(?:p|div|ul|ol|li|blockquote|pre|table|h[1-6]|hr|dl|figure|details)\b", re.IGNORECASE)
PRE = re.compile(r"(</?pre\b[^<>]*>)", re.IGNORECASE)
SPOILER = re.compile(r"\[/?spoiler(?:\s[^\]]{0,200})?\]")


def plain(markup: str) -> str:
    """One line of words: tags taken away, entities read (once: a title may speak of `&amp;lt;`)."""
    words = WITHOUT_TAGS.clean(markup) if "<" in markup else markup
    return " ".join(html.unescape(words).split())


def slug_of(name: str) -> str:
    return unquote(name.strip()).strip("/")


def moment(*candidates: str) -> datetime | None:
    """The first of these `YYYY-MM-DD HH:MM:SS` that is a moment at all, as UTC; WordPress writes zeros for none."""
    for candidate in candidates:
        try:
            return datetime.strptime(candidate, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def web_address(text: str) -> str:
    """`text` if it is an address of the web, else nothing; `//host` gets the scheme it never had."""
    text = html.unescape(text).strip()
    text = f"https:{text}" if text.startswith("//") else text
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", text) else ""


def path_of(address: str) -> str:
    """The path an old address had, if it had one of its own."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    return path if path.strip("/") else ""


def paragraphs(text: str) -> str:
    """HTML with line ends that mean something, as WordPress keeps comments: blank lines part paragraphs."""
    text = SPOILER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    written: list[str] = []
    is_inside = False
    for part in PRE.split(text):
        if PRE.fullmatch(part):
            is_inside = not part.startswith("</")
        written.append(part if is_inside or PRE.fullmatch(part) else _paragraphs(part))
    return "".join(written)


def _paragraphs(text: str) -> str:
    pieces = (piece.strip() for piece in BLANK_LINE.split(text))
    return "".join(
        piece if BLOCK_BEGINS.match(piece) else f"<p>{piece.replace(chr(10), '<br>')}</p>" for piece in pieces if piece
    )
