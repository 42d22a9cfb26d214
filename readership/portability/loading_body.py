"""The blocks of a story: cleaned, and pointing at our rows instead of the old site's items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.translation import gettext as _

from readership.portability.errors import RecordRefused
from readership.portability.loading_items import Load, Notes
from readership.portability.records import BlockRecord, PictureRecord, StoryRecord
from readership.stories.blocks import StoryBody

TEXT_TAGS = {"p", "a", "b", "strong", "i", "em", "ul", "ol", "li", "sub", "sup", "s", "br", "code"}
KINDS = frozenset(StoryBody().child_blocks)
Raw = dict[str, Any]


def raw_body(load: Load, record: StoryRecord, notes: Notes) -> str:
    """What StreamField stores, as JSON."""
    return json.dumps([{"type": kind, "value": value} for kind, value in _blocks(load, record.body, notes)])


def related_stories(record: StoryRecord) -> Iterator[str]:
    for block in record.body:
        if block.kind == "related_story" and isinstance(block.value, dict):
            yield str(block.value["story"])


def _blocks(load: Load, blocks: Iterable[BlockRecord], notes: Notes) -> Iterator[tuple[str, Any]]:
    for block in blocks:
        if block.kind not in KINDS:
            raise RecordRefused(_("Its text holds a block that is not known here: %(kind)s.") % {"kind": block.kind})
        yield from _block(load, block, notes)


def _block(load: Load, block: BlockRecord, notes: Notes) -> Iterator[tuple[str, Any]]:
    value: Any = block.value
    if block.kind == "image":
        yield _picture(load, value, notes)
    elif block.kind == "gallery":
        yield from _gallery(load, value, notes)
    elif block.kind == "related_story":
        yield from _related(load, value, notes)
    elif block.kind == "text":
        yield block.kind, clean_text_html(value)
    elif block.kind == "fact_box":
        yield block.kind, {**value, "text": clean_text_html(value["text"])}
    elif block.kind == "embed" and not _is_web_address(value["url"]):
        yield "kept_html", f"<p>{escape(value.get('title') or value['url'])}</p>"
    elif block.kind == "quote" and not _is_web_address(value.get("source_url") or ""):
        yield block.kind, {**value, "source_url": ""}
    else:
        yield block.kind, value


def clean_text_html(html: str) -> str:
    """Rich text is shown as it is stored, so nothing else may get in (attack A10)."""
    cleaned = nh3.clean(
        html, tags=TEXT_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    for old, new in (("strong", "b"), ("em", "i")):
        cleaned = cleaned.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    # As the admin's editor writes it; it stops at a tag that is not closed.
    return cleaned.replace("<br>", "<br/>")


def _picture(load: Load, value: Raw, notes: Notes) -> tuple[str, Any]:
    pk = load.pk("picture", value["image"])
    if pk is not None:
        return "image", {**value, "image": pk}
    notes[_("pictures in stories did not come along; their place says so")] += 1
    return "kept_html", _place_of_picture(value, load.left_pictures.get(value["image"]))


def _place_of_picture(value: Raw, left: PictureRecord | None) -> str:
    own = (left.alt, left.caption, left.title) if left else ("", "", "")
    caption = value.get("caption") or own[1]
    name = value.get("alt") or own[0] or own[2] or caption or value["image"]
    said = escape(_("Picture not brought along: %(name)s") % {"name": name})
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure><p>{said}</p>{words}</figure>"


def _gallery(load: Load, value: Raw, notes: Notes) -> Iterator[tuple[str, Any]]:
    pictures = [_picture(load, picture, notes) for picture in value["images"]]
    found = [picture for kind, picture in pictures if kind == "image"]
    if found:
        yield "gallery", {**value, "images": found}
    yield from (picture for picture in pictures if picture[0] != "image")
    if not found and value.get("title"):
        yield "text", f"<p>{escape(value['title'])}</p>"


def _related(load: Load, value: Raw, notes: Notes) -> Iterator[tuple[str, Any]]:
    pk = load.pk("story", value["story"])
    if pk is None:
        notes[_("links to related stories that did not come along were left out")] += 1
    else:
        yield "related_story", {"story": pk}


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
