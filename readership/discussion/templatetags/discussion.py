"""`{% thread_under page %}` puts a page's thread under it, `{% comments_count page as n %}` is for bylines,
`{% invitation_to page %}` leads to the form, `{% counted "new" %}` is for numbers that only the browser knows;
`{% thread_head page %}` and `{% described_comments page as comments %}` tell machines of the thread."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from readership.discussion import counted as words
from readership.discussion import machines
from readership.discussion.embedding import oembed_address
from readership.discussion.news import invitation_part
from readership.discussion.paging import read_id
from readership.discussion.parts import Addresses, ThreadPart
from readership.discussion.queries import comments_count as count_of
from readership.discussion.queries import thread_of
from readership.discussion.telling import choice_of
from readership.discussion.threads import part_under
from readership.following.wanting import Choice
from readership.stories.queries import absolute

register = template.Library()


@register.inclusion_tag("discussion/parts/thread.html", takes_context=True)
def thread_under(context: Context, page: Any) -> dict[str, object]:
    part, comment_id = _part(context, page), _comment_id(context)
    # Only for a comment that the page shows, which is one that everybody may read.
    is_shown = part is not None and comment_id in machines.shown_ids(part)
    elsewhere_url = reverse("comment_elsewhere", args=[comment_id]) if is_shown else ""
    return {"thread": part, "elsewhere_url": elsewhere_url, "request": context["request"]}


@register.simple_tag
def follow_choices(page: Any, also: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    """What one may follow from this page: its thread, and what the page adds."""
    thread = thread_of(page)
    return (choice_of(thread), *also) if thread else also


@register.inclusion_tag("discussion/parts/head_links.html", takes_context=True)
def thread_head(context: Context, page: Any) -> dict[str, object]:
    thread, comment_id = thread_of(page), _comment_id(context)
    if thread is None:
        return {}
    story_url = page.get_url(context["request"]) or "/"
    permalink = absolute(Addresses(story_url).permalink(comment_id)) if comment_id else ""
    return {
        "title": page.title,
        "feed_url": reverse("thread_feed", args=[thread.pk]),
        "oembed_url": oembed_address(permalink) if permalink else "",
    }


@register.simple_tag(takes_context=True)
def described_comments(context: Context, page: Any) -> list[dict[str, object]]:
    part = _part(context, page)
    return machines.described_comments(part) if part else []


@register.simple_tag
def comments_count(page: Any) -> int:
    return count_of(page)


@register.inclusion_tag("discussion/parts/invitation.html")
def invitation_to(page: Any) -> dict[str, object]:
    return {"invitation": invitation_part(page)}


@register.simple_tag
def counted(name: str) -> str:
    return words.counted(name)


def _part(context: Context, page: Any) -> ThreadPart | None:
    """Asked once a rendering, though both the thread and what machines are told of it want it."""
    rendering: Any = context.render_context
    known: dict[int, ThreadPart | None] = rendering.setdefault("thread_part", {})
    if page.pk not in known:
        known[page.pk] = part_under(page, context["request"])
    return known[page.pk]


def _comment_id(context: Context) -> int | None:
    return read_id(context["request"].GET.get("comment"))
