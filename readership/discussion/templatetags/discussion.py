"""`{% thread_under page %}` puts a page's thread under it, `{% comments_count page as n %}` is for bylines,
`{% invitation_to page %}` leads to the form, `{% counted "new" %}` is for numbers that only the browser knows."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from readership.discussion import counted as words
from readership.discussion.news import invitation_part
from readership.discussion.queries import comments_count as count_of
from readership.discussion.threads import part_under

register = template.Library()


@register.inclusion_tag("discussion/parts/thread.html", takes_context=True)
def thread_under(context: Context, page: Any) -> dict[str, object]:
    return {"thread": part_under(page, context["request"]), "request": context["request"]}


@register.simple_tag
def comments_count(page: Any) -> int:
    return count_of(page)


@register.inclusion_tag("discussion/parts/invitation.html")
def invitation_to(page: Any) -> dict[str, object]:
    return {"invitation": invitation_part(page)}


@register.simple_tag
def counted(name: str) -> str:
    return words.counted(name)
