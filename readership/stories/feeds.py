"""Atom feeds of the site, a section, an author, a topic. Titles are text, whatever they hold (attack A18)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from wagtail.models import Site

from readership.lib.text import clean_line, clean_text
from readership.pagecache import depends_on, share
from readership.stories.models import Author, Section, Story, Topic
from readership.stories.openness import readable
from readership.stories.queries import (
    absolute,
    stories,
    stories_of_author,
    stories_of_section,
    stories_of_topic,
)
from readership.stories.translations import front_url, root_path_of

ENTRIES = 30


class StoriesFeed(Feed[Story, Any]):
    """The newest stories of the site; its subclasses narrow it down."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        depends_on("site", "stories")
        share(request)
        return super().__call__(request, *args, **kwargs)

    def title(self, what: Any) -> str:
        return clean_line(f"{settings.SITE_NAME}: {what}") if what else settings.SITE_NAME

    def link(self, what: Any) -> str:
        return absolute(self.address(what))

    def subtitle(self, what: Any) -> str:
        """The meter in words. Not in the entries: with each gift, feed readers would take every story for a new one."""
        page = what if isinstance(what, Section) else None
        return clean_line(render_to_string("website/feed_subtitle.txt", {"page": page}))

    def feed_url(self, what: Any) -> str:
        return f"{self.link(what)}feed/"

    def address(self, what: Any) -> str:
        return front_url()

    def rows(self, what: Any) -> QuerySet[Story]:
        return stories()

    def items(self, what: Any) -> list[Story]:
        found = list(self.rows(what)[:ENTRIES])
        depends_on(*(f"story:{story.pk}" for story in found))
        depends_on(*(f"author:{byline.author_id}" for story in found for byline in story.bylines.all()))
        return found

    def item_title(self, item: Story) -> str:
        # XML knows no control characters, which a title of an older site may hold.
        return clean_line(item.title)

    def item_description(self, item: Story) -> str:
        # The summary of an Atom feed is HTML, and a standfirst is words.
        return escape(clean_text(item.standfirst))

    def item_link(self, item: Story) -> str:
        return absolute(item.url or front_url())

    def item_pubdate(self, item: Story) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Story) -> datetime:
        return item.shown_updated_at or item.published_at

    def item_author_name(self, item: Story) -> str:
        return clean_line(", ".join(byline.author.name for byline in item.bylines.all()))


class SectionFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Section:
        address = f"{root_path_of(Site.find_for_request(request))}{kwargs['section_path']}/"
        section: Section = get_object_or_404(readable(Section.objects.live()), url_path=address)
        depends_on(f"page:{section.pk}", f"section:{section.pk}")
        return section

    def address(self, what: Section) -> str:
        return str(what.url)

    def rows(self, what: Section) -> QuerySet[Story]:
        return stories_of_section(what)


class AuthorFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Author:
        author = get_object_or_404(Author, slug=kwargs["slug"])
        depends_on(f"author:{author.pk}")
        return author

    def address(self, what: Author) -> str:
        return what.get_absolute_url()

    def rows(self, what: Author) -> QuerySet[Story]:
        return stories_of_author(what)


class TopicFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Topic:
        topic = get_object_or_404(Topic, slug=kwargs["slug"])
        depends_on(f"topic:{topic.pk}")
        return topic

    def address(self, what: Topic) -> str:
        return what.get_absolute_url()

    def rows(self, what: Topic) -> QuerySet[Story]:
        return stories_of_topic(what)
