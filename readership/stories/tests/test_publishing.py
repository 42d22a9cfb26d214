"""A draft may lack anything. What readers see has words, and pictures that speak to those who cannot see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from readership.stories.models import Story
from readership.stories.publishing import advice, problems
from readership.stories.tests.makers import make_author, make_editor, make_picture, make_section, make_story
from readership.stories.tests.posting import story_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_editor())
    return client


def send(editor: Client, **form: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["stories", "story", make_section().pk])
    return editor.post(address, story_form(**form))


def picture_block(**values: Any) -> tuple[str, dict[str, Any]]:
    return "image", {"caption": "", "alt": "", **values}


def test_an_editor_publishes_a_story(editor: Client) -> None:
    answer = send(editor, title="The ferry", standfirst="Why.", authors=(make_author(),), action="publish")

    story = Story.objects.get()
    assert (answer.status_code, story.live, story.title) == (302, True, "The ferry")
    assert editor.get(story.url).status_code == 200


def test_a_story_gets_its_date_when_it_goes_live_and_keeps_it(editor: Client) -> None:
    send(editor)
    draft = Story.objects.get()
    assert (draft.live, draft.shown_published_at) == (False, None)

    draft.get_latest_revision().publish()
    first = Story.objects.get().shown_published_at
    Story.objects.get().save_revision().publish()
    again = Story.objects.get().shown_published_at

    assert first is not None
    assert timezone.now() - first < timedelta(minutes=1)
    assert again == first


def test_a_date_that_an_editor_chose_stays() -> None:
    chosen = datetime(2011, 5, 6, 7, tzinfo=UTC)
    story = make_story(live=False, published_at=chosen)

    story.save_revision().publish()

    assert Story.objects.get().shown_published_at == chosen


def test_a_picture_without_words_forbids_publication_and_says_where_it_stands(editor: Client) -> None:
    silent = make_picture(alt="")

    answer = send(editor, body=[picture_block(image=silent.pk)], action="publish")

    assert not Story.objects.filter(live=True).exists()
    assert "Picture 1 in the body has no alternative text" in answer.content.decode()


def test_a_lead_picture_without_words_forbids_publication(editor: Client) -> None:
    answer = send(editor, lead_image=make_picture(alt="").pk, action="publish")

    assert not Story.objects.filter(live=True).exists()
    assert "The lead picture has no alternative text" in answer.content.decode()


def test_a_draft_is_kept_whatever_it_lacks(editor: Client) -> None:
    answer = send(editor, lead_image=make_picture(alt="").pk, body=[])

    assert answer.status_code == 302
    assert Story.objects.get().has_unpublished_changes


def test_an_empty_body_forbids_publication(editor: Client) -> None:
    answer = send(editor, body=[], action="publish")

    assert not Story.objects.filter(live=True).exists()
    assert "There is no text yet" in answer.content.decode()


@pytest.mark.parametrize(
    "words", [{"is_decorative": "on"}, {"alt": "A heron on a bollard"}], ids=["decoration", "described here"]
)
def test_a_picture_may_be_decoration_or_be_described_in_the_story(editor: Client, words: dict[str, str]) -> None:
    send(editor, body=[picture_block(image=make_picture(alt="").pk, **words)], action="publish")

    assert Story.objects.get().live


def test_pictures_of_a_gallery_are_looked_at_too() -> None:
    gallery = {"title": "", "images": [{"image": make_picture()}, {"image": make_picture(alt=" ")}]}

    found = problems(make_story(body=[("gallery", gallery)]))

    assert [str(sentence) for sentence in found] == [
        "Picture 2 in the body has no alternative text. Say what it shows, or mark it as decoration."
    ]


def test_publishing_many_at_once_asks_the_same(editor: Client) -> None:
    story = make_story(live=False, body=[])
    story.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(f"{address}?id={story.pk}", {"include_descendants": ""}, follow=True)

    assert not Story.objects.get().live
    assert "There is no text yet" in answer.content.decode()


def test_what_readers_would_miss_is_said_and_forbids_nothing(editor: Client) -> None:
    answer = send(editor, action="publish")

    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert Story.objects.get().live
    assert any("no standfirst" in sentence for sentence in said)
    assert any("no byline" in sentence for sentence in said)
    assert advice(make_story(standfirst="Why.", authors=[make_author()])) == []
