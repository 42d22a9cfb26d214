"""A story's content, from before or after the block editor → the blocks of our stories."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from readership.portability.records import BlockRecord
from readership.portability.sources.wordpress_blocks import OldBlock, has_blocks, read_blocks
from readership.portability.sources.wordpress_building import Building
from readership.portability.sources.wordpress_flow import Flow
from readership.portability.sources.wordpress_pictures import PictureIndex
from readership.portability.sources.wordpress_shortcodes import ShortcodeWriter

# They hold blocks and mean nothing themselves.
HOLDERS = {
    "columns", "column", "group", "row", "stack", "cover", "media-text", "buttons", "social-links",
    "accordion", "accordion-item", "accordion-panel", "grid",
}  # fmt: skip
LAYOUT = {"separator", "spacer"}
# Parts of a page that WordPress fills from elsewhere each time it is shown: nothing of them is in the story.
WIDGETS = {
    "archives", "avatar", "breadcrumbs", "calendar", "categories", "comments", "comments-title",
    "comment-template", "home-link", "latest-comments", "latest-posts", "legacy-widget", "loginout",
    "navigation", "navigation-link", "page-list", "query", "read-more", "rss", "search", "site-logo",
    "site-tagline", "site-title", "tag-cloud", "term-description", "widget-group", "template-part",
    "post-template", "terms-query", "footnotes",
}  # fmt: skip
WIDGET_BEGINNINGS = ("post-", "comment-", "comments-", "query-")
# Their words stand there only while the list that WordPress fills is empty.
SHOWN_WHEN_EMPTY = {"query-no-results"}
VERBATIM = {"code", "preformatted"}
CLASSIC = {"freeform", "shortcode"}
NOTHING_WHEN_EMPTY = {
    "paragraph",
    "heading",
    "list",
    "list-item",
    "html",
    "quote",
    "image",
    "gallery",
    "more",
    "nextpage",
} | CLASSIC
MAX_PATTERNS = 4


@dataclass(frozen=True)
class Surroundings:
    """What of the rest of the file a story's body needs. `patterns`: HTML of shared blocks by number."""

    pictures: PictureIndex
    patterns: Mapping[str, str]
    story_id: str


def body_of(content: str, surroundings: Surroundings, *, kept: Counter[str]) -> tuple[BlockRecord, ...]:
    """Nothing of it goes missing unseen: what has no block is kept as words or cleaned HTML, and counted in `kept`."""
    body = _Body(surroundings, Building(surroundings.pictures, kept))
    body.read(content)
    return body.building.finished()


class _Body:
    def __init__(self, surroundings: Surroundings, building: Building) -> None:
        self.building = building
        self._surroundings = surroundings
        self._shortcodes = ShortcodeWriter(surroundings.pictures, surroundings.story_id, building.kept)
        self._patterns_open = 0

    def read(self, content: str) -> None:
        if has_blocks(content):
            self._parts(read_blocks(content))
        else:
            self._flow(content, is_loose=True)

    def _flow(self, markup: str, *, is_loose: bool = False) -> None:
        if markup.strip():
            Flow(self.building, is_loose=is_loose).read(self._shortcodes.expand(markup))

    def _parts(self, parts: list[str | OldBlock]) -> None:
        for part in parts:
            if isinstance(part, str):
                self._flow(part)
            else:
                self._block(part)

    def _block(self, block: OldBlock) -> None:
        markup = block.markup()
        if block.name in LAYOUT:
            self.building.kept[f"{block.name}, dropped"] += 1
        elif block.name in WIDGETS or block.name.startswith(WIDGET_BEGINNINGS):
            self._widget(block)
        elif block.name == "block":
            self._pattern(block)
        elif block.name == "social-link":
            self.building.link(block.setting("url"), block.setting("label") or block.setting("service").capitalize())
        elif block.name in HOLDERS or (block.inner() and "/" in block.name):
            self._holder(block, markup)
        elif not markup.strip():
            self._empty(block)
        else:
            self._filled(block, markup)

    def _widget(self, block: OldBlock) -> None:
        """What WordPress fills in is not in the file; what an editor wrote around it is."""
        self.building.kept[f"widget {block.name}, dropped"] += 1
        if block.name not in SHOWN_WHEN_EMPTY:
            self._parts([*block.inner()])

    def _holder(self, block: OldBlock, markup: str) -> None:
        if block.name == "cover" and block.setting("url") and "<img" not in markup and "<video" not in markup:
            number = html.escape(block.setting("id"))
            self._flow(f'<img src="{html.escape(block.setting("url"))}" class="wp-image-{number}">')
        self._parts(block.parts)

    def _filled(self, block: OldBlock, markup: str) -> None:
        if block.name in VERBATIM:
            Flow(self.building).read(markup)
        elif block.name in CLASSIC:
            self._flow(markup, is_loose=True)
        elif block.name == "file":
            self._flow(_without_button(markup))
        elif block.name == "verse":
            self._flow(markup.replace("<pre", "<p").replace("</pre>", "</p>"), is_loose=True)
        else:
            self._flow(markup)

    def _empty(self, block: OldBlock) -> None:
        """A block that is only its settings: an address to show, or an extension's own affair."""
        address = block.setting("url") or block.setting("src")
        if "embed" in block.name and address:
            self.building.embed(address)
        elif block.name not in NOTHING_WHEN_EMPTY:
            self.building.kept[f"widget {block.name}, dropped"] += 1

    def _pattern(self, block: OldBlock) -> None:
        content = self._surroundings.patterns.get(block.setting("ref"))
        # Patterns may hold patterns, and by mistake themselves.
        if content is None or self._patterns_open >= MAX_PATTERNS:
            self.building.kept["pattern that is not in the file, dropped"] += 1
            return
        self._patterns_open += 1
        self.read(content)
        self._patterns_open -= 1


def _without_button(markup: str) -> str:
    """A file block links to its file twice: by name, and by a button that says "Download"."""
    name, button, _rest = markup.partition("</a><a")
    return f"{name}</a></div>" if button and "wp-block-file__button" in _rest else markup
