"""What readers type is words to look for, never a pattern or a command (F10)."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from readership.stories.searching import MAX_LENGTH, search_stories
from readership.stories.tests.makers import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tasks_are_done_at_once(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_a_story_is_found_by_words_of_its_headline_standfirst_and_body() -> None:
    story = make_story(title="Ferry", standfirst="Bollards", body=[("text", "<p>Xanthorhoe</p>")])

    for word in ("ferry", "bollards", "xanthorhoe"):
        assert [card.id for card in search_stories(word, None).stories] == [story.pk]
    assert search_stories("submarine", None).count == 0


def test_text_kept_from_an_older_site_is_found_and_its_markup_is_not() -> None:
    make_story(body=[("kept_html", '<p class="wrapper">Xanthorhoe</p>')])

    assert search_stories("xanthorhoe", None).count == 1
    assert search_stories("wrapper", None).count == 0


def test_quoted_words_are_found() -> None:
    make_story(title="The second ferry")

    assert search_stories('"second" (ferry', None).count == 1


def test_an_empty_query_finds_nothing() -> None:
    make_story()

    assert search_stories("   ", None).count == 0


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "_",
        '"',
        '"' * 5000,
        "(" * 300,
        "a" * 100_000,
        "NEAR(a b)",
        "a OR b*",
        "-",
        "\\",
        "'; DROP TABLE",
        "\x00",
        "😀",
        "AND",
    ],
)
def test_f10_any_query_is_answered(client: Client, query: str) -> None:
    make_story()

    answer = client.get("/search/", {"q": query})

    assert answer.status_code == 200
    assert len(search_stories(query, None).query) <= MAX_LENGTH


def test_a_search_is_kept_by_nobody_and_found_by_no_search_engine(client: Client) -> None:
    answer = client.get("/search/", {"q": "ferry"})

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
