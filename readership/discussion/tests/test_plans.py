"""Each order and each filter is found through its own index: through another one, a thread of a million would be read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readership.discussion.finding import find_branches, find_chosen
from readership.discussion.models import Thread
from readership.discussion.paging import Cursor, Filter, Sort, ThreadView
from readership.discussion.tests.makers import make_thread

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
ROOTS = {
    Sort.NEWEST: {"roots_by_time"},
    Sort.OLDEST: {"roots_by_time"},
    Sort.VOTED: {"roots_by_votes"},
    Sort.BEST: {"roots_by_best"},
    Sort.DISCUSSED: {"roots_by_replies"},
}
CHOSEN = {
    Filter.NEWSROOM: {"staff_by_time", "authors_by_time"},
    Filter.FEATURED: {"featured_by_time"},
    Filter.NEW: {"comments_by_time"},
}
AFTER = Cursor(1_700_000_000_000_000, 7)


def indexes_of(thread: Thread, view: ThreadView) -> set[str]:
    """The indexes of comments that the first query of the page goes through, the primary key left out."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        find_chosen(thread, view) if view.is_filtered else find_branches(thread, view)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN discussion_comment")], plan
    return {
        word
        for step in plan
        for word in step.split()
        if word.endswith(("_by_time", "_by_votes", "_by_best", "_by_replies"))
    }


@pytest.mark.parametrize("after", [None, AFTER], ids=["first page", "further page"])
@pytest.mark.parametrize("sort", Sort)
def test_an_order(sort: Sort, after: Cursor | None) -> None:
    assert indexes_of(make_thread(), ThreadView(sort=sort, after=after)) == ROOTS[sort]


@pytest.mark.parametrize("after", [None, AFTER], ids=["first page", "further page"])
@pytest.mark.parametrize("chosen", [Filter.NEWSROOM, Filter.FEATURED, Filter.NEW])
def test_a_filter(chosen: Filter, after: Cursor | None) -> None:
    assert indexes_of(make_thread(), ThreadView(filter=chosen, after=after)) == CHOSEN[chosen]
