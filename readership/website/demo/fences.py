"""A story's text file becomes blocks: Markdown between fences is reading text, each fence is one block.

    ::: quote
    speaker: Beryl Osgood
    source: Tanner’s Row

    They sent a man in the spring.
    :::

A fence opens with its kind, then `name: value` lines, an empty line, and its text. The kinds and their values
are those of `stories.blocks.StoryBody`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from readership.portability.records import BlockRecord

FENCE = re.compile(r"^::: (?P<kind>[a-z_]+)\n(?P<inside>.*?)^:::$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(?P<marks>#{2,4}) (?P<text>.+)$", re.MULTILINE)
FIELD = re.compile(r"^(?P<name>[a-z_]+): (?P<value>.+)$")
# Rich text knows b and i, as editors' own stories do.
RICH_TEXT_TAGS = {"strong": "b", "em": "i"}


@dataclass(frozen=True)
class Fence:
    kind: str
    fields: dict[str, str]
    text: str


def blocks_of(body: str) -> tuple[BlockRecord, ...]:
    """The blocks of a body, in order. Raises KeyError for a fence of a kind that does not exist."""
    return tuple(_blocks_of(body))


def _blocks_of(body: str) -> Iterator[BlockRecord]:
    end = 0
    for match in FENCE.finditer(body):
        yield from _reading_text(body[end : match.start()])
        yield _block(_fence(match["kind"], match["inside"]))
        end = match.end()
    yield from _reading_text(body[end:])


def _reading_text(text: str) -> Iterator[BlockRecord]:
    end = 0
    for match in HEADING.finditer(text):
        yield from _paragraphs(text[end : match.start()])
        yield BlockRecord("heading", {"text": match["text"].strip(), "level": str(len(match["marks"]))})
        end = match.end()
    yield from _paragraphs(text[end:])


def _paragraphs(text: str) -> Iterator[BlockRecord]:
    if text.strip():
        yield BlockRecord("text", html_of(text))


def html_of(text: str) -> str:
    return str(_markdown().render(text.strip())).strip()


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    markdown.core.ruler.push("rich_text_tags", _use_rich_text_tags)
    return markdown


def _use_rich_text_tags(state: StateCore) -> None:
    for token in state.tokens:
        for part in token.children or ():
            part.tag = RICH_TEXT_TAGS.get(part.tag, part.tag)


def _fence(kind: str, inside: str) -> Fence:
    fields, lines = {}, inside.strip().splitlines()
    while lines and (match := FIELD.match(lines[0])):
        fields[match["name"]] = match["value"].strip()
        lines.pop(0)
    return Fence(kind, fields, "\n".join(lines).strip())


def _block(fence: Fence) -> BlockRecord:
    return BlockRecord(fence.kind, VALUES[fence.kind](fence))


def _quote(fence: Fence) -> object:
    return {
        "text": fence.text,
        "speaker": fence.fields["speaker"],
        "source": fence.fields.get("source", ""),
        "source_url": fence.fields.get("source_url", ""),
    }


def _pull_quote(fence: Fence) -> object:
    return {"text": fence.text, "credit": fence.fields.get("credit", "")}


def _fact_box(fence: Fence) -> object:
    return {"title": fence.fields["title"], "text": html_of(fence.text)}


def _table(fence: Fence) -> object:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in fence.text.splitlines()]
    return {
        "data": rows,
        "first_row_is_table_header": True,
        "first_col_is_header": fence.fields.get("first_column") == "yes",
        "table_caption": fence.fields["caption"],
    }


def _embed(fence: Fence) -> object:
    return {"url": fence.fields["url"], "title": fence.fields["title"]}


def _support_ask(fence: Fence) -> object:
    return {"text": fence.text}


def _related_story(fence: Fence) -> object:
    return {"story": f"story:{fence.fields['story']}"}


def _image(fence: Fence) -> object:
    return {
        "image": f"picture:{fence.fields['scene']}",
        "caption": fence.fields["caption"],
        "alt": fence.fields["alt"],
        "is_decorative": False,
    }


def _gallery(fence: Fence) -> object:
    pictures = [_fence("image", lines) for lines in fence.text.split("\n\n")]
    return {"title": fence.fields["title"], "images": [_image(picture) for picture in pictures]}


VALUES: dict[str, Callable[[Fence], object]] = {
    "quote": _quote,
    "pull_quote": _pull_quote,
    "fact_box": _fact_box,
    "table": _table,
    "embed": _embed,
    "support_ask": _support_ask,
    "related_story": _related_story,
    "image": _image,
    "gallery": _gallery,
}


def fences_of(body: str, *, kind: str) -> Iterator[Fence]:
    for match in FENCE.finditer(body):
        if match["kind"] == kind:
            yield _fence(match["kind"], match["inside"])
