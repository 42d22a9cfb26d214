"""Who may read a page is remembered, and a change counts at once."""

from __future__ import annotations

import pytest

from readership.stories.models import Story
from readership.stories.openness import is_open, readable
from readership.stories.tests.makers import make_section, make_story, restrict

# Nothing is remembered from inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restriction_closes_the_page_and_all_below_it_at_once_and_its_end_opens_them() -> None:
    section = make_section(title="Harbour")
    story, elsewhere = make_story(section=section), make_story(section=make_section(title="Town"))
    assert is_open(story)

    restriction = restrict(section)

    assert not is_open(section)
    assert not is_open(story)
    assert is_open(elsewhere)
    assert list(readable(Story.objects.all())) == [elsewhere]

    restriction.delete()

    assert is_open(story)


def test_a_restriction_moves_with_its_page() -> None:
    crew, town = make_section(title="Crew only"), make_section(title="Town")
    story = make_story(section=crew)
    restrict(crew)
    assert not is_open(story)

    crew.move(town, pos="last-child")

    assert not is_open(Story.objects.get(pk=story.pk))


def test_a_draft_is_open_to_nobody() -> None:
    assert not is_open(make_story(live=False))


def test_asking_again_costs_no_query(django_assert_num_queries: object) -> None:
    story = make_story()
    is_open(story)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert is_open(story)
