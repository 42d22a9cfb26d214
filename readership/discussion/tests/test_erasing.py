"""Whoever leaves: what stays of a conversation, and what does not (attack L07)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion import counting
from readership.discussion.models import Comment, Mute, State, Version, Vote
from readership.discussion.posting import edit_comment
from readership.discussion.showing import story_url
from readership.discussion.tests.makers import make_comment, make_guest, make_reader, make_thread, write
from readership.discussion.voting import cast_vote
from readership.readers.erasing import Words, erase_person
from readership.readers.holdings import Person, person_by_address
from readership.readers.models import Reader
from readership.readers.speaking import Speaker

pytestmark = pytest.mark.django_db
CANARY = "the lighthouse keeper owns a green bicycle"


@pytest.fixture
def ann() -> Reader:
    return make_reader(name="Ann Uncommon")


def leave(words: Words) -> None:
    erase_person(person_by_address("ann@example.org"), words=words, now=timezone.now())


def test_with_the_words_a_comment_keeps_its_place_under_its_replies_and_says_nothing(ann: Reader) -> None:
    thread = make_thread()
    said = write(thread, text=CANARY, speaker=Speaker(reader=ann)).comment
    edit_comment(comment=said, text=f"{CANARY}, she says", now=timezone.now())
    reply = write(thread, text="So I heard.", answers=said).comment

    leave(Words.TAKE)

    said.refresh_from_db()
    assert (said.state, said.text_source, said.text_html, said.is_listed) == (State.WITHDRAWN, "", "", True)
    assert not Version.objects.filter(comment=said).exists()
    page = Client().get(story_url(thread)).content.decode()
    assert CANARY not in page
    assert "Ann Uncommon" not in page
    assert f'id="comment-{reply.pk}"' in page
    assert list(counting.differences()) == []


def test_without_them_the_words_stay_and_the_name_goes(ann: Reader) -> None:
    thread = make_thread()
    said = write(thread, text=CANARY, speaker=Speaker(reader=ann)).comment

    leave(Words.KEEP)

    said.refresh_from_db()
    assert (said.reader, said.guest, said.state) == (None, None, State.PUBLISHED)
    page = Client().get(story_url(thread)).content.decode()
    assert CANARY in page
    assert "Former reader" in page
    assert "Ann Uncommon" not in page


def test_votes_are_taken_back_and_every_count_agrees(ann: Reader) -> None:
    comment = make_comment(make_thread())
    cast_vote(comment_id=comment.pk, speaker=Speaker(reader=ann), value=1, network="", now=timezone.now())
    cast_vote(comment_id=comment.pk, speaker=make_guest(), value=1, network="x", now=timezone.now())

    leave(Words.KEEP)

    comment.refresh_from_db()
    assert (comment.up_count, comment.guest_up_count, comment.net_count) == (1, 1, 1)
    assert Vote.objects.count() == 1
    assert list(counting.differences()) == []


def test_what_was_removed_stays_removed_and_loses_its_words(ann: Reader) -> None:
    said = make_comment(make_thread(), text=CANARY, state=State.REMOVED)
    Comment.objects.filter(pk=said.pk).update(reader=ann)

    leave(Words.TAKE)

    said.refresh_from_db()
    assert (said.state, said.text_source) == (State.REMOVED, "")


def test_mutes_go_on_both_sides(ann: Reader) -> None:
    bob = make_reader(name="Bob", email="bob@example.org")
    Mute.objects.create(reader=ann, muted_reader=bob, name="Bob")
    Mute.objects.create(reader=bob, muted_reader=ann, name="Ann Uncommon")

    leave(Words.KEEP)

    assert not Mute.objects.exists()


def test_a_device_without_an_address_leaves_by_itself() -> None:
    thread, speaker = make_thread(), make_guest("Old Salt")
    assert speaker.guest
    said = write(thread, text=CANARY, speaker=speaker, name="Old Salt").comment
    other = write(thread, text="Not mine.", name="Somebody").comment

    erase_person(Person(guests=(speaker.guest,)), words=Words.TAKE, now=timezone.now())

    said.refresh_from_db()
    other.refresh_from_db()
    assert (said.guest, said.text_source) == (None, "")
    assert (other.author_name, other.text_source) == ("Somebody", "Not mine.")


def test_twice_is_as_good_as_once(ann: Reader) -> None:
    write(make_thread(), text=CANARY, speaker=Speaker(reader=ann))

    leave(Words.TAKE)
    leave(Words.TAKE)

    assert not Reader.objects.exists()
