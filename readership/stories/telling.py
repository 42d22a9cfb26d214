"""What followers hear of stories: new ones by an author, new ones on a topic."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from readership.following.announcing import Target, announce
from readership.following.models import Kind
from readership.following.registry import News, Subject, finds, tells
from readership.following.wanting import Choice, Want
from readership.lib.text import excerpt
from readership.readers.models import MailAddress
from readership.stories.models import Author, Byline, Story, Topic
from readership.stories.openness import is_open
from readership.stories.translations import is_translation

LONGEST_WORDS = 400
# What an older site brings along, or what is dated back, is no news.
NEWS_FOR = timedelta(days=2)


def choices_of(
    authors: Collection[Author], topics: Collection[Topic], *, is_chosen: bool = False
) -> tuple[Choice, ...]:
    by_author = [Choice(str(Want(Kind.AUTHOR, one.pk)), _by(one), is_chosen) for one in authors]
    on_topic = [Choice(str(Want(Kind.TOPIC, one.pk)), _on(one), is_chosen) for one in topics]
    return (*by_author, *on_topic)


def _by(author: Author) -> str:
    return _("New stories by %(name)s") % {"name": author.name}


def _on(topic: Topic) -> str:
    return _("New stories on “%(topic)s”") % {"topic": topic.name}


@finds(Kind.AUTHOR)
def authors(ids: Collection[int]) -> dict[int, Subject]:
    found = Author.objects.filter(pk__in=ids)
    return {one.pk: Subject(_by(one), one.get_absolute_url(), f"author-{one.pk}") for one in found}


@finds(Kind.TOPIC)
def topics(ids: Collection[int]) -> dict[int, Subject]:
    found = Topic.objects.filter(pk__in=ids)
    return {one.pk: Subject(_on(one), one.get_absolute_url(), f"topic-{one.pk}") for one in found}


@tells("story")
def told(ids: Collection[int], address: MailAddress) -> dict[int, News]:
    return {story.pk: _news(story) for story in Story.objects.filter(pk__in=ids, live=True) if is_open(story)}


def _news(story: Story) -> News:
    return News(
        place=_("New stories"),
        place_url="/",
        heading=story.title,
        words=excerpt(story.standfirst, LONGEST_WORDS),
        url=story.get_url() or "/",
    )


def tell_of_story(story: Story, *, now: datetime) -> None:
    """When it goes live for the first time."""
    is_first = story.live and story.first_published_at == story.last_published_at
    # Who follows an author heard of the story when it came; its translation is no other story.
    if not is_first or story.published_at < now - NEWS_FOR or is_translation(story):
        return
    announce(news="story", item_id=story.pk, about=f"story-{story.pk}", targets=_targets(story), now=now)


def _targets(story: Story) -> list[Target]:
    by = Byline.objects.filter(story=story).values_list("author_id", flat=True)
    return [*((Kind.AUTHOR, pk) for pk in by), *((Kind.TOPIC, topic.pk) for topic in story.topics.all())]
