"""@ and the name of somebody who takes part in the thread is marked; everything else with an @ stays words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.management import call_command

from readership.discussion import mentioning
from readership.discussion.mentioning import render_in
from readership.discussion.models import Comment, State
from readership.discussion.posting import edit_comment
from readership.discussion.rendering import render_markdown
from readership.discussion.tests.makers import make_comment, make_thread, write

NAMES = ["Old", "Old Salt", "Ama *B*"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("@Old Salt, you were there.", "<p><b>@Old Salt</b>, you were there.</p>"),
        ("So says @old salt's wife", "<p>So says <b>@old salt</b>'s wife</p>"),
        ("@Old and @Old Salt", "<p><b>@Old</b> and <b>@Old Salt</b></p>"),
        ("**@Old**", "<p><strong><b>@Old</b></strong></p>"),
        ("(@Ama *B*)", "<p>(<b>@Ama *B*</b>)</p>"),
        ("@Oldest", "<p>@Oldest</p>"),
        ("@Grete", "<p>@Grete</p>"),
        ("mail salt@Old", "<p>mail salt@Old</p>"),
        ("`@Old`", "<p><code>@Old</code></p>"),
    ],
)
def test_a_name_is_marked_where_it_stands_by_itself(typed: str, html: str) -> None:
    assert render_markdown(typed, names=NAMES) == html


def test_an_address_with_a_name_in_it_stays_an_address() -> None:
    html = render_markdown("https://talk.example/@Old", names=NAMES)

    assert ">https://talk.example/@Old</a>" in html
    assert "<b>" not in html


def test_a_name_with_markup_is_only_text() -> None:
    html = render_markdown("@<b onclick=x>", names=["<b onclick=x>"])

    assert html == "<p><b>@&lt;b onclick=x&gt;</b></p>"


def test_ten_names_are_marked_and_the_rest_stay_words() -> None:
    names = [f"Salt {number}" for number in range(100, 600)]

    html = render_markdown(" ".join(f"@{name}" for name in names), names=names)

    assert html.count("<b>") == 10
    assert "<b>@Salt 109</b> @Salt 110 " in html
    assert "@Salt 599" in html


@pytest.mark.django_db
def test_posted_and_edited_words_mark_those_who_take_part() -> None:
    thread = make_thread()
    make_comment(thread, name="Old Salt")
    make_comment(make_thread(), name="Grete")

    posted = write(thread, text="@Old Salt, ask @Grete.", name="Ama").comment

    assert posted.text_html == "<p><b>@Old Salt</b>, ask @Grete.</p>"
    make_comment(thread, name="Grete")
    edited = edit_comment(comment=posted, text="Ask @Grete.", now=posted.created_at)
    assert edited.text_html == "<p>Ask <b>@Grete</b>.</p>"


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_a_name_that_nobody_may_read_is_not_given_away(state: State) -> None:
    thread = make_thread()
    hidden = make_comment(thread, name="Old Salt", state=state)
    make_comment(thread, name="Grete", answers=hidden)  # Its place stays, its name does not.

    assert "<b>" not in render_in(thread, "@Old Salt?", parent_id=hidden.pk)


@pytest.mark.django_db
def test_in_a_thread_of_any_size_the_one_who_is_answered_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = make_thread()
    first = make_comment(thread, name="Old Salt", minutes_ago=90)
    for number in range(3):
        make_comment(thread, name=f"Salt {number}", minutes_ago=number)
    monkeypatch.setattr(mentioning, "LATEST", 3)

    assert "<b>" not in render_in(thread, "@Old Salt")
    assert "<b>" in render_in(thread, "@Old Salt", parent_id=first.pk)


@pytest.mark.django_db
def test_only_words_that_speak_to_somebody_ask_the_database(
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    thread = make_thread()
    names = " ".join(f"@Salt {number}" for number in range(500))

    with django_assert_num_queries(0):
        render_in(thread, "Write to salt@harbour.example.", parent_id=1)
    with django_assert_num_queries(2):
        render_in(thread, names, parent_id=1)


@pytest.mark.django_db
def test_made_anew_the_names_are_still_marked() -> None:
    thread = make_thread()
    make_comment(thread, name="Old Salt")
    posted = write(thread, text="@Old Salt, and you?", name="Ama").comment
    Comment.objects.filter(pk=posted.pk).update(renderer_version=1, text_html="<p>old</p>")

    call_command("render_comments")

    posted.refresh_from_db()
    assert posted.text_html == "<p><b>@Old Salt</b>, and you?</p>"
