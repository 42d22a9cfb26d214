"""Some comments instead of all: one by one, the latest first, page by page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion.featuring import feature_comment
from readership.discussion.models import Badge, Comment, State, Thread
from readership.discussion.paging import ROOTS_PER_PAGE, Filter, Sort, ThreadView, read_cursor, read_view
from readership.discussion.parts import ThreadPart
from readership.discussion.queries import thread_part
from readership.discussion.tests.makers import make_comment, make_thread
from readership.stories.models import Section
from readership.stories.tests.makers import make_section, make_story

pytestmark = pytest.mark.django_db


def shown(thread: Thread, **view: object) -> ThreadPart:
    return thread_part(thread, story_url="/s/", view=ThreadView(**view))  # type: ignore[arg-type]


def ids(part: ThreadPart) -> list[int]:
    return [comment.id for comment in part.comments]


def make_answer_of_staff(thread: Thread, answers: Comment, *, minutes_ago: int = 1) -> Comment:
    comment = make_comment(thread, text="We checked.", answers=answers, minutes_ago=minutes_ago)
    Comment.objects.filter(pk=comment.pk).update(badge=Badge.STAFF)
    return comment


def test_only_the_newsroom_with_whom_it_answers() -> None:
    thread = make_thread()
    question = make_comment(thread, name="Grete", minutes_ago=9)
    first, second = (make_answer_of_staff(thread, question, minutes_ago=minutes) for minutes in (5, 2))

    part = shown(thread, filter=Filter.NEWSROOM)

    assert ids(part) == [second.pk, first.pk]
    assert part.comments[0].in_reply_to == "Grete"
    assert part.comments[0].replies == ()
    assert part.is_filtered


def test_only_the_picks() -> None:
    thread = make_thread()
    make_comment(thread)
    picked = make_comment(thread, text="I was the keeper.")
    feature_comment(comment_id=picked.pk, now=timezone.now())

    assert ids(shown(thread, filter=Filter.FEATURED)) == [picked.pk]


def test_only_what_is_new() -> None:
    thread = make_thread()
    make_comment(thread, minutes_ago=300)
    new = make_comment(thread, minutes_ago=5)
    hour = int((timezone.now().timestamp() - 3600) // 3600)

    assert ids(shown(thread, filter=Filter.NEW, since=read_view({"filter": "new", "since": str(hour)}).since)) == [
        new.pk
    ]


def test_what_is_not_published_is_in_no_choice() -> None:
    thread = make_thread()
    root = make_comment(thread)
    for state in (State.HELD, State.REMOVED, State.WITHDRAWN):
        gone = make_comment(thread, state=state, answers=root)
        Comment.objects.filter(pk=gone.pk).update(badge=Badge.AUTHOR, featured_at=timezone.now(), is_listed=True)

    for one in (Filter.NEWSROOM, Filter.FEATURED):
        assert ids(shown(thread, filter=one)) == []
    assert ids(shown(thread, filter=Filter.NEW)) == [root.pk]


def test_a_choice_goes_on_where_it_ended() -> None:
    thread = make_thread()
    root = make_comment(thread)
    answers = [make_answer_of_staff(thread, root, minutes_ago=90 - number) for number in range(ROOTS_PER_PAGE + 5)]

    first = shown(thread, filter=Filter.NEWSROOM)
    rest = shown(thread, filter=Filter.NEWSROOM, after=read_cursor(first.next_cursor))

    assert ids(first) + ids(rest) == [comment.pk for comment in reversed(answers)]
    assert first.next_url.startswith("/s/?filter=newsroom&nth=21&after=")
    assert rest.next_url == ""


def test_an_unknown_choice_is_said_and_all_are_shown() -> None:
    view = read_view({"filter": "loudest"})

    assert view.filter == Filter.ALL
    assert "no such choice" in str(view.notice)


@pytest.mark.parametrize("since", ["", "-1", "x", "1e3", "99999999", "²"])
def test_i08_nonsense_is_no_hour(since: str) -> None:
    assert read_view({"filter": "new", "since": since}).since is None


def test_a_permalink_shows_its_comment_whatever_the_choice() -> None:
    thread = make_thread()
    comment = make_comment(thread)

    assert ids(shown(thread, filter=Filter.NEWSROOM, comment_id=comment.pk)) == [comment.pk]


def test_the_most_discussed_come_first() -> None:
    thread = make_thread()
    quiet, busy = make_comment(thread), make_comment(thread, minutes_ago=90)
    for _number in range(2):
        make_comment(thread, answers=busy)

    assert ids(shown(thread, sort=Sort.DISCUSSED)) == [busy.pk, quiet.pk]


def test_the_section_names_the_usual_order_and_the_nearest_one_wins(
    client: Client, settings: pytest.FixtureRequest
) -> None:
    town = make_section(title="Town")
    harbour = make_section(title="Harbour", parent=town)
    thread = Thread.objects.get_or_create(page=make_story(section=harbour))[0]
    old, new = make_comment(thread, minutes_ago=90, text="old"), make_comment(thread, text="new")

    def order() -> list[str]:
        page = client.get(thread.page.url).content.decode()  # type: ignore[union-attr]
        return sorted(("old", "new"), key=lambda word: page.index(f"<p>{word}</p>"))

    assert order() == ["new", "old"]
    settings.COMMENT_ORDER = "oldest"  # type: ignore[attr-defined]
    assert order() == ["old", "new"]
    Section.objects.filter(pk=town.pk).update(comment_order="newest")
    assert order() == ["new", "old"]
    Section.objects.filter(pk=harbour.pk).update(comment_order="oldest")
    assert order() == ["old", "new"]
    assert old.pk != new.pk
