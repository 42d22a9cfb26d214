"""Quotes of old HTML → quote and pull quote blocks, and posts of other networks, which come as quotes too."""

from __future__ import annotations

import html

from bs4.element import Tag

from readership.portability.sources import wordpress_figures as figures
from readership.portability.sources.wordpress_building import Building
from readership.portability.sources.wordpress_inline import address_of, words_of
from readership.portability.sources.wordpress_words import web_address

NETWORKS = {"twitter-tweet", "instagram-media", "fb-post", "tiktok-embed", "bluesky-embed", "wp-embedded-content"}
NOT_WORDS = [*figures.MEDIA, "table", "blockquote", "pre", "dl", "details", "ul", "ol", "figure"]
MAX_TITLE = 200


def quote(building: Building, tag: Tag) -> None:
    kinds = figures.classes(tag)
    if "wp-block-pullquote" in kinds:
        pull_quote(building, tag)
    elif kinds & NETWORKS:
        _post_of_a_network(building, tag)
    elif _is_plain(tag):
        _plain_quote(building, tag)
    else:
        figures.keep_with_media(building, tag, "<blockquote> with more than words")


def pull_quote(building: Building, tag: Tag) -> None:
    media = figures.take_media(tag)
    credit, link = _take_speaker(tag)
    if link or tag.find("a") is not None:
        building.kept["link in a pull quote"] += 1
    words = words_of(tag, "\n")
    if words:
        building.add("pull_quote", {"text": words, "credit": credit})
    else:
        building.paragraph(html.escape(credit, quote=False))
    figures.show_media(building, media)


def _plain_quote(building: Building, tag: Tag) -> None:
    speaker, link = _take_speaker(tag)
    words = words_of(tag, "\n")
    if not words:
        building.paragraph(html.escape(speaker, quote=False))
        return
    source_url = web_address(link) or web_address(address_of(tag, "cite"))
    building.add("quote", {"text": words, "speaker": speaker, "source": "", "source_url": source_url})


def _is_plain(tag: Tag) -> bool:
    """Links in the words would be lost in a quote block; one in the source has a place there."""
    links = [link for link in tag.find_all("a") if link.find_parent(["cite", "footer"]) is None]
    return not links and tag.find(NOT_WORDS) is None


def _post_of_a_network(building: Building, tag: Tag) -> None:
    links = [found for link in tag.find_all("a") if (found := web_address(address_of(link, "href")))]
    address = web_address(address_of(tag, "cite")) or (links[-1] if links else "")
    if address:
        building.embed(address, words_of(tag)[:MAX_TITLE])
    else:
        figures.keep_with_media(building, tag, "<blockquote> with more than words")


def _take_speaker(tag: Tag) -> tuple[str, str]:
    """Whose words they are, and the address behind that. A `<cite>` within a sentence names a work instead."""
    candidates = tag.find_all(["cite", "footer", "figcaption"])
    last = candidates[-1] if candidates else None
    if last is None or last.parent is None or "".join(map(str, last.find_next_siblings(string=True))).strip():
        return "", ""
    if last.name == "cite" and last.parent is not tag and last.parent.name != "blockquote":
        return "", ""
    link = last.find("a")
    address = address_of(link, "href") if isinstance(link, Tag) else ""
    return words_of(last.extract()).lstrip("—–- "), address
