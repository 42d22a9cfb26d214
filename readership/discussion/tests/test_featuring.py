"""Editors’ picks and pins."""

from __future__ import annotations

import pytest
from django.utils import timezone

from readership.discussion.errors import NotThere
from readership.discussion.featuring import feature_comment, pin_comment, unfeature_comment, unpin_comment
from readership.discussion.models import Comment, State
from readership.discussion.paging import Filter, Sort, ThreadView
from readership.discussion.queries import thread_part
from readership.discussion.tests.makers import make_comment, make_thread

pytestmark = pytest.mark.django_db


def test_a_pick_is_quoted_above_the_first_page_and_only_there() -> None:
    thread = make_thread()
    for number in range(5):
        comment = make_comment(thread, text=f"pick {number}", name="Grete", minutes_ago=50 - number)
        feature_comment(comment_id=comment.pk, now=timezone.now())

    first = thread_part(thread, story_url="/s/", view=ThreadView())

    assert [pick.words for pick in first.featured] == ["pick 4", "pick 3", "pick 2"]
    assert first.featured[0].name == "Grete"
    assert first.featured[0].url == f"/s/?comment={comment.pk}#comment-{comment.pk}"
    assert len(first.comments) == 5
    assert all(shown.is_featured for shown in first.comments)
    for view in (ThreadView(comment_id=comment.pk), ThreadView(filter=Filter.FEATURED)):
        assert thread_part(thread, story_url="/s/", view=view).featured == ()


def test_a_pick_does_not_tell_what_a_spoiler_covers() -> None:
    thread = make_thread()
    comment = make_comment(thread, text="The light went out because ||the keeper slept||.")
    feature_comment(comment_id=comment.pk, now=timezone.now())

    (pick,) = thread_part(thread, story_url="/s/", view=ThreadView()).featured

    assert pick.words == "The light went out because …."


def test_a_pick_counts_in_best_and_not_in_most_voted() -> None:
    thread = make_thread()
    picked, voted = make_comment(thread, up=3), make_comment(thread, up=4)

    feature_comment(comment_id=picked.pk, now=timezone.now())

    def first(sort: Sort) -> int:
        return thread_part(thread, story_url="/s/", view=ThreadView(sort=sort)).comments[0].id

    assert first(Sort.BEST) == picked.pk
    assert first(Sort.VOTED) == voted.pk
    unfeature_comment(comment_id=picked.pk)
    assert first(Sort.BEST) == voted.pk


def test_picking_twice_keeps_the_first_moment() -> None:
    comment = make_comment(make_thread())
    first = feature_comment(comment_id=comment.pk, now=timezone.now()).featured_at

    assert feature_comment(comment_id=comment.pk, now=timezone.now()).featured_at == first


def test_a_pin_puts_a_root_on_top_once_and_off_again() -> None:
    thread = make_thread()
    old, new = make_comment(thread, minutes_ago=90), make_comment(thread)

    pin_comment(comment_id=old.pk)

    part = thread_part(thread, story_url="/s/", view=ThreadView())
    assert [comment.id for comment in part.pinned] == [old.pk]
    assert [comment.id for comment in part.comments] == [new.pk]
    unpin_comment(comment_id=old.pk)
    assert thread_part(thread, story_url="/s/", view=ThreadView()).pinned == ()


def test_a_reply_is_not_pinned() -> None:
    thread = make_thread()
    reply = make_comment(thread, answers=make_comment(thread))

    with pytest.raises(NotThere):
        pin_comment(comment_id=reply.pk)


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_what_is_not_shown_is_neither_picked_nor_pinned(state: State) -> None:
    comment = make_comment(make_thread(), state=state)

    for verb in (pin_comment, unpin_comment, unfeature_comment):
        with pytest.raises(NotThere):
            verb(comment_id=comment.pk)
    with pytest.raises(NotThere):
        feature_comment(comment_id=comment.pk, now=timezone.now())


def test_a_pick_that_is_taken_down_is_quoted_no_more() -> None:
    thread = make_thread()
    comment = make_comment(thread)
    feature_comment(comment_id=comment.pk, now=timezone.now())
    make_comment(thread, answers=comment)

    Comment.objects.filter(pk=comment.pk).update(state=State.REMOVED)

    assert thread_part(thread, story_url="/s/", view=ThreadView()).featured == ()
