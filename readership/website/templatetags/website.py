"""What every page of the site needs to know of the newsroom, and what the front page leads with."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from readership.stories.parts import Link, StoryCard
from readership.website import organization, queries
from readership.website.models import FrontPage

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def organization_json_ld() -> SafeString:
    return organization.organization_json_ld()


@register.simple_tag
def lead_stories(page: FrontPage) -> tuple[StoryCard, ...]:
    return queries.lead_stories(page)


@register.simple_tag
def standing_pages() -> tuple[Link, ...]:
    return queries.standing_pages()
