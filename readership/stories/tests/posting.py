"""What the browser of an editor sends when a story is written in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from readership.stories.models import Author


def story_form(
    *,
    title: str = "A story",
    body: list[tuple[str, Any]] | None = None,
    authors: tuple[Author, ...] = (),
    action: str = "",
    **fields: Any,
) -> dict[str, Any]:
    """`action`: "publish", "submit", or "" to keep a draft."""
    blocks = [("text", rich_text("<p>Words.</p>"))] if body is None else body
    form: dict[str, Any] = nested_form_data(
        {
            "title": title,
            "slug": "a-story",
            "standfirst": "",
            "dateline": "",
            "lead_image": "",
            "lead_caption": "",
            "lead_alt": "",
            "body": streamfield(blocks),
            "bylines": inline_formset([{"author": author.pk, "role": ""} for author in authors]),
            "takes_comments": "on",
            "shown_published_at": "",
            "shown_updated_at": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **fields,
        }
    )
    if action:
        form[f"action-{action}"] = "1"
    return form
