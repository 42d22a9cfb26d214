"""Readers with an account mute others: only they notice, and they can take it back."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.discussion.models import Comment, Mute, Thread
from readership.discussion.tests.makers import make_comment, make_guest, make_reader, make_thread

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def reader() -> Client:
    browser = Client(headers=OURS)
    browser.force_login(make_reader())
    return browser


def own_view(browser: Client, thread: Thread) -> str:
    return browser.get(f"{thread.page.url}?own=1").content.decode()  # type: ignore[union-attr]


def test_a_muted_guest_is_folded_away_for_that_reader_alone(reader: Client) -> None:
    thread, salt = make_thread(), make_guest()
    first = make_comment(thread, text="Nonsense, as ever.", speaker=salt)
    other = make_comment(thread, text="More nonsense.", speaker=salt)
    fine = make_comment(thread, text="The tide was low.", speaker=make_guest("Grete"))

    assert "Mute" in reader.get(f"/discuss/comments/{first.pk}/mute/").content.decode()
    assert reader.post(f"/discuss/comments/{first.pk}/mute/").status_code == 303

    assert own_view(reader, thread).count("comment__muted") == 2
    mine = reader.get(f"/discuss/mine/?thread={thread.pk}&shown={first.pk},{other.pk},{fine.pk}").json()
    assert mine["muted"] == [first.pk, other.pk]
    assert mine["mute_label"] == "Mute"
    assert "comment__muted" not in own_view(Client(headers=OURS), thread)


def test_a_mute_is_listed_and_taken_back(reader: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread, speaker=make_guest(), name="Old Salt")
    for _time in range(2):
        reader.post(f"/discuss/comments/{comment.pk}/mute/")

    assert "Old Salt" in reader.get("/discuss/mutes/").content.decode()
    assert reader.post(f"/discuss/mutes/{Mute.objects.get().pk}/lift/").status_code == 302

    assert "You muted nobody" in reader.get("/discuss/mutes/").content.decode()
    assert "comment__muted" not in own_view(reader, thread)


def test_neither_oneself_nor_the_newsroom_can_be_muted(reader: Client) -> None:
    thread = make_thread()
    staff = make_reader(name="Ines", email="ines@example.org", is_staff=True)
    comment = make_comment(thread)
    Comment.objects.filter(pk=comment.pk).update(reader=staff)

    answer = reader.post(f"/discuss/comments/{comment.pk}/mute/")

    assert answer.status_code == 403
    assert "cannot mute yourself or the newsroom" in answer.content.decode()
    assert not Mute.objects.exists()


def test_c01_nobody_lifts_the_mute_of_another(reader: Client) -> None:
    comment = make_comment(make_thread(), speaker=make_guest())
    reader.post(f"/discuss/comments/{comment.pk}/mute/")
    other = Client(headers=OURS)
    other.force_login(make_reader(name="Bo", email="bo@example.org"))

    other.post(f"/discuss/mutes/{Mute.objects.get().pk}/lift/")

    assert Mute.objects.exists()


def test_without_an_account_there_is_nothing_to_keep_it_in() -> None:
    comment = make_comment(make_thread(), speaker=make_guest())

    for address in (f"/discuss/comments/{comment.pk}/mute/", "/discuss/mutes/"):
        assert Client(headers=OURS).get(address).status_code == 404
