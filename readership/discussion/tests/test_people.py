"""Readers' public pages: what everybody may read, and nothing that says who they are (attacks L02, L03, L11, L12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from readership.discussion.models import Comment, State, Thread
from readership.discussion.people import PAGE
from readership.discussion.tests.makers import make_comment, make_thread
from readership.readers.avatars import drawn_from
from readership.readers.models import Reader
from readership.readers.profiles import profile_url
from readership.readers.speaking import Speaker
from readership.readers.standing import mark_supporter
from readership.readers.tests.makers import make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Reader:
    return make_reader(name="Ann of the Pier", last_login=timezone.now(), bio="I count boats.")


@pytest.fixture
def thread() -> Thread:
    return make_thread()


def wrote(reader: Reader, thread: Thread, text: str, *, state: State = State.PUBLISHED) -> Comment:
    return make_comment(thread, text=text, name=reader.name, speaker=Speaker(reader=reader), state=state)


def page_of(client: Client, reader: Reader, query: str = "") -> str:
    answer = client.get(f"{profile_url(reader)}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_what_they_say_of_themselves_and_what_they_wrote(
    client: Client, reader: Reader, thread: Thread
) -> None:
    wrote(reader, thread, "The **pier** is new.")
    make_comment(thread, text="By somebody else.")

    page = page_of(client, reader)

    assert "Ann of the Pier" in page
    assert "I count boats." in page
    assert "The <strong>pier</strong> is new." in page
    assert "By somebody else." not in page


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_l12_what_is_not_shown_under_its_story_is_not_shown_here(
    client: Client, reader: Reader, thread: Thread, state: State
) -> None:
    wrote(reader, thread, "Canary.", state=state)

    assert "Canary." not in page_of(client, reader)


def test_l01_nothing_under_a_story_that_not_everybody_may_read(client: Client, reader: Reader, thread: Thread) -> None:
    wrote(reader, thread, "Canary.")
    PageViewRestriction.objects.create(page=thread.page, restriction_type=PageViewRestriction.LOGIN)

    assert "Canary." not in page_of(client, reader)


def test_l03_no_address_and_nothing_made_of_it(client: Client, reader: Reader, thread: Thread) -> None:
    wrote(reader, thread, "One.")
    drawing = drawn_from(reader.avatar_seed).path

    pages = page_of(client, reader) + client.get(thread.page.url).content.decode()  # type: ignore[union-attr]

    assert reader.email not in pages
    assert pages.count(drawing) == 2
    Reader.objects.filter(pk=reader.pk).update(email="another@readers.example")
    assert drawing in page_of(client, reader)


def test_two_readers_have_pictures_of_their_own(reader: Reader) -> None:
    other = make_reader("bob@readers.example", name="Bob")

    assert re.fullmatch(r"[0-9a-f]{16}", other.avatar_seed)
    assert drawn_from(other.avatar_seed) != drawn_from(reader.avatar_seed)


def test_l11_search_engines_are_told_to_stay_away_unless_the_reader_says_so(client: Client, reader: Reader) -> None:
    answer = client.get(profile_url(reader))
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()

    Reader.objects.update(is_indexed=True)

    answer = client.get(profile_url(reader))
    assert "X-Robots-Tag" not in answer
    assert "noindex" not in answer.content.decode()


@pytest.mark.parametrize("change", [{"has_profile": False}, {"is_active": False}, {"last_login": None}])
def test_there_is_no_page_of_whoever_wants_none(
    client: Client, reader: Reader, thread: Thread, change: dict[str, object]
) -> None:
    wrote(reader, thread, "One.")
    Reader.objects.update(**change)

    assert client.get(profile_url(reader)).status_code == 404
    assert profile_url(reader) not in client.get(thread.page.url).content.decode()  # type: ignore[union-attr]


def test_an_older_name_in_the_address_leads_to_the_page(client: Client, reader: Reader) -> None:
    answer = client.get(f"/people/{reader.pk}-ann/")

    assert answer["Location"] == profile_url(reader)


def test_it_goes_on_page_by_page(client: Client, reader: Reader, thread: Thread) -> None:
    for number in range(PAGE + 3):
        wrote(reader, thread, f"Number {number:02}.")

    first = page_of(client, reader)
    following = re.search(r'href="[^"]*(\?after=\d+)"', first)
    assert following
    second = page_of(client, reader, following[1])

    assert ("Number 22." in first, "Number 02." in first) == (True, False)
    assert ("Number 22." in second, "Number 02." in second) == (False, True)
    assert "?after=" not in second


def test_a_page_of_many_comments_costs_what_one_of_few_costs(
    client: Client, reader: Reader, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for _ in range(12):
        wrote(reader, make_thread(), "One.")
    page_of(client, reader)

    with django_assert_max_num_queries(12):
        page_of(client, reader)


def test_a_supporter_is_seen_as_one_beside_comments_and_here(client: Client, reader: Reader, thread: Thread) -> None:
    wrote(reader, thread, "One.")

    mark_supporter(reader, True)
    assert "Supporter" in page_of(client, reader)
    assert "Supporter" in client.get(thread.page.url).content.decode()  # type: ignore[union-attr]

    mark_supporter(reader, False)
    assert "Supporter" not in page_of(client, reader)


def test_a_thread_of_readers_costs_one_query_more_than_one_of_guests(client: Client) -> None:
    by_guests, by_readers = make_thread(), make_thread()
    for number in range(15):
        make_comment(by_guests, text=f"By {number}.")
        other = make_reader(f"r{number}@readers.example", name=f"R {number}", last_login=timezone.now())
        wrote(other, by_readers, f"By {number}.")

    for thread in (by_guests, by_readers):
        _queries(client, thread)
    assert _queries(client, by_readers) - _queries(client, by_guests) == 1
    assert client.get(by_readers.page.url).content.count(b'<svg class="avatar') == 15  # type: ignore[union-attr]


def _queries(client: Client, thread: Thread) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(thread.page.url)  # type: ignore[union-attr]
    return len(captured.captured_queries)
