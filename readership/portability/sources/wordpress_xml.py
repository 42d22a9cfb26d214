"""A WordPress export (WXR 1.0 to 1.2) as a stream of entries, read piece by piece so that memory stays flat.

Comments stand at the end of their story. The story is handed on when its first comment begins, and each comment
when it ends; only a story that says more about itself after its comments is kept together until it ends.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from readership.portability.errors import ImportRefused

MAX_BYTES = 500 * 1024 * 1024
MAX_DEPTH = 64
# One field of one story. Longer ones are no texts, and reading them whole would fill the memory.
MAX_FIELD = 16 * 1024 * 1024
PIECE = 64 * 1024

NAMESPACES = (
    (re.compile(r"\{https?://wordpress\.org/export/[0-9.]+/excerpt/\}"), "excerpt:"),
    (re.compile(r"\{https?://wordpress\.org/export/[0-9.]+/\}"), "wp:"),
    (re.compile(r"\{http://purl\.org/rss/1\.0/modules/content/\}"), "content:"),
    (re.compile(r"\{http://purl\.org/dc/elements/1\.1/\}"), "dc:"),
)
OF_THE_SITE = {"wp:author": "author", "wp:category": "category", "wp:tag": "tag", "wp:term": "term", "item": "item"}
METAS = {"wp:postmeta", "wp:commentmeta", "wp:termmeta"}
SITE_DEPTH = 2  # rss, channel
ITEM_DEPTH = 3


@dataclass(frozen=True)
class TermOfItem:
    domain: str
    nicename: str
    name: str


@dataclass
class Entry:
    """One thing of the file. `place` counts items from 1; a comment has the place of its item."""

    kind: str
    line: int
    place: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    metas: list[tuple[str, str]] = field(default_factory=list)
    terms: list[TermOfItem] = field(default_factory=list)

    def text(self, *names: str) -> str:
        """The first of these fields that says something."""
        return next((self.fields[name].strip() for name in names if self.fields.get(name, "").strip()), "")

    def meta(self, key: str) -> str:
        return next((value.strip() for name, value in self.metas if name == key), "")


class WxrReader:
    """Reads one file once. `late` is known when `entries()` has ended: the places of items that go on after
    their first comment, to be given as `whole` to the next reading."""

    def __init__(self, path: Path, *, whole: Collection[int] = ()) -> None:
        self._path = path
        self._target = _Target(whole)
        self._parser = DefusedXMLParser(target=self._target, forbid_dtd=True)
        self._target.line = lambda: self._parser.parser.CurrentLineNumber

    @property
    def late(self) -> set[int]:
        return self._target.late

    def entries(self) -> Iterator[Entry]:
        """The site first, then everything in the order of the file. Raises ImportRefused."""
        _refuse_by_size(self._path)
        with self._path.open("rb") as file:
            while piece := file.read(PIECE):
                self._guarded(self._parser.feed, piece)
                yield from self._target.take()
        self._guarded(self._parser.close)
        yield from self._target.take()
        if not self._target.is_export:
            raise ImportRefused(_not_an_export())

    def _guarded(self, step: Callable[..., object], *given: bytes) -> None:
        try:
            step(*given)
        except ParseError as error:
            raise ImportRefused(_malformed(error)) from error
        except DefusedXmlException as error:
            raise ImportRefused(
                _("This file declares a document type or entities. Exports of WordPress do not; it was not read.")
            ) from error
        except (LookupError, UnicodeError, ValueError) as error:
            raise ImportRefused(_("This file is in an encoding that cannot be read. Save it as UTF-8.")) from error


def _refuse_by_size(path: Path) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ImportRefused(_("This is not a file."))
    except OSError as error:
        raise ImportRefused(_("This file cannot be opened: %(why)s.") % {"why": error.strerror}) from error
    if size > MAX_BYTES:
        raise ImportRefused(
            _("This file is larger than 500 MB. Export the site in parts (one year, one author) and import each.")
        )


def _malformed(error: ParseError) -> str:
    line, column = error.position
    return _(
        "This file is not whole XML: line %(line)d, column %(column)d (%(why)s). "
        "Export it again, or mend that place in a text editor."
    ) % {"line": line, "column": column + 1, "why": str(error).rpartition(":")[0] or str(error)}


def _not_an_export() -> str:
    return _(
        "This file is not an export of WordPress (WXR). "
        "In WordPress, choose Tools, then Export, then All content, and import the file you get."
    )


class _Target:
    """What the parser calls. Finished entries wait in `take()`; nothing else is remembered."""

    def __init__(self, whole: Collection[int]) -> None:
        self.late: set[int] = set()
        self.is_export = False
        self.line: Callable[[], int] = lambda: 0
        self._whole = whole
        self._ready: deque[Entry] = deque()
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._places = 0
        self._site: Entry | None = Entry("site", 1)
        self._open: Entry | None = None
        self._comment: Entry | None = None
        self._has_comments = False
        self._waiting: list[Entry] = []
        self._attributes: dict[str, str] = {}
        self._meta: tuple[str, str] = ("", "")

    def take(self) -> Iterator[Entry]:
        while self._ready:
            yield self._ready.popleft()

    def close(self) -> None:
        self._hand_on_site()

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_FIELD:
            raise ImportRefused(
                _("One text in this file is longer than 16 MB (near line %(line)d). That is no export of a newsroom.")
                % {"line": self.line()}
            )
        self._text.append(text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        depth = len(self._path)
        if depth >= MAX_DEPTH:
            raise ImportRefused(
                _("This file is nested deeper than any export (line %(line)d). It was not read.")
                % {"line": self.line()}
            )
        if depth == 0 and name != "rss":
            raise ImportRefused(_not_an_export())
        self._path.append(name)
        self._forget_text()
        self._attributes = attributes
        if depth == SITE_DEPTH and name in OF_THE_SITE:
            self._begin(OF_THE_SITE[name])
        elif depth == ITEM_DEPTH and self._open and self._open.kind == "item":
            self._begin_inside(name)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        value = "".join(self._text)
        self._forget_text()
        depth = len(self._path)
        if depth == SITE_DEPTH:
            self._end_of_the_site(name, value)
        elif depth == ITEM_DEPTH and self._comment and name == "wp:comment":
            self._end_comment()
        elif self._open and depth > SITE_DEPTH:
            self._end_field(self._comment or self._open, name, value, inside=self._path[-1])

    def _forget_text(self) -> None:
        self._text.clear()
        self._length = 0

    def _begin(self, kind: str) -> None:
        self._hand_on_site()
        self._places += kind == "item"
        self._open = Entry(kind, self.line(), self._places if kind == "item" else 0)
        self._has_comments = False

    def _begin_inside(self, name: str) -> None:
        assert self._open is not None  # noqa: S101 (the caller looked)
        if name == "wp:comment":
            self._comment = Entry("comment", self.line(), self._open.place)
            if not self._has_comments and self._open.place not in self._whole:
                self._ready.append(self._open)
            self._has_comments = True
        elif self._has_comments:
            self.late.add(self._open.place)

    def _end_comment(self) -> None:
        assert self._comment is not None and self._open is not None  # noqa: S101, PT018 (the caller looked)
        (self._waiting if self._open.place in self._whole else self._ready).append(self._comment)
        self._comment = None

    def _end_field(self, entry: Entry, name: str, value: str, *, inside: str) -> None:
        if name == "wp:meta_key":
            self._meta = (value.strip(), self._meta[1])
        elif name == "wp:meta_value":
            self._meta = (self._meta[0], value)
        elif name in METAS:
            entry.metas.append(self._meta)
            self._meta = ("", "")
        elif name == "category" and entry.kind == "item" and inside == "item":
            domain, nicename = self._attributes.get("domain", ""), self._attributes.get("nicename", "")
            entry.terms.append(TermOfItem(domain, nicename, value.strip()))
        elif inside in {*OF_THE_SITE, "wp:comment"}:
            entry.fields.setdefault(name, value)

    def _end_of_the_site(self, name: str, value: str) -> None:
        self.is_export = self.is_export or name.startswith("wp:")
        if self._open is None:
            if self._site is not None and self._path[-1] == "channel":
                self._site.fields.setdefault(name, value)
            return
        if not self._has_comments or self._open.place in self._whole:
            self._ready.append(self._open)
        self._ready.extend(self._waiting)
        self._waiting.clear()
        self._open = None

    def _hand_on_site(self) -> None:
        if self._site is not None:
            self._ready.append(self._site)
            self._site = None


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    for namespace, prefix in NAMESPACES:
        found = namespace.match(tag)
        if found:
            return prefix + tag[found.end() :]
    return tag
