"""Whether there is a newsletter, and the small form to subscribe. Each tag asks one query and returns it."""

from __future__ import annotations

from django import template

from readership.newsletter.editions import editions_on
from readership.newsletter.models import Edition

register = template.Library()


@register.simple_tag
def editions() -> tuple[Edition, ...]:
    return editions_on()


@register.inclusion_tag("newsletter/parts/box.html")
def newsletter_box() -> dict[str, tuple[Edition, ...]]:
    return {"editions": editions_on()}
