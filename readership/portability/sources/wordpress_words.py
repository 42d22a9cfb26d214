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
MAX_OPEN = 32
WHOLE = re.compile(r"(</?(?:pre|ul|ol|blockquote)\b[^<>]*>)", re.IGNORECASE)
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
    standing: list[str] = []
    for place, part in enumerate(WHOLE.split(text)):
        if place % 2:
            _open_or_close(standing, part)
            written.append(part)
        elif "pre" in standing:
            written.append(part)
        elif standing and standing[-1] != "blockquote":
            # Line ends between the items of a list mean nothing.
            written.append(" ".join(part.split()).replace("> <li", "><li").replace("> </li", "></li"))
        else:
            written.append(_paragraphs(part))
    return "".join(written)


def _open_or_close(standing: list[str], tag: str) -> None:
    name = re.sub(r"[^a-z]", "", tag.lower().split(" ")[0].split("\n")[0])
    if not tag.startswith("</"):
        # Deeper ones are not told apart: looking through all that stands open would be quadratic.
        standing.extend([name] if len(standing) < MAX_OPEN else [])
    elif name in standing:
        del standing[len(standing) - 1 - standing[::-1].index(name) :]


def _paragraphs(text: str) -> str:
    pieces = (piece.strip() for piece in BLANK_LINE.split(text))
    return "".join(
        piece if BLOCK_BEGINS.match(piece) else f"<p>{piece.replace(chr(10), '<br>')}</p>" for piece in pieces if piece
    )
