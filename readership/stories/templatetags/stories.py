"""What pages show of stories. Each tag asks one query and returns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text import RichText

from readership.stories import describing, kept_html, listing, queries, translations
from readership.stories.models import Section, Story
from readership.stories.parts import Link, ListPart, StoryCard, StoryPart

register = template.Library()
# Those that the editor's link chooser offers.
LINKS = frozenset({"http", "https", "mailto", "tel"})


@register.simple_tag(takes_context=True)
def story_part(context: Context, page: Story) -> StoryPart:
    """Asked once a rendering, however many blocks of the template want it."""
    rendering: Any = context.render_context
    known: dict[int, StoryPart] = rendering.setdefault("story_part", {})
    if page.pk not in known:
        known[page.pk] = queries.story_part(page)
    return known[page.pk]


@register.simple_tag
def section_list(page: Section, request: HttpRequest) -> ListPart:
    return listing.section_list(page, request.GET.get("page"))


@register.simple_tag
def newest_stories(limit: int, leaving_out: tuple[StoryCard, ...] = ()) -> tuple[StoryCard, ...]:
    return queries.newest_stories(limit, leaving_out=[card.id for card in leaving_out])


@register.simple_tag
def sections_menu() -> tuple[Link, ...]:
    return queries.sections_menu()


@register.simple_tag
def front_url() -> str:
    return translations.front_url()


@register.simple_tag
def versions_of(page: Page | str) -> tuple[translations.Version, ...]:
    return translations.versions_of(page) if isinstance(page, Page) else ()


@register.simple_tag
def json_ld(story: StoryPart, comments_count: int, comments: Sequence[object] = ()) -> SafeString:
    return describing.json_ld(story, comments_count=comments_count, comments=comments)


@register.filter
def has_block(body: Any, kind: str) -> bool:
    return any(block.block_type == kind for block in body)


@register.filter
def clean_text(value: RichText | str) -> SafeString:
    """Rich text with its links resolved, cleaned once more: an import may have stored it (attack A07)."""
    rich_text = value if isinstance(value, RichText) else RichText(str(value))
    return SafeString(kept_html.clean(str(rich_text), schemes=LINKS))


@register.filter
def outside_url(value: str) -> str:
    """The address when it leads to the web, else nothing to follow (attack A07)."""
    return kept_html.web_address(value)
