"""Every kind of page answers, says what it must, and costs a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from readership.stories.listing import PER_PAGE, author_list, section_list, topic_list
from readership.stories.models import Section, Story
from readership.stories.queries import story_part
from readership.stories.tests.makers import (
    make_author,
    make_picture,
    make_section,
    make_standing_page,
    make_story,
    make_topic,
    restrict,
)

pytestmark = pytest.mark.django_db
CountQueries = Callable[[int], AbstractContextManager[Any]]


def test_a_story_page_shows_headline_standfirst_byline_and_body(client: Client) -> None:
    author = make_author(name="Mira Solberg")
    story = make_story(title="Tides & times", standfirst="Why the ferry waits.", authors=[author])

    page = client.get(story.url).content.decode()

    assert page.count("<article") == 1
    assert "Tides &amp; times</h1>" in page
    assert "Why the ferry waits." in page
    assert 'href="/authors/mira-solberg/"' in page
    assert "<p>The bollards are new.</p>" in page


def test_every_kind_of_page_answers(client: Client) -> None:
    author, topic = make_author(), make_topic()
    story = make_story(authors=[author], topics=[topic])
    about = make_standing_page()
    addresses = [
        story.url,
        story.get_parent().url,
        about.url,
        "/authors/mira-solberg/",
        "/topics/ferries/",
        "/search/",
    ]

    answers = {address: client.get(address).status_code for address in addresses}

    assert answers == dict.fromkeys(addresses, 200)


def test_an_unknown_author_or_topic_is_not_found(client: Client) -> None:
    make_section()

    assert client.get("/authors/nobody/").status_code == 404
    assert client.get("/topics/nothing/").status_code == 404


def test_machines_are_told_of_a_story_in_words_that_cannot_end_their_script(client: Client) -> None:
    story = make_story(title="</script><script>alert(1)</script>\u2028&")

    page = client.get(story.url).content.decode()

    assert "alert(1)</script>" not in page
    assert "\\u003c/script\\u003e" in page
    assert "\u2028" not in page.split("application/ld+json", 1)[1].split("</script>", 1)[0]


def test_a_story_costs_as_many_queries_with_many_authors_as_with_one(
    django_assert_max_num_queries: CountQueries,
) -> None:
    authors = [make_author(name=f"Author {number}") for number in range(6)]
    topic = make_topic()
    for number in range(5):
        make_story(title=f"Other {number}", topics=[topic], authors=authors[:2], lead_image=make_picture())
    story = make_story(authors=authors, topics=[topic], lead_image=make_picture())
    story_part(Story.objects.get(pk=story.pk))  # Draws the pictures, once for ever.

    with django_assert_max_num_queries(11):
        part = story_part(Story.objects.get(pk=story.pk))

    assert [byline.name for byline in part.bylines] == [f"Author {number}" for number in range(6)]
    assert len(part.related) == 3


def test_a_list_of_twenty_costs_as_many_queries_as_one_of_two(
    django_assert_max_num_queries: CountQueries,
) -> None:
    section, author, topic = make_section(), make_author(), make_topic()
    picture = make_picture()
    for number in range(PER_PAGE + 2):
        make_story(title=f"Story {number}", authors=[author], topics=[topic], lead_image=picture)
    for ask in (
        lambda: section_list(section, None),
        lambda: author_list(author, None),
        lambda: topic_list(topic, "1"),
    ):
        ask()  # Draws the pictures, once for ever.
        Site.clear_site_root_paths_cache()

        with django_assert_max_num_queries(7):
            listed = ask()

        assert len(listed.stories) == PER_PAGE


def test_a_section_lists_pinned_stories_then_the_newest_and_those_also_in_it() -> None:
    harbour, town = make_section(title="Harbour"), make_section(title="Town")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    make_story(title="Old", section=harbour, published_at=day)
    make_story(title="New", section=harbour, published_at=day + timedelta(days=3))
    make_story(title="Pinned", section=harbour, published_at=day - timedelta(days=9), is_pinned=True)
    make_story(title="Guest", section=town, also_in=[harbour], published_at=day + timedelta(days=1))
    make_story(title="Elsewhere", section=town, published_at=day)

    listed = section_list(harbour, None)

    assert [card.headline for card in listed.stories] == ["Pinned", "New", "Guest", "Old"]


def test_a_section_lists_the_stories_of_the_sections_below_it() -> None:
    harbour = make_section(title="Harbour")
    ferries = make_section(title="Ferries", parent=Section.objects.get(pk=harbour.pk))
    make_story(title="Below", section=ferries)

    assert [card.headline for card in section_list(harbour, None).stories] == ["Below"]


def test_pages_of_a_list_lead_to_each_other(client: Client) -> None:
    section = make_section()
    for number in range(PER_PAGE + 1):
        make_story(title=f"Story {number}", section=section)

    first, second = section_list(section, None), section_list(section, "2")

    assert (first.newer_url, first.older_url) == ("", "/harbour/?page=2")
    assert (second.newer_url, second.older_url) == ("/harbour/", "")
    assert len(second.stories) == 1


@pytest.mark.parametrize("number", ["0", "-1", "3", "x", "1e3", "999999999999", "٣", "501", "1 2", "1.0"])
def test_a_page_number_that_is_none_is_not_found(client: Client, number: str) -> None:
    make_story()

    assert client.get("/harbour/", {"page": number}).status_code == 404
    assert client.get("/search/", {"q": "", "page": number}).status_code in {200, 404}


def test_a_lost_picture_does_not_take_its_story_along(client: Client) -> None:
    picture = make_picture()
    story = make_story(lead_image=picture, body=[("image", {"image": picture}), ("text", "<p>Still here.</p>")])
    picture.file.storage.delete(picture.file.name)

    answer = client.get(story.url)

    assert answer.status_code == 200
    assert "Still here." in answer.content.decode()


def test_a_picture_comes_in_fixed_sizes_and_leads_to_its_full_size(client: Client) -> None:
    story = make_story(lead_image=make_picture(width=1300, alt="A pier at low tide", credit="Ada Wong"))

    part = story_part(story)

    assert part.picture is not None
    assert [size.split()[1] for size in part.picture.srcset.split(", ")] == ["400w", "800w", "1200w", "1300w"]
    assert part.picture.width == 1200
    page = client.get(story.url).content.decode()
    assert f'href="{part.picture.full_size_url}"' in page
    assert 'alt="A pier at low tide"' in page
    assert "Ada Wong" in page


def test_words_given_with_the_story_replace_those_of_the_picture() -> None:
    picture = make_picture(alt="A pier", caption="The pier")

    part = story_part(make_story(lead_image=picture, lead_alt="The pier, closed", lead_caption="Closed since May"))

    assert part.picture is not None
    assert (part.picture.alt, part.picture.caption) == ("The pier, closed", "Closed since May")


def test_a_section_in_the_making_lends_its_name_to_no_card() -> None:
    topic = make_topic()
    story = make_story(section=make_section(title="Secret desk", live=False), topics=[topic])

    assert topic_list(topic, None).stories[0].section.name == ""
    assert story_part(story).section.name == ""


def test_related_stories_are_those_on_the_same_topics_that_everybody_may_read() -> None:
    topic = make_topic()
    make_story(title="Draft", topics=[topic], live=False)
    restrict(make_story(title="Members", topics=[topic]))
    make_story(title="Open", topics=[topic])
    story = make_story(topics=[topic])

    assert [card.headline for card in story_part(story).related] == ["Open"]
