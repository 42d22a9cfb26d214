"""What an open page is told: how many comments there are and which is the newest, kept like a page (J04, L12)."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from readership.discussion.counted import SENTENCES, counted
from readership.discussion.models import State, Thread
from readership.discussion.news import InvitationPart, invitation_part
from readership.discussion.tests.makers import make_comment, make_thread
from readership.pagecache.addresses import is_kept
from readership.pagecache.collecting import rendering
from readership.stories.tests.makers import make_standing_page

pytestmark = pytest.mark.django_db


def address(thread: Thread) -> str:
    return f"/talk/{thread.pk}.json"


def test_it_counts_and_names_the_comment_written_last(client: Client) -> None:
    thread = make_thread()
    root = make_comment(thread, minutes_ago=50)
    newest = make_comment(thread, answers=root, minutes_ago=10)
    make_comment(thread, minutes_ago=40)

    assert client.get(address(thread)).json() == {"count": 3, "newest": newest.pk}


def test_an_empty_thread_has_no_newest_comment(client: Client) -> None:
    assert client.get(address(make_thread())).json() == {"count": 0, "newest": None}


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_l12_what_is_not_published_never_shows(client: Client, state: State) -> None:
    thread = make_thread()
    shown = make_comment(thread, minutes_ago=50)
    hidden = make_comment(thread, state=state, minutes_ago=20)
    # Its answer keeps the place of a gone comment in the thread; here it has none.
    answer = make_comment(thread, answers=hidden, minutes_ago=60)

    told = client.get(address(thread)).json()

    assert told == {"count": 2, "newest": shown.pk}
    assert answer.is_published


def test_a_story_that_not_everybody_may_read_has_no_news(client: Client) -> None:
    draft, private, deleted = make_thread(live=False), make_thread(), make_thread()
    PageViewRestriction.objects.create(page=private.page, restriction_type=PageViewRestriction.LOGIN)
    Thread.objects.filter(pk=deleted.pk).update(page=None)

    for thread in (draft, private, deleted):
        assert client.get(address(thread)).status_code == 404
    assert client.get("/talk/999999.json").status_code == 404
    assert client.get("/talk/99999999999999999999999.json").status_code == 404


def test_the_page_cache_keeps_it_until_the_thread_or_the_story_changes(client: Client) -> None:
    thread = make_thread()

    with rendering() as collected:
        client.get(address(thread))

    assert collected.is_shared
    assert {thread.tag, f"page:{thread.page_id}", "site"} <= collected.tags
    assert is_kept(address(thread), "")


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    with rendering() as collected:
        client.get("/talk/999999.json")

    assert not collected.is_shared


def test_it_takes_four_queries_at_most(client: Client, django_assert_max_num_queries: object) -> None:
    thread = make_thread()
    make_comment(thread)

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get(address(thread))


def test_nothing_is_written_through_it(client: Client) -> None:
    assert client.post(address(make_thread())).status_code == 405


def test_the_newsroom_invites_in_its_own_words_or_in_ours(settings: object) -> None:
    thread = make_thread()
    make_comment(thread)
    thread.refresh_from_db()
    assert thread.page

    assert invitation_part(thread.page) == InvitationPart(thread.pk, "Would love your thoughts, please comment.", 1)
    settings.INVITATION = "What did you see from the pier?"  # type: ignore[attr-defined]
    assert invitation_part(thread.page) == InvitationPart(thread.pk, "What did you see from the pier?", 1)


def test_nobody_is_invited_to_a_closed_thread() -> None:
    page = make_thread(is_open=False).page
    assert page

    assert invitation_part(page) is None


def test_the_invitation_stands_under_the_story_and_leads_to_the_form(client: Client, settings: object) -> None:
    settings.INVITATION = "Tell <us> what you saw."  # type: ignore[attr-defined]
    page = make_thread().page
    assert page

    html = client.get(str(page.url)).content.decode()

    assert '<a class="invitation__link" href="#write">' in html
    assert "Tell &lt;us&gt; what you saw." in html


def test_a_standing_page_invites_as_well_where_readers_may_comment(client: Client) -> None:
    pages = {takes: make_standing_page(title=f"About {takes}", takes_comments=takes) for takes in (True, False)}
    for page in pages.values():
        page.save_revision().publish()

    invites = {takes: "talk-invitation" in client.get(page.url).content.decode() for takes, page in pages.items()}

    assert invites == {True: True, False: False}


@pytest.mark.parametrize("name", SENTENCES)
def test_each_sentence_comes_in_the_forms_of_the_language_with_a_place_for_the_number(name: str) -> None:
    forms = json.loads(counted(name))

    assert set(forms) == {"one", "other"}
    assert all("#" in words for words in forms.values())
    assert forms["one"] != forms["other"]
