"""The blocks of one story while they are put together."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from readership.portability.records import BlockRecord
from readership.portability.sources.wordpress_inline import trimmed
from readership.portability.sources.wordpress_pictures import PictureIndex
from readership.portability.sources.wordpress_words import web_address
from readership.stories import kept_html

MAX_HEADING = 200
MAX_ADDRESS = 2000
LONE_ADDRESS = re.compile(r'(?:<a href="[^"]*">)?(https?://[^\s<>"]+)(?:</a>)?')
# Sites whose addresses WordPress turns into players when they stand alone in a line.
PLAYER_HOSTS = {
    "youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "ted.com", "twitter.com", "x.com",
    "instagram.com", "facebook.com", "soundcloud.com", "spotify.com", "open.spotify.com", "tiktok.com",
    "wordpress.tv", "flickr.com", "reddit.com", "bsky.app", "slideshare.net", "mixcloud.com", "scribd.com",
    "videopress.com", "issuu.com",
}  # fmt: skip
HOST = re.compile(r"https?://(?:www\.|m\.|mobile\.)?([^/?#:]+)", re.IGNORECASE)


@dataclass
class Building:
    """`kept` counts what had no block: it is still there, as words or as cleaned HTML, unless its name says so."""

    pictures: PictureIndex
    kept: Counter[str]
    blocks: list[BlockRecord] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)

    def finished(self) -> tuple[BlockRecord, ...]:
        self._end_text()
        return tuple(self.blocks)

    def add(self, kind: str, value: object) -> None:
        self._end_text()
        self.blocks.append(BlockRecord(kind, value))

    def text(self, markup: str) -> None:
        """Paragraphs and lists that follow each other become one block."""
        self._texts.append(markup)

    def paragraph(self, markup: str) -> None:
        markup = trimmed(markup)
        if not _has_words(markup):
            return
        alone = LONE_ADDRESS.fullmatch(markup)
        if alone is None:
            self.text(f"<p>{markup}</p>")
        elif _host(alone[1]) in PLAYER_HOSTS:
            self.embed(html.unescape(alone[1]))
        else:
            self.link(html.unescape(alone[1]))

    def heading(self, words: str, level: int) -> None:
        if len(words) > MAX_HEADING:
            self.kept["heading longer than 200 characters"] += 1
            self.text(f"<p><b>{html.escape(words, quote=False)}</b></p>")
        elif words:
            self.add("heading", {"text": words, "level": str(min(max(level, 2), 4))})

    def embed(self, address: str, title: str = "") -> None:
        address = web_address(address)
        if address and len(address) <= MAX_ADDRESS:
            self.add("embed", {"url": address, "title": title})
        elif title:
            self.paragraph(html.escape(title, quote=False))

    def link(self, address: str, words: str = "") -> None:
        words = html.escape(words or address, quote=False)
        address = web_address(address)
        self.text(f'<p><a href="{html.escape(address)}">{words}</a></p>' if address else f"<p>{words}</p>")

    def keep(self, markup: str, name: str) -> None:
        """HTML for which there is no block. What the cleaning leaves empty is not kept, but it is counted."""
        self.kept[name] += 1
        cleaned = kept_html.clean(markup)
        if _has_words(cleaned):
            self.add("kept_html", cleaned)

    def _end_text(self) -> None:
        if self._texts:
            self.blocks.append(BlockRecord("text", "".join(self._texts)))
            self._texts = []


def _has_words(markup: str) -> bool:
    return bool(html.unescape(re.sub(r"<[^<>]*>", "", markup)).strip())


def _host(address: str) -> str:
    found = HOST.match(address)
    return found[1].lower() if found else ""
