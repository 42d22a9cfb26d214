"""Addresses by number, as WordPress gives them, lead to where the story is now."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from readership.stories.tests.makers import make_story

pytestmark = pytest.mark.django_db


def test_a_number_of_the_old_site_leads_to_its_story_for_good() -> None:
    story = make_story()
    Redirect.objects.create(old_path="/?p=146", redirect_page=story, is_permanent=True)

    answer = Client().get("/?p=146&utm_source=x")

    assert answer.status_code == 301
    assert answer["Location"].endswith(story.url)


@pytest.mark.parametrize("query", ["p=999", "page_id=x", "p=", "p=1&p=2", "p=%00"])
def test_an_unknown_number_leads_to_the_front_page(query: str) -> None:
    make_story()

    answer = Client().get(f"/?{query}")

    assert (answer.status_code, answer["Location"]) == (302, "/")
