"""Threads close by themselves where the newsroom wants it, and stay closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from readership.discussion.closing import close_old_threads, close_thread, reopen_thread
from readership.discussion.models import Thread
from readership.discussion.opening import open_thread
from readership.discussion.paging import ThreadView
from readership.discussion.queries import thread_part
from readership.discussion.tests.makers import make_thread

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_thread_of(days: int) -> Thread:
    thread = make_thread()
    Thread.objects.filter(pk=thread.pk).update(opened_at=NOW - timedelta(days=days))
    thread.refresh_from_db()
    return thread


def test_old_threads_close_and_younger_ones_stay_open(settings: pytest.FixtureRequest) -> None:
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30  # type: ignore[attr-defined]
    old, young = make_thread_of(31), make_thread_of(29)

    assert close_old_threads(now=NOW) == 1
    assert close_old_threads(now=NOW) == 0

    old.refresh_from_db()
    young.refresh_from_db()
    assert old.closed_at == NOW
    assert young.closed_at is None
    assert thread_part(young, story_url="/s/", view=ThreadView()).closes_at == young.opened_at + timedelta(days=30)


def test_without_the_setting_nothing_closes_by_itself() -> None:
    thread = make_thread_of(9_000)

    assert close_old_threads(now=NOW) == 0
    assert thread_part(thread, story_url="/s/", view=ThreadView()).closes_at is None


def test_publishing_an_old_story_again_does_not_open_its_thread(settings: pytest.FixtureRequest) -> None:
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30  # type: ignore[attr-defined]
    thread = make_thread_of(31)
    close_old_threads(now=NOW)

    assert thread.page is not None
    assert open_thread(page=thread.page, takes_comments=True, now=NOW).closed_at


def test_a_thread_is_as_old_as_its_story() -> None:
    story = make_thread().page
    assert story is not None
    Thread.objects.all().delete()

    thread = open_thread(page=story, takes_comments=True, now=NOW, published_at=NOW - timedelta(days=400))

    assert thread.opened_at == NOW - timedelta(days=400)


def test_closed_by_hand_it_stays_closed_when_the_story_is_published_again() -> None:
    thread = make_thread()

    close_thread(thread=thread, at=NOW)

    assert thread.page is not None
    story = thread.page.specific
    assert not story.takes_comments
    story.save_revision().publish()
    thread.refresh_from_db()
    assert thread.closed_at
    reopen_thread(thread=thread)
    thread.refresh_from_db()
    assert thread.closed_at is None
