"""Pure: HTML inside a paragraph → the HTML that a text block may hold. Everything else leaves only its words."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from readership.portability.sources.wordpress_words import BLANK_LINE, web_address

SAME = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i", "s": "s", "strike":
    "s", "del": "s", "sub": "sub", "sup": "sup", "code": "code", "kbd": "code", "samp": "code", "tt":
    "code",
}  # fmt: skip
# Blocks that stand inside a list item or a quote: their ends become line ends.
LINES = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "address", "section", "article"}
MAX_DEPTH = 60
SPACE = re.compile(r"[ \t\r\n\f]+")
EDGES = ("<br>", "&nbsp;", "\u00a0", " ", "\n", "\t")


@dataclass(frozen=True)
class InlineWriter:
    """`is_loose`: line ends mean something, as in stories written before the block editor."""

    kept: Counter[str]
    is_loose: bool = False

    def text(self, words: str) -> str:
        if not self.is_loose:
            return html.escape(SPACE.sub(" ", words), quote=False)
        words = BLANK_LINE.sub("\n\n", words)
        return html.escape(words, quote=False).replace("\n", "<br>")

    def write(self, node: PageElement, depth: int = 0) -> str:
        if isinstance(node, PreformattedString):
            return ""
        if isinstance(node, NavigableString):
            return self.text(str(node))
        if not isinstance(node, Tag):
            return ""
        if depth > MAX_DEPTH:
            return self.text(node.get_text())
        return self._tag(node, depth)

    def inside(self, tag: Tag, depth: int = 0) -> str:
        return "".join(self.write(child, depth + 1) for child in tag.children)

    def _tag(self, tag: Tag, depth: int) -> str:
        if tag.name == "br":
            return "<br>"
        words = self.inside(tag, depth)
        if tag.name == "a":
            return self.link(address_of(tag, "href"), words)
        if tag.name == "q":
            return f"“{words}”"
        if tag.name in LINES:
            return f"<br>{words}<br>"
        if tag.name not in SAME:
            self.kept[f"<{tag.name}>"] += 1
            return words
        return f"<{SAME[tag.name]}>{words}</{SAME[tag.name]}>" if words.strip() else words

    def link(self, address: str, words: str) -> str:
        """Places inside the page are not kept, so links to them would lead nowhere."""
        address = safe_link(address)
        if not address or not words.strip():
            return words
        if address.startswith("#"):
            self.kept["link inside the page"] += 1
            return words
        return f'<a href="{html.escape(address)}">{words}</a>'


def address_of(tag: Tag, *names: str) -> str:
    """The first of these attributes that is set."""
    return next((str(tag[name]).strip() for name in names if tag.get(name)), "")


def safe_link(address: str) -> str:
    """http, https, mailto and addresses on this site; `//host` gets its scheme (attacks A07, A08)."""
    address = address.strip()
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address)
    if address.startswith(("//", "\\")) or (scheme and scheme[0].lower() in {"http:", "https:"}):
        return web_address(address)
    if scheme:
        return address if scheme[0].lower() == "mailto:" else ""
    return "" if re.search(r"[\x00-\x20\\]", address) else address


def trimmed(markup: str) -> str:
    """Without line ends and spaces at both ends. Moves two positions: cutting piece by piece would be quadratic."""
    start, end = 0, len(markup)
    while (edge := next((edge for edge in EDGES if markup.startswith(edge, start, end)), "")) and start < end:
        start += len(edge)
    while (edge := next((edge for edge in EDGES if markup.endswith(edge, start, end)), "")) and start < end:
        end -= len(edge)
    return markup[start:end]


def words_of(tag: Tag, separator: str = " ") -> str:
    """The text of a tag as one line; `separator` stands where a line ended."""
    copy = InlineWriter(Counter()).inside(tag)
    lines = (html.unescape(re.sub(r"<[^>]*>", "", line)).split() for line in copy.split("<br>"))
    return separator.join(" ".join(line) for line in lines if line)
