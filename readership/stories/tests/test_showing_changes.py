"""Whatever changes reaches every page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from readership.pagecache.collecting import rendering
from readership.pagecache.generations import Generations, counters
from readership.stories import sitemaps
from readership.stories.listing import author_list, section_list, topic_list
from readership.stories.models import Section, Story
from readership.stories.queries import newest_stories, sections_menu, story_part
from readership.stories.tests.makers import (
    make_author,
    make_picture,
    make_section,
    make_story,
    make_topic,
    restrict,
)

pytestmark = pytest.mark.django_db
Capture = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def is_stale(django_capture_on_commit_callbacks: Capture) -> Callable[..., bool]:
    def ask(show: Callable[[], object], change: Callable[[], object]) -> bool:
        """Whether a page that was rendered by `show` is stale after `change`."""
        generations = Generations(counters())
        before = generations.snapshot()
        with rendering() as page:
            show()
        # As every page does.
        tags = generations.tags({*page.tags, "site"}, at=before)
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return not generations.are_unchanged(tags)

    return ask


IsStale = Callable[..., bool]


def publish(story: Story, **values: Any) -> None:
    for name, value in values.items():
        setattr(story, name, value)
    story.save_revision().publish()


def test_a_new_story_reaches_every_list_that_it_joins(is_stale: IsStale) -> None:
    section, guest, author, topic = make_section(), make_section(title="Town"), make_author(), make_topic()
    draft = make_story(section=section, live=False, authors=[author], topics=[topic], also_in=[guest])
    lists: dict[str, Callable[[], object]] = {
        "front": lambda: newest_stories(9),
        "section": lambda: section_list(section, None),
        "also in": lambda: section_list(guest, None),
        "author": lambda: author_list(author, None),
        "topic": lambda: topic_list(topic, None),
        "feed": lambda: Client().get("/feed/"),
        "sitemap": sitemaps.files,
    }

    stale = {}
    for name, show in lists.items():
        stale[name] = is_stale(show, lambda: publish(Story.objects.get(pk=draft.pk)))
        Story.objects.get(pk=draft.pk).unpublish()

    assert stale == dict.fromkeys(lists, True)


def test_a_changed_story_reaches_its_page_and_the_lists_that_show_it(is_stale: IsStale) -> None:
    author = make_author()
    story = make_story(authors=[author])

    assert is_stale(lambda: story_part(story), lambda: publish(story, title="New"))
    assert is_stale(lambda: author_list(author, None), lambda: publish(story, bylines=[]))


def test_a_story_taken_down_or_deleted_leaves_the_lists(is_stale: IsStale) -> None:
    first, second = make_story(title="One"), make_story(title="Two")

    assert is_stale(lambda: newest_stories(9), first.unpublish)
    assert is_stale(lambda: newest_stories(9), Story.objects.get(pk=second.pk).delete)


def test_a_deleted_section_takes_its_stories_out_of_the_lists(is_stale: IsStale) -> None:
    section = make_section()
    make_story(section=section)

    assert is_stale(lambda: newest_stories(9), Section.objects.get(pk=section.pk).delete)


def test_a_renamed_author_reaches_bylines_everywhere(is_stale: IsStale) -> None:
    author = make_author()
    story = make_story(authors=[author])

    assert is_stale(lambda: story_part(story), author.save)
    assert is_stale(lambda: newest_stories(9), author.save)


def test_a_renamed_section_reaches_the_cards_of_its_stories_and_the_menu(is_stale: IsStale) -> None:
    section = make_section()
    make_story(section=section)

    def rename() -> None:
        fresh = Section.objects.get(pk=section.pk)
        fresh.title = "Port"
        fresh.save_revision().publish()

    assert is_stale(lambda: newest_stories(9), rename)
    assert is_stale(sections_menu, rename)


def test_a_moved_section_changes_every_address_below_it(is_stale: IsStale) -> None:
    section, target = make_section(), make_section(title="Town")
    story = make_story(section=section)

    assert is_stale(
        lambda: story_part(story),
        lambda: Page.objects.get(pk=section.pk).move(Page.objects.get(pk=target.pk), pos="last-child"),
    )


def test_a_restriction_reaches_what_was_public_a_moment_ago(is_stale: IsStale) -> None:
    story = make_story()

    assert is_stale(lambda: story_part(story), lambda: restrict(story.get_parent()))


def test_a_changed_picture_reaches_the_pages_and_a_new_one_disturbs_none(is_stale: IsStale) -> None:
    picture = make_picture()
    story = make_story(lead_image=picture)

    assert is_stale(lambda: story_part(story), picture.save)
    assert not is_stale(lambda: story_part(story), make_picture)


def test_a_story_elsewhere_disturbs_no_story_page(is_stale: IsStale) -> None:
    story = make_story()
    draft = make_story(section=make_section(title="Town"), live=False)

    assert not is_stale(lambda: story_part(story), lambda: publish(draft))
