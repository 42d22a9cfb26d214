"""Writing a comment: what is stored, what is refused, and what a repeat does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from readership.discussion.errors import (
    CommentTooLong,
    EmptyComment,
    GuestsNotAllowed,
    NameRefused,
    ReplyToGone,
    ThreadClosed,
)
from readership.discussion.models import Badge, Comment, State
from readership.discussion.posting import Submission, edit_comment, post_comment, withdraw_comment
from readership.discussion.tests.makers import make_comment, make_guest, make_reader, make_thread, write
from readership.readers.models import Guest
from readership.readers.speaking import NOBODY, Speaker
from readership.stories.models import Byline
from readership.stories.tests.makers import make_author

pytestmark = pytest.mark.django_db


def test_a_new_guest_gets_a_secret_and_the_comment_is_published() -> None:
    thread = make_thread()

    posted = write(thread, text="Gravel is gravel.")

    thread.refresh_from_db()
    assert posted.secret
    assert posted.comment.state == State.PUBLISHED
    assert posted.comment.badge == Badge.GUEST
    assert posted.comment.text_html == "<p>Gravel is gravel.</p>"
    assert thread.comments_count == 1


def test_a_known_guest_gets_no_second_identity() -> None:
    thread = make_thread()
    guest = make_guest()

    posted = write(thread, speaker=guest)

    assert posted.secret == ""
    assert posted.comment.guest == guest.guest
    assert Guest.objects.count() == 1


def test_f06_the_same_form_sent_twice_is_one_comment() -> None:
    thread = make_thread()

    first = write(thread, key="one")
    second = write(thread, key="one")

    assert second.is_repeat
    assert second.comment == first.comment
    assert second.secret == ""
    assert Comment.objects.count() == 1


def test_f06_a_form_sent_again_by_the_device_that_it_made_known_is_one_comment() -> None:
    thread = make_thread()

    first = write(thread, key="one")
    second = write(thread, key="one", speaker=Speaker(guest=first.comment.guest))

    assert second.is_repeat
    assert second.comment == first.comment


def test_the_same_form_from_another_device_of_the_same_network_is_another_comment() -> None:
    thread = make_thread()

    write(thread, key="one")
    write(thread, key="one", speaker=make_guest())

    assert Comment.objects.count() == 2


def test_the_same_words_from_another_form_or_another_place_are_another_comment() -> None:
    thread = make_thread()

    write(thread, key="one", text="Agreed.")
    write(thread, key="two", text="Agreed.")
    write(thread, key="one", text="Agreed.", network="elsewhere")

    assert Comment.objects.count() == 3


def test_replies_know_their_root_and_depth() -> None:
    thread = make_thread()
    comment = write(thread, text="top").comment

    for level in range(1, 8):
        comment = write(thread, text=f"level {level}", answers=comment, speaker=Speaker(guest=comment.guest)).comment

    root = Comment.objects.get(parent=None)
    assert comment.depth == 7
    assert comment.root == root
    assert root.replies_count == 7


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\u2060", "\x00\x01", "\u202e"])
def test_an_empty_comment_is_refused(text: str) -> None:
    with pytest.raises(EmptyComment):
        write(make_thread(), text=text)


def test_the_limit_is_5000_characters() -> None:
    thread = make_thread()

    write(thread, text="x" * 5000)
    with pytest.raises(CommentTooLong):
        write(thread, text="x" * 5001)


@pytest.mark.parametrize(
    "name", ["", "  ", "\u202e\u200b", "...", "x" * 61, "see www.spam.example", "http://spam.example"]
)
def test_f16_a_name_is_a_name(name: str) -> None:
    with pytest.raises(NameRefused):
        write(make_thread(), name=name)


@pytest.mark.parametrize("name", ["Editor", "Mira Solberg", "Mirа Sоlberg", "ANN", "Mo\u0301derator", "Аdmin"])
def test_a16_names_of_the_newsroom_and_of_readers_cannot_be_borrowed(name: str) -> None:
    thread = make_thread()
    make_author(name="Mira Solberg")
    make_reader(name="Ann")

    with pytest.raises(NameRefused):
        write(thread, name=name)


@pytest.mark.django_db(transaction=True)  # Nothing is remembered from inside a transaction.
def test_a16_the_name_of_a_new_author_is_taken_at_once() -> None:
    thread = make_thread()
    write(thread, name="Mira Solberg", key="one")

    author = make_author(name="Mira Solberg")
    with pytest.raises(NameRefused):
        write(thread, name="Mira Solberg", key="two")

    author.delete()
    write(thread, name="Mira Solberg", key="three")


def test_a16_an_override_in_a_name_is_taken_out() -> None:
    assert write(make_thread(), name="Old\u202e Salt").comment.author_name == "Old Salt"


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_a_reply_to_what_is_not_shown_is_refused(state: State) -> None:
    thread = make_thread()
    gone = make_comment(thread, state=state)

    with pytest.raises(ReplyToGone):
        write(thread, answers=gone)


def test_c01_a_reply_to_a_comment_of_another_thread_is_refused() -> None:
    elsewhere = make_comment(make_thread())

    with pytest.raises(ReplyToGone):
        write(make_thread(), answers=elsewhere)


def test_a_closed_thread_takes_nothing_new_but_knows_a_repeat() -> None:
    thread = make_thread()
    first = write(thread, key="one")
    thread.closed_at = timezone.now()
    thread.save()

    assert write(thread, key="one").comment == first.comment
    with pytest.raises(ThreadClosed):
        write(thread, key="two")


def test_guests_are_refused_or_held_where_the_newsroom_says_so(settings: pytest.FixtureRequest) -> None:
    thread = make_thread()

    settings.GUEST_POLICY = "off"  # type: ignore[attr-defined]
    with pytest.raises(GuestsNotAllowed):
        write(thread)
    settings.GUEST_POLICY = "held"  # type: ignore[attr-defined]
    assert write(thread).comment.state == State.HELD
    assert write(thread, speaker=Speaker(reader=make_reader())).comment.state == State.PUBLISHED


@pytest.mark.parametrize(
    ("submission", "reason"),
    [
        (Submission(text="Buy at https://spam.example", name="Al"), "link"),
        (Submission(text="Hello", name="Al", is_flood=True), "short time"),
        (Submission(text="Hello", name="Al", has_hidden_field=True), "field"),
    ],
)
def test_f05_f16_what_looks_wrong_is_held_with_a_reason_and_not_counted(submission: Submission, reason: str) -> None:
    thread = make_thread()

    comment = post_comment(thread=thread, speaker=NOBODY, submission=submission, now=timezone.now()).comment

    thread.refresh_from_db()
    assert comment.state == State.HELD
    assert reason in comment.held_because
    assert not comment.is_listed
    assert thread.comments_count == 0


def test_the_author_of_the_story_and_staff_carry_a_badge() -> None:
    thread = make_thread()
    author = make_reader(name="Tom Okafor", email="tom@example.org", is_staff=True)
    colleague = make_reader(name="Ines Duarte", email="ines@example.org", is_staff=True)
    Byline.objects.create(story_id=thread.page_id, author=make_author(name="Tom Okafor", reader=author))

    assert write(thread, speaker=Speaker(reader=author)).comment.badge == Badge.AUTHOR
    assert write(thread, speaker=Speaker(reader=colleague)).comment.badge == Badge.STAFF


def test_an_edit_replaces_the_text_and_says_when() -> None:
    comment = write(make_thread()).comment
    later = timezone.now() + timedelta(minutes=5)

    edit_comment(comment=comment, text="The **pier** is old.", now=later)

    comment.refresh_from_db()
    assert comment.text_html == "<p>The <strong>pier</strong> is old.</p>"
    assert comment.edited_at == later


def test_a_link_edited_in_by_a_guest_is_held() -> None:
    comment = write(make_thread()).comment

    edit_comment(comment=comment, text="https://spam.example", now=timezone.now())

    comment.refresh_from_db()
    assert comment.state == State.HELD
    assert "spam.example" in comment.text_html


def test_a_withdrawn_comment_keeps_its_place_while_it_has_replies() -> None:
    thread = make_thread()
    answered, alone = write(thread, text="a").comment, write(thread, text="b").comment
    reply = write(thread, text="c", answers=answered).comment

    withdraw_comment(comment=answered)
    withdraw_comment(comment=alone)

    thread.refresh_from_db()
    assert thread.comments_count == 1
    assert set(Comment.objects.listed()) == {reply, Comment.objects.get(pk=answered.pk)}
