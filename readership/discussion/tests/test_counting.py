"""Stored counts and the rows they are made of agree, or it is said which do not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from readership.discussion.counting import differences, recount
from readership.discussion.models import Comment, State, Thread
from readership.discussion.tests.makers import make_comment, make_guest, make_thread
from readership.discussion.voting import cast_vote

pytestmark = pytest.mark.django_db


def test_a_recount_mends_what_was_wrong() -> None:
    thread = make_thread()
    root = make_comment(thread, up=10, down=1)
    gone = make_comment(thread, answers=root, state=State.REMOVED)
    make_comment(thread, answers=gone)
    Thread.objects.update(comments_count=99)
    Comment.objects.update(replies_count=99, net_count=99, best_rank=99, is_listed=False)

    recount(Thread.objects.get())

    root.refresh_from_db()
    assert Thread.objects.get().comments_count == 2
    assert (root.replies_count, root.net_count, root.best_rank) == (1, 9, 622_635)
    assert set(Comment.objects.listed()) == set(Comment.objects.all())


def test_what_does_not_agree_is_named() -> None:
    thread = make_thread()
    comment = make_comment(thread)
    cast_vote(comment_id=comment.pk, speaker=make_guest(), value=1, network="x", now=timezone.now())
    assert list(differences()) == []

    Thread.objects.update(comments_count=5)
    Comment.objects.update(up_count=0)

    assert list(differences()) == [
        f"Thread {thread.pk} says 5 comments; it has 1.",
        f"Comment {comment.pk} says 0 up and 0 down; it has 1 and 0 votes.",
        f"Comment {comment.pk} says 0 up and 0 down, and a net of 1.",
    ]
