"""What search engines are told of a story, as JSON-LD that cannot end its script (attack A12)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString

from readership.stories.parts import StoryPart
from readership.stories.queries import absolute

ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(story: StoryPart, *, comments_count: int, comments: Sequence[object] = ()) -> SafeString:
    """A schema.org NewsArticle as JSON text that is safe inside a script element.

    `comments` are those shown, described by whoever has them: this app knows of none.
    """
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.standfirst,
        "url": story.canonical_url,
        "mainEntityOfPage": story.canonical_url,
        "datePublished": story.published_at.isoformat(),
        "dateModified": (story.updated_at or story.published_at).isoformat(),
        "articleSection": story.section.name,
        "author": [{"@type": "Person", "name": b.name, "url": absolute(b.url)} for b in story.bylines],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "@id": f"{settings.SITE_URL}/#organization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "commentCount": comments_count,
        "isAccessibleForFree": True,
    }
    if comments:
        described["comment"] = list(comments)
    if story.share_picture_url:
        described["image"] = [story.share_picture_url]
    return in_script(described)


def in_script(described: object) -> SafeString:
    """JSON that may stand inside a script element, whatever it holds."""
    return SafeString(json.dumps(described, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))
