"""Old HTML read from top to bottom: what belongs in a line is collected, what is a block of its own ends the line."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from readership.portability.sources import wordpress_figures as figures
from readership.portability.sources import wordpress_quotes as quotes
from readership.portability.sources.wordpress_building import Building
from readership.portability.sources.wordpress_inline import InlineWriter, address_of, safe_link, trimmed, words_of
from readership.portability.sources.wordpress_words import BLANK_LINE, web_address
from readership.stories import kept_html

MAX_DEPTH = 60
MAX_NAMES = 300  # A file made of invented tags must not fill the report.
# Pages that load pictures late hold each twice; the second is for readers without scripts.
SECOND_PICTURE = re.compile(r"<noscript\b[^<>]*>\s*<img\b[^<>]*>\s*</noscript>", re.IGNORECASE)
NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)")
COMMENT = re.compile(r"<!--\s*(more|nextpage|noteaser)?")
MARKER = re.compile(r"<!--\s*(?:more|nextpage|noteaser)\b[^<>]*-->")
HOLDERS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "center", "figure", "figcaption",
    "fieldset", "form", "nav", "address", "li", "legend", "picture", "summary", "tbody", "tr", "td", "th",
    "body", "html", "hgroup",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
OWN_BLOCK = {"ul", "ol", "blockquote", "table", "pre", "hr", "dl", "details", *HEADINGS, *figures.MEDIA}
NOT_IN_A_LINE = HOLDERS | OWN_BLOCK
KEPT_IN_LINES = {"a", "span", "u", "small", "mark", "abbr", "q", "font", "big", "wbr", "label", "source", "param"}
KNOWN = kept_html.TAGS | HOLDERS | OWN_BLOCK | KEPT_IN_LINES | {"strike", "tt"}
ATTRIBUTES = {
    "class", "href", "src", "alt", "title", "cite", "colspan", "rowspan", "scope", "width", "height", "value", "data",
    "datetime", "start", "reversed", "dir", "lang", "data-id", "data-ids", "data-src", "data-lazy-src",
    "data-orig-file", "data-full-url",
}  # fmt: skip


def _only_safe_links(_tag: str, name: str, value: str) -> str | None:
    return (safe_link(value) or None) if name == "href" else value


CLEANER = nh3.Cleaner(
    attribute_filter=_only_safe_links,
    tags=KNOWN - {"body", "html"},
    attributes={"*": ATTRIBUTES},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
IN_A_LIST = ["table", "blockquote", "pre", "dl", "details"]


class Flow:
    def __init__(self, building: Building, *, is_loose: bool = False) -> None:
        self._building = building
        self._inline = InlineWriter(building.kept, is_loose)
        self._is_loose = is_loose
        self._line: list[str] = []
        self._link = ""
        self._depth = 0

    def read(self, markup: str) -> None:
        self._walk(_tree(markup, self._building.kept))
        self._end_line()

    def _walk(self, tag: Tag) -> None:
        self._depth += 1
        for child in list(tag.children):
            if isinstance(child, PreformattedString):
                continue
            if isinstance(child, NavigableString):
                self._words(str(child))
            elif isinstance(child, Tag):
                self._tag(child)
        self._depth -= 1

    def _tag(self, tag: Tag) -> None:
        if self._depth > MAX_DEPTH:
            self._building.kept["HTML nested too deep, words only"] += 1
            self._line.append(html.escape(tag.get_text(), quote=False))
        elif tag.name in OWN_BLOCK or tag.name == "figure":
            self._end_line()
            self._block(tag)
        elif tag.name in HOLDERS:
            self._end_line()
            self._walk(tag)
            self._end_line()
        elif not _holds_blocks(tag):
            self._add(self._inline.write(tag))
        else:
            self._line_around_blocks(tag)

    def _line_around_blocks(self, tag: Tag) -> None:
        if tag.name != "a":
            self._walk(tag)
            return
        if tag.find("img") is not None:
            figures.linked_picture(self._building, tag)
        with self._linking(address_of(tag, "href")):
            self._walk(tag)

    @contextmanager
    def _linking(self, address: str) -> Iterator[None]:
        before, self._link = self._link, address
        yield
        self._link = before

    def _words(self, text: str) -> None:
        if not self._is_loose:
            self._add(self._inline.text(text))
            return
        for index, piece in enumerate(BLANK_LINE.split(text)):
            if index:
                self._end_line()
            self._add(self._inline.text(piece))

    def _add(self, markup: str) -> None:
        self._line.append(self._inline.link(self._link, markup) if self._link else markup)

    def _end_line(self) -> None:
        line, self._line = "".join(self._line), []
        self._building.paragraph(line)

    def _block(self, tag: Tag) -> None:
        ours: dict[str, Callable[[Tag], None]] = {
            "figure": self._figure,
            "ul": self._list,
            "ol": self._list,
            "blockquote": lambda found: quotes.quote(self._building, found),
            "table": lambda found: figures.table(self._building, found),
            "img": lambda found: figures.picture(self._building, found),
            "hr": lambda _found: self._building.kept.update({"separator, dropped": 1}),
        }
        if tag.name in HEADINGS:
            self._heading(tag)
        elif tag.name in figures.PLAYERS:
            figures.player(self._building, tag)
        elif tag.name in ours:
            ours[tag.name](tag)
        else:
            figures.keep_with_media(self._building, tag, f"<{tag.name}>")

    def _heading(self, tag: Tag) -> None:
        media = figures.take_media(tag)
        if tag.find("a") is not None:
            self._building.kept["link in a heading"] += 1
        self._building.heading(words_of(tag), HEADINGS[tag.name])
        figures.show_media(self._building, media)

    def _figure(self, tag: Tag) -> None:
        kinds = figures.classes(tag)
        images = tag.find_all("img")
        is_gallery = "wp-block-gallery" in kinds or tag.has_attr("data-ids") or len(images) > 1
        if is_gallery and (images or tag.has_attr("data-ids")):
            figures.gallery(self._building, tag)
        elif "wp-block-pullquote" in kinds:
            quotes.pull_quote(self._building, tag)
        elif "wp-block-embed" in kinds and tag.find(figures.PLAYERS) is None:
            self._embed(tag)
        elif images or tag.find(["table", *figures.PLAYERS]) is not None:
            self._captioned(tag)
        else:
            self._walk(tag)
            self._end_line()

    def _captioned(self, tag: Tag) -> None:
        """A figure of one thing; what else stands in it follows as text."""
        thing = tag.find([*figures.MEDIA, "table"])
        if not isinstance(thing, Tag):
            return
        caption = self._take_caption(tag)
        link = thing.find_parent("a")
        thing.extract()
        if thing.name == "img":
            if link is not None:
                figures.linked_picture(self._building, link)
            figures.picture(self._building, thing, caption=caption, number=address_of(tag, "data-id"))
        elif thing.name == "table":
            figures.table(self._building, thing, caption=caption)
        else:
            figures.player(self._building, thing, title=caption)
        self._walk(tag)
        self._end_line()

    def _take_caption(self, tag: Tag) -> str:
        caption = tag.find("figcaption")
        if not isinstance(caption, Tag):
            return ""
        if caption.find("a") is not None:
            self._building.kept["link in a caption"] += 1
        return words_of(caption.extract())

    def _embed(self, tag: Tag) -> None:
        caption = self._take_caption(tag)
        link = tag.find("a")
        address = web_address(tag.get_text().strip()) or (address_of(link, "href") if isinstance(link, Tag) else "")
        if web_address(address):
            self._building.embed(address, caption)
        else:
            figures.keep_with_media(self._building, tag, "embed without an address")

    def _list(self, tag: Tag) -> None:
        if tag.find(IN_A_LIST) is not None:
            figures.keep_with_media(self._building, tag, f"<{tag.name}> with blocks in it")
            return
        media = figures.take_media(tag)
        markup = self._list_markup(tag, 0)
        if re.search(r"<li>(?!</li>)", markup):
            self._building.text(markup)
        figures.show_media(self._building, media)

    def _list_markup(self, tag: Tag, depth: int) -> str:
        if tag.has_attr("start") or tag.has_attr("reversed"):
            self._building.kept["list with numbers of its own"] += 1
        written: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag):
                item = self._item(child, depth)
                written.append(f"<li>{item}</li>" if item else "")
            elif str(child).strip() and not isinstance(child, PreformattedString):
                written.append(f"<li>{InlineWriter(self._building.kept).text(str(child).strip())}</li>")
        return f"<{tag.name}>{''.join(written)}</{tag.name}>"

    def _item(self, tag: Tag, depth: int) -> str:
        if tag.name in {"ul", "ol"} and depth < MAX_DEPTH:
            return self._list_markup(tag, depth + 1)
        words: list[str] = []
        lists: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag) and child.name in {"ul", "ol"} and depth < MAX_DEPTH:
                lists.append(self._list_markup(child, depth + 1))
            else:
                words.append(InlineWriter(self._building.kept).write(child))
        return trimmed("".join(words)) + "".join(lists)


def _holds_blocks(tag: Tag) -> bool:
    """As `tag.find(NOT_IN_A_LINE)`, which is asked of every tag and would be most of the work."""
    return any(isinstance(inner, Tag) and inner.name in NOT_IN_A_LINE for inner in tag.descendants)


def _tree(markup: str, kept: Counter[str]) -> Tag:
    """A tree as a browser would build it, with nothing in it that acts (attacks A07, A10). Counts what that drops."""
    markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    markup = NOSCRIPT.sub("", SECOND_PICTURE.sub("", markup) if " data-" in markup else markup)
    for found in COMMENT.finditer(markup):
        kept[f"<!--{found[1]}-->, dropped" if found[1] else "comment in the HTML, dropped"] += 1
    markup = MARKER.sub("\n\n", markup)
    for name in map(str.lower, TAG.findall(markup)):
        if name in {"script", "style"}:
            kept[f"<{name}>, dropped"] += 1
        elif name not in KNOWN:
            kept[f"<{name}>" if len(kept) < MAX_NAMES else "other tags"] += 1
    safe = CLEANER.clean(markup)
    tree = BeautifulSoup(f"<div>{safe}</div>", "html.parser").div
    assert tree is not None  # noqa: S101 (we have just written it)
    return tree
