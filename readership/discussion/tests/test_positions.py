"""Where a comment stands among those beside it, told without counting a thread (WCAG 1.3.1 of attack-cases d2)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readership.discussion.branching import MAX_DEPTH
from readership.discussion.models import Comment, State, Thread
from readership.discussion.paging import Filter, ThreadView, read_view
from readership.discussion.parts import UNKNOWN, CommentPart, ThreadPart
from readership.discussion.queries import thread_part
from readership.discussion.tests.makers import make_comment, make_thread

pytestmark = pytest.mark.django_db


def show(thread: Thread, query: str = "") -> ThreadPart:
    """The page at an address of the thread's own making."""
    thread.refresh_from_db()
    given = dict(pair.split("=") for pair in query.partition("#")[0].partition("?")[2].split("&") if pair)
    return thread_part(thread, story_url="/s/", view=read_view(given))


def places(parts: tuple[CommentPart, ...]) -> list[tuple[int, int]]:
    return [(part.position, part.set_size) for part in parts]


def make_roots(thread: Thread, number: int) -> list[Comment]:
    return [make_comment(thread, minutes_ago=1000 - one) for one in range(number)]


@pytest.mark.parametrize("sort", ["newest", "oldest", "voted", "best", "discussed"])
def test_pages_go_on_counting_where_the_one_before_ended_and_the_last_knows_how_many(sort: str) -> None:
    thread = make_thread()
    make_roots(thread, 43)

    seen, url = [], f"/s/?sort={sort}"
    while url:
        part = show(thread, url)
        seen += places(part.comments)
        url = part.next_url

    assert [position for position, _size in seen] == list(range(1, 44))
    assert {size for _position, size in seen[:40]} == {UNKNOWN}
    assert {size for _position, size in seen[40:]} == {43}


def test_a_short_thread_knows_its_size_at_once_pinned_comments_first() -> None:
    thread = make_thread()
    make_comment(thread, is_pinned=True)
    make_roots(thread, 2)

    part = show(thread)

    assert places(part.pinned) == [(1, 3)]
    assert places(part.comments) == [(2, 3), (3, 3)]


def test_a_filter_counts_its_own() -> None:
    thread = make_thread()
    make_roots(thread, 25)

    first = thread_part(thread, story_url="/s/", view=ThreadView(filter=Filter.NEW))
    second = show(thread, first.next_url)

    assert places(first.comments)[-1] == (20, UNKNOWN)
    assert places(second.comments)[-1] == (25, 25)


@pytest.mark.parametrize("nth", ["", "nth=0&", "nth=-3&", "nth=x&", "nth=12345678&", "nth=٢&"])
def test_a_page_that_is_told_no_position_claims_none(nth: str) -> None:
    thread = make_thread()
    make_roots(thread, 25)
    after = show(thread).next_cursor

    assert places(show(thread, f"/s/?{nth}after={after}").comments)[0] == (0, UNKNOWN)


def test_a_position_without_a_page_means_nothing() -> None:
    thread = make_thread()
    make_roots(thread, 2)

    assert places(show(thread, "/s/?nth=7").comments) == [(1, 2), (2, 2)]


def test_replies_are_counted_among_those_that_answer_the_same() -> None:
    thread = make_thread()
    root = make_comment(thread)
    first = make_comment(thread, answers=root)
    make_comment(thread, answers=root)
    make_comment(thread, answers=first)

    branch = show(thread).comments[0]

    assert places(branch.replies) == [(1, 2), (2, 2)]
    assert places(branch.replies[0].replies) == [(1, 1)]
    assert [branch.level, branch.replies[0].level, branch.replies[0].replies[0].level] == [1, 2, 3]


def test_of_the_first_replies_only_the_position_is_known_and_of_the_whole_branch_all() -> None:
    thread = make_thread()
    root = make_comment(thread)
    for _number in range(5):
        make_comment(thread, answers=root)

    assert places(show(thread).comments[0].replies) == [(1, UNKNOWN), (2, UNKNOWN), (3, UNKNOWN)]
    assert places(show(thread, f"/s/?replies={root.pk}").comments[0].replies)[-1] == (5, 5)


def test_a_reply_that_is_shown_out_of_its_row_claims_no_position() -> None:
    thread = make_thread()
    root = make_comment(thread)
    last = [make_comment(thread, answers=root) for _number in range(9)][-1]

    part = show(thread, f"/s/?comment={last.pk}")

    assert places(part.comments) == [(0, UNKNOWN)]
    assert set(places(part.comments[0].replies)) == {(0, UNKNOWN)}


def test_l12_a_reply_does_not_name_whom_it_answers_once_that_one_is_gone() -> None:
    thread = make_thread()
    gone = make_comment(thread, name="Canary", state=State.WITHDRAWN)
    make_comment(thread, answers=gone)

    chosen = thread_part(thread, story_url="/s/", view=ThreadView(filter=Filter.NEW))

    assert [comment.in_reply_to for comment in chosen.comments] == [""]


def test_numbers_cost_no_query() -> None:
    thread = make_thread()
    make_roots(thread, 25)

    with CaptureQueriesContext(connection) as asked:
        part = thread_part(thread, story_url="/s/", view=ThreadView())

    assert part.comments[-1].position == 20
    assert not [query for query in asked if "COUNT(" in query["sql"].upper()]


def test_a_comment_says_its_place_its_level_and_whom_it_answers(client: Client) -> None:
    thread = make_thread()
    root = make_comment(thread, name="Grete")
    reply = make_comment(thread, answers=root, name="Old Salt")
    deep = reply
    for _level in range(MAX_DEPTH):
        deep = make_comment(thread, answers=deep, name="Ama")

    html = client.get(f"{thread.page.url}?replies={root.pk}").content.decode()  # type: ignore[union-attr]

    begins = re.findall(r'<article class="comment" id="comment-(\d+)" ([^>]*)>', html)
    attributes = dict(begins)
    assert attributes[str(reply.pk)] == (
        f'aria-labelledby="by-{reply.pk} to-{reply.pk}" aria-posinset="1" aria-setsize="1"'
    )
    assert attributes[str(root.pk)] == f'aria-labelledby="by-{root.pk}"'
    assert re.search(rf'id="to-{reply.pk}">in reply to <bdi>Grete</bdi><span[^>]*> \(level 2\)<', html)
    assert re.search(rf'id="to-{deep.pk}">.*in reply to <bdi>Ama</bdi></a><span[^>]*> \(level 5\)<', html)
