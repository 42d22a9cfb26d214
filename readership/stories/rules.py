"""Pure: what must be true of a story before readers see it, and what they would miss.

Works on any object with a story's fields: a row, or a form's cleaned values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


SILENT_PICTURE = _(
    "Picture %(number)d in the body has no alternative text. Say what it shows, or mark it as decoration."
)


@dataclass(frozen=True)
class Problem:
    """`field` is where an editor mends it."""

    field: str
    sentence: Sentence


def problems(*, lead_image: Any, lead_alt: str, body: Any) -> Iterator[Problem]:
    """What forbids publication: no text, or a picture that says nothing to those who cannot see it."""
    if lead_image and not (lead_alt.strip() or lead_image.alt.strip()):
        yield Problem(
            "lead_alt",
            _("The lead picture has no alternative text: say what it shows, for readers who cannot see it."),
        )
    if not body:
        yield Problem("body", _("There is no text yet: add at least one block to the body."))
        return
    for number, picture in enumerate(pictures_in(body), start=1):
        if is_silent(picture):
            yield Problem("body", SILENT_PICTURE % {"number": number})


def advice(*, standfirst: str, bylines_count: int) -> Iterator[Sentence]:
    """What readers would miss, though the story may go live without it."""
    if not standfirst.strip():
        yield _("It has no standfirst: say in a sentence or two what the story is and why it matters.")
    if not bylines_count:
        yield _("It has no byline: say who made it.")


def pictures_in(body: Iterable[Any]) -> Iterator[Any]:
    """The values of all pictures in the body, galleries included, in order."""
    for block in body:
        if block.block_type == "image":
            yield block.value
        elif block.block_type == "gallery":
            yield from block.value.get("images", [])


def is_silent(picture: Any) -> bool:
    image = picture.get("image")
    if image is None or picture.get("is_decorative"):
        return False
    return not ((picture.get("alt") or "").strip() or image.alt.strip())
