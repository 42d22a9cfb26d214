"""Atom feeds of the comments on one story, and of the newest of the whole site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page

from readership.discussion.access import public_thread
from readership.discussion.errors import NotThere
from readership.discussion.models import Comment, State, Thread
from readership.discussion.parts import Addresses
from readership.discussion.picture_part import picture_part
from readership.discussion.showing import story_url
from readership.lib.languages import prefix
from readership.lib.text import clean_line, clean_text
from readership.pagecache import depends_on, share
from readership.stories.openness import readable
from readership.stories.queries import absolute
from readership.stories.translations import front_url, in_this_language

ENTRIES = 50
THREADING = "http://purl.org/syndication/thread/1.0"


def lasting_id(kind: str, number: int, begun_at: datetime) -> str:
    """A tag: URI (RFC 4151): it stays when a story gets another address, so that no feed reader shows it twice."""
    return f"tag:{settings.SITE_HOST},{begun_at:%Y-%m-%d}:{kind}/{number}"


class TalkAtom(Atom1Feed):
    """Whole comments as `content`, and what each answers, as RFC 4685 has it."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:thr": THREADING}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})
        if item["answers"]:
            handler.addQuickElement("thr:in-reply-to", None, {"ref": item["answers"]})


class CommentsFeed(Feed[Comment, "Thread | None"]):
    """The newest comments of the site.

    What it shows changes within a second. A comment of a thread that is not in it yet may take a minute to appear:
    else every comment anywhere would have to tell one tag that all of them share.
    """

    feed_type = TalkAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        depends_on("site")
        share(request)
        return super().__call__(request, *args, **kwargs)

    def title(self, thread: Thread | None) -> str:
        return clean_line(_("%(site)s: comments") % {"site": settings.SITE_NAME})

    def link(self, thread: Thread | None) -> str:
        return absolute(front_url())

    def feed_url(self, thread: Thread | None) -> str:
        return absolute(f"{prefix()}/talk/feed/")

    def rows(self, thread: Thread | None) -> QuerySet[Comment]:
        pages = readable(Page.objects.live())
        open_pages = (pages if thread else in_this_language(pages)).filter(pk=OuterRef("thread__page"))
        return Comment.objects.filter(Exists(open_pages), state=State.PUBLISHED).select_related(
            "thread__page", "picture"
        )

    def items(self, thread: Thread | None) -> list[Comment]:
        rows = self.rows(thread).defer("text_source").annotate(answered_at=F("parent__created_at"))
        found: list[Comment] = list(rows.order_by("-created_at", "-id")[:ENTRIES])
        for comment in found:
            depends_on(comment.thread.tag, *_tags_of_page(comment.thread))
        return found

    def item_title(self, item: Comment) -> str:
        story = str(item.thread.page.title) if item.thread.page else ""
        return clean_line(_("%(name)s on “%(story)s”") % {"name": item.author_name, "story": story})

    def item_description(self, item: Comment) -> str:
        # Made by rendering.py, which lets only safe tags through. XML knows no control characters, old sites do.
        return clean_text(item.text_html) + _figure(item)

    def item_link(self, item: Comment) -> str:
        return absolute(Addresses(story_url(item.thread)).permalink(item.pk))

    def item_guid(self, item: Comment) -> str:
        return lasting_id("comments", item.pk, item.created_at)

    def item_pubdate(self, item: Comment) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Comment) -> datetime:
        return item.edited_at or item.created_at

    def item_author_name(self, item: Comment) -> str:
        return clean_line(item.author_name)

    def item_extra_kwargs(self, item: Comment) -> dict[str, Any]:
        answered_at: datetime | None = getattr(item, "answered_at", None)
        if item.parent_id is None or answered_at is None:
            return {"answers": ""}
        return {"answers": lasting_id("comments", item.parent_id, answered_at)}


class ThreadFeed(CommentsFeed):
    """The newest comments on one story."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Thread:
        try:
            thread = public_thread(kwargs["thread_id"])
        except NotThere:
            raise Http404 from None
        depends_on(thread.tag, *_tags_of_page(thread))
        return thread

    def title(self, thread: Thread | None) -> str:
        story = str(thread.page.title) if thread and thread.page else ""
        return clean_line(_("%(site)s: comments on “%(story)s”") % {"site": settings.SITE_NAME, "story": story})

    def link(self, thread: Thread | None) -> str:
        return absolute(f"{story_url(thread)}#comments") if thread else absolute("/")

    def feed_url(self, thread: Thread | None) -> str:
        return absolute(f"{prefix()}/talk/{thread.pk}/feed/") if thread else super().feed_url(thread)

    def feed_guid(self, thread: Thread | None) -> str | None:
        return lasting_id("threads", thread.pk, thread.opened_at) if thread else None

    def rows(self, thread: Thread | None) -> QuerySet[Comment]:
        comments = Comment.objects.listed().filter(thread=thread, state=State.PUBLISHED)
        return comments.select_related("thread__page", "picture")


def _figure(comment: Comment) -> str:
    picture = picture_part(comment)
    if picture is None:
        return ""
    return format_html(
        '<p><img src="{}" width="{}" height="{}" alt="{}"></p>',
        absolute(picture.url),
        picture.width,
        picture.height,
        clean_line(picture.alt),
    )


def _tags_of_page(thread: Thread) -> tuple[str, ...]:
    return (f"page:{thread.page_id}", f"story:{thread.page_id}")
