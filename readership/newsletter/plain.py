"""Pure: what editors wrote, as HTML for a mail and as plain text. Links are whole, and lead straight there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

OUR_LINK = re.compile(r'(<a\b[^>]*\bhref=")/(?!/)')
BLOCKS = {"p", "h2", "h3", "h4", "li", "ul", "ol", "blockquote", "br"}
MANY_LINES = re.compile(r"\n{3,}")


def with_whole_links(html: str, *, site_url: str) -> str:
    """`html` was cleaned before. Whatever leads to this site leads there from a mail too."""
    return OUR_LINK.sub(lambda found: f"{found[1]}{site_url}/", html)


def as_text(html: str) -> str:
    """Paragraphs with an empty line between, lists with dashes, the address of a link behind its words."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._address = ""
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address, self._words = dict(attrs).get("href") or "", ""
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in BLOCKS:
            self.parts.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address:
            if self._address.removeprefix("mailto:") != self._words.strip():
                self.parts.append(f" ({self._address})")
            self._address = ""
        elif tag in {"p", "h2", "h3", "h4", "ul", "ol", "blockquote"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self._words += data
        self.parts.append(" ".join(data.split("\n")))
