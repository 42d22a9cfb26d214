"""One `<item>`, author or term of an export → its record."""

from __future__ import annotations

from collections import Counter

from django.utils.text import slugify
from django.utils.translation import gettext as _

from readership.portability.records import (
    AuthorRecord,
    BlockRecord,
    BylineRecord,
    PictureRecord,
    SectionRecord,
    SiteRecord,
    SkippedRecord,
    StoryRecord,
    StoryState,
    TopicRecord,
)
from readership.portability.sources.wordpress_words import moment, path_of, plain, slug_of
from readership.portability.sources.wordpress_xml import Entry, TermOfItem

STATES: dict[str, StoryState] = {
    "publish": "live",
    "draft": "draft",
    "pending": "draft",
    "auto-draft": "draft",
    "future": "scheduled",
    "private": "private",
}
KINDS = {"post": "story", "page": "standing_page", "nav_menu_item": "menu_item"}
OUR_KINDS = {"author", "section", "topic", "term", "picture", "comment", "pingback", "trackback", *KINDS.values()}
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic", ".ico")
SECTION_DOMAIN, TOPIC_DOMAINS = "category", {"post_tag", "tag"}  # WXR 1.0 says "tag"
LAST_SECTION = "uncategorized"


def kind_of_item(entry: Entry) -> str:
    post_type = entry.text("wp:post_type") or "post"
    if post_type == "attachment":
        return "picture" if address_of(entry).lower().split("?")[0].endswith(PICTURE_ENDINGS) else "file"
    return KINDS.get(post_type) or (f"other {post_type}" if post_type in OUR_KINDS else post_type)


def address_of(entry: Entry) -> str:
    return entry.text("wp:attachment_url", "guid")


def site_record(entry: Entry) -> SiteRecord:
    return SiteRecord(
        name=plain(entry.text("title")),
        url=entry.text("wp:base_blog_url", "link"),
        language=entry.text("language") or "en",
        description=plain(entry.text("description")),
    )


def author_record(entry: Entry) -> AuthorRecord:
    login = entry.text("wp:author_login")
    full = " ".join((entry.text("wp:author_first_name"), entry.text("wp:author_last_name"))).strip()
    return AuthorRecord(
        source_id=login,
        name=plain(entry.text("wp:author_display_name") or full or login),
        email=entry.text("wp:author_email"),
    )


def section_record(entry: Entry) -> SectionRecord:
    name = entry.text("wp:category_nicename", "wp:term_slug")
    return SectionRecord(
        source_id=name,
        name=plain(entry.text("wp:cat_name", "wp:term_name")) or slug_of(name),
        slug=slug_of(name),
        parent_id=entry.text("wp:category_parent", "wp:term_parent") or None,
        about=plain(entry.text("wp:category_description", "wp:term_description")),
    )


def topic_record(entry: Entry) -> TopicRecord:
    name = entry.text("wp:tag_slug", "wp:term_slug")
    return TopicRecord(name, plain(entry.text("wp:tag_name", "wp:term_name")) or slug_of(name), slug_of(name))


def picture_record(entry: Entry) -> PictureRecord:
    return PictureRecord(
        source_id=entry.text("wp:post_id"),
        title=plain(entry.text("title")),
        url=address_of(entry),
        alt=plain(entry.meta("_wp_attachment_image_alt")),
        caption=plain(entry.text("excerpt:encoded")),
    )


def why_skipped(entry: Entry, kind: str) -> str:
    """The reason why an item has no place here; empty when it has one."""
    status = entry.text("wp:status")
    reasons = {
        "menu_item": _("Menus are set up anew."),
        "file": _("It is not a picture. Links to it stay as they are."),
        "revision": _("An older version; only the newest is imported."),
        "wp_block": _("A pattern; it comes with every story that shows it."),
    }
    if not entry.text("wp:post_id"):
        return _("It has no number of its own.")
    if status == "trash":
        return _("It is in the trash.")
    if kind in {"story", "standing_page"}:
        return _("An older version; only the newest is imported.") if status == "inherit" else ""
    if kind == "picture":
        return "" if address_of(entry) else _("It has no address.")
    return reasons.get(kind) or _("It belongs to an extension or a theme (type “%(kind)s”).") % {"kind": kind}


def skipped_record(entry: Entry, kind: str, reason: str) -> SkippedRecord:
    details = {"line": str(entry.line), "title": plain(entry.text("title"))}
    return SkippedRecord(kind, entry.text("wp:post_id", "guid"), reason, details)


def story_record(entry: Entry, *, body: tuple[BlockRecord, ...], kept: Counter[str]) -> StoryRecord:
    is_page = kind_of_item(entry) == "standing_page"
    source_id, password = entry.text("wp:post_id"), entry.text("wp:post_password")
    published_at = moment(entry.text("wp:post_date_gmt"), entry.text("wp:post_date"))
    updated_at = moment(entry.text("wp:post_modified_gmt"), entry.text("wp:post_modified"))
    parent_id = entry.text("wp:post_parent")
    return StoryRecord(
        source_id=source_id,
        headline=headline_of(entry),
        slug=slug_of(entry.text("wp:post_name"))
        or slugify(headline_of(entry), allow_unicode=True)
        or f"story-{source_id}",
        body=body,
        state="private" if password else _state(entry, kept),
        published_at=published_at,
        updated_at=updated_at if updated_at and published_at and updated_at > published_at else None,
        standfirst=plain(entry.text("excerpt:encoded")),
        bylines=tuple(BylineRecord(login) for login in [entry.text("dc:creator")] if login),
        section_ids=section_ids(entry),
        topic_ids=tuple(dict.fromkeys(term.nicename for term in topics_of(entry))),
        lead_picture_id=entry.meta("_thumbnail_id") or None,
        old_paths=old_paths(entry, is_page=is_page),
        parent_id=None if parent_id in {"", "0"} else parent_id,
        is_standing_page=is_page,
        is_pinned="1" in {entry.text("wp:is_sticky"), entry.text("is_sticky")},
        takes_comments=entry.text("wp:comment_status") != "closed",
        password=password,
    )


def _state(entry: Entry, kept: Counter[str]) -> StoryState:
    status = entry.text("wp:status")
    if status not in STATES:
        kept[f"status {status}"] += 1
    return STATES.get(status, "draft")


def headline_of(entry: Entry) -> str:
    """The title, or what the address says, or the day: a list of stories needs something to press on."""
    slug = slug_of(entry.text("wp:post_name"))
    written_at = moment(entry.text("wp:post_date_gmt"), entry.text("wp:post_date"))
    if title := plain(entry.text("title")):
        return title
    if slug and not slug.isdecimal():
        return slug.replace("-", " ").capitalize()
    return _("Without a title, %(day)s") % {"day": written_at.date()} if written_at else _("Without a title")


def sections_of(entry: Entry) -> list[TermOfItem]:
    return [term for term in _named(entry) if term.domain == SECTION_DOMAIN]


def topics_of(entry: Entry) -> list[TermOfItem]:
    return [term for term in _named(entry) if term.domain in TOPIC_DOMAINS]


def _named(entry: Entry) -> list[TermOfItem]:
    """WXR 1.0 writes every term twice, once without its slug; a term that has only a name is a section."""
    named = [term for term in entry.terms if term.nicename]
    if named:
        return named
    return [
        TermOfItem(term.domain or SECTION_DOMAIN, slugify(term.name, allow_unicode=True) or term.name, term.name)
        for term in entry.terms
        if term.name
    ]


def section_ids(entry: Entry) -> tuple[str, ...]:
    """In the order of the file, the section that means "none" last: the first becomes the story's own."""
    names = dict.fromkeys(term.nicename for term in sections_of(entry))
    return tuple(sorted(names, key=lambda name: name == LAST_SECTION))


def old_paths(entry: Entry, *, is_page: bool) -> tuple[str, ...]:
    """Where readers may still look for it: its address, its numbers, and the addresses it had before."""
    source_id, path = entry.text("wp:post_id"), path_of(entry.text("link"))
    by_number = [f"/?p={source_id}", *([f"/?page_id={source_id}"] if is_page else [])]
    earlier = [value.strip() for key, value in entry.metas if key == "_wp_old_slug" and value.strip()]
    name = entry.text("wp:post_name")
    renamed = [path.replace(f"/{name}", f"/{slug}") for slug in earlier if name and f"/{name}" in path]
    return tuple(dict.fromkeys([*([path] if path else []), *by_number, *renamed]))
