"""Makers of small exports of WordPress: invented sites, only what a test is about."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

from readership.portability.records import BlockRecord, Record
from readership.portability.sources.wordpress import WordPressFile
from readership.portability.sources.wordpress_body import Surroundings, body_of
from readership.portability.sources.wordpress_pictures import PictureIndex

SITE = "https://old.example"


def write_export(folder: Path, *parts: str, version: str = "1.2") -> Path:
    path = folder / "export.xml"
    path.write_text(export(*parts, version=version), encoding="utf-8")
    return path


def export(*parts: str, version: str = "1.2") -> str:
    space = f"http://wordpress.org/export/{version}/"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:excerpt="{space}excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{space}">\n<channel>\n'
        f"<title>The Old Site</title><link>{SITE}</link><language>en-GB</language>"
        f"<description>News &amp;amp; talk</description><wp:wxr_version>{version}</wp:wxr_version>\n"
        + "\n".join(parts)
        + "\n</channel></rss>\n"
    )


def item(
    post_id: int = 7,
    *inside: str,
    post_type: str = "post",
    status: str = "publish",
    title: str = "A bridge opens",
    content: str = "Words.",
    creator: str = "ada",
    name: str = "a-bridge-opens",
    date: str = "2020-03-01 10:00:00",
    date_gmt: str = "2020-03-01 09:00:00",
) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{SITE}/2020/03/{name}/</link><dc:creator>{creator}</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{post_id}</wp:post_id>"
        f"<wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date_gmt}</wp:post_date_gmt>"
        f"<wp:post_name>{name}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_type>{post_type}</wp:post_type>{''.join(inside)}</item>"
    )


def attachment(post_id: int, address: str = "", *, parent: int = 0) -> str:
    address = address or f"{SITE}/wp-content/uploads/2020/03/picture-{post_id}.jpg"
    return item(
        post_id,
        f"<wp:attachment_url>{address}</wp:attachment_url><wp:post_parent>{parent}</wp:post_parent>",
        meta("_wp_attachment_image_alt", "A bridge"),
        post_type="attachment",
        status="inherit",
        title=f"Picture {post_id}",
    )


def comment(
    comment_id: int = 1,
    *inside: str,
    content: str = "Well said.",
    author: str = "Bo",
    email: str = "bo@readers.example",
    approved: str = "1",
    kind: str = "comment",
    parent: int = 0,
    date_gmt: str = "2020-03-02 08:00:00",
) -> str:
    return (
        f"<wp:comment><wp:comment_id>{comment_id}</wp:comment_id>"
        f"<wp:comment_author><![CDATA[{author}]]></wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email>"
        "<wp:comment_author_url>https://linking.example/page/</wp:comment_author_url>"
        f"<wp:comment_date_gmt>{date_gmt}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{content}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent>{''.join(inside)}</wp:comment>"
    )


def meta(key: str, value: str, *, of: str = "post") -> str:
    return (
        f"<wp:{of}meta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:{of}meta>"
    )


def records_of(folder: Path, *parts: str, version: str = "1.2") -> list[Record]:
    return list(WordPressFile(write_export(folder, *parts, version=version)).records())


def pictures() -> PictureIndex:
    """Pictures 11 and 12; 12 was uploaded for story 7."""
    index = PictureIndex()
    index.add("11", f"{SITE}/wp-content/uploads/2020/03/bridge.jpg")
    index.add("12", f"{SITE}/wp-content/uploads/2020/03/mayor-scaled.jpg", story_id="7")
    return index


def blocks_of(content: str, **patterns: str) -> tuple[list[tuple[str, object]], Counter[str]]:
    kept: Counter[str] = Counter()
    shared = {number.removeprefix("n"): text for number, text in patterns.items()}
    found: tuple[BlockRecord, ...] = body_of(content, Surroundings(pictures(), shared, "7"), kept=kept)
    return [(block.kind, block.value) for block in found], +kept
