"""Threads and comments for tests: each fills in what the test does not care about."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from readership.discussion import counting
from readership.discussion.models import Badge, Comment, State, Thread
from readership.discussion.posting import Posted, Submission, post_comment
from readership.discussion.rendering import RENDERER_VERSION, render_markdown
from readership.readers.guests import welcome_guest
from readership.readers.models import Reader
from readership.readers.speaking import NOBODY, Speaker
from readership.stories.tests.makers import make_story


def make_thread(*, is_open: bool = True, live: bool = True) -> Thread:
    story = make_story(live=live)
    thread, _is_new = Thread.objects.get_or_create(page=story)
    thread.closed_at = None if is_open else timezone.now()
    thread.save()
    return thread


def make_reader(*, name: str = "Ann", email: str = "ann@example.org", is_staff: bool = False) -> Reader:
    return Reader.objects.create_user(email, "a long password", name=name, is_staff=is_staff)


def make_guest(name: str = "Old Salt") -> Speaker:
    return Speaker(guest=welcome_guest(name=name).guest)


def write(
    thread: Thread,
    *,
    text: str = "The pier is new.",
    speaker: Speaker = NOBODY,
    name: str = "Old Salt",
    answers: Comment | None = None,
    key: str = "",
    network: str = "somewhere",
    now: datetime | None = None,
) -> Posted:
    """Through the verb, as a reader does it."""
    submission = Submission(text=text, name=name, parent_id=answers.pk if answers else None, key=key, network=network)
    return post_comment(thread=thread, speaker=speaker, submission=submission, now=now or timezone.now())


def make_comment(
    thread: Thread,
    *,
    text: str = "The pier is new.",
    answers: Comment | None = None,
    state: State = State.PUBLISHED,
    up: int = 0,
    down: int = 0,
    name: str = "Old Salt",
    minutes_ago: int = 60,
    is_pinned: bool = False,
    speaker: Speaker = NOBODY,
) -> Comment:
    """A row as it would stand after its life so far, with the counts made by recount()."""
    comment = Comment.objects.create(
        thread=thread,
        parent=answers,
        root=(answers.root or answers) if answers else None,
        depth=answers.depth + 1 if answers else 0,
        author_name=name,
        badge=Badge.GUEST,
        text_source=text,
        text_html=render_markdown(text),
        renderer_version=RENDERER_VERSION,
        state=state,
        up_count=up,
        down_count=down,
        is_pinned=is_pinned,
        reader=speaker.reader,
        guest=speaker.guest,
        created_at=timezone.now() - timedelta(minutes=minutes_ago),
    )
    counting.recount(thread)
    comment.refresh_from_db()
    return comment
