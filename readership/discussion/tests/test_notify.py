"""“Notify me of”: chosen with a comment, and begun when it is clear whose address it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from readership.discussion.models import Comment, State, Thread
from readership.discussion.tests.makers import make_comment, make_reader, make_thread
from readership.following.models import Follow, Kind
from readership.following.tests.makers import HERE, browser_of, link_in, mails_to, make_address, pump, verify
from readership.outbox.models import OutboxItem
from readership.readers.guests import welcome_guest

pytestmark = pytest.mark.django_db
ANN = "ann@example.org"


@pytest.fixture
def thread() -> Thread:
    return make_thread()


def post(thread: Thread, client: Client | None = None, **fields: object) -> Any:
    form = {"text": "The pier is new.", "name": "Ann", "email": ANN, "submission_key": "one", **fields}
    return (client or Client(headers=HERE)).post(f"/discuss/threads/{thread.pk}/comments/", form)


@pytest.mark.parametrize(("wish", "kind"), [("replies", Kind.COMMENT), ("thread", Kind.THREAD)])
def test_a_guest_hears_of_it_after_the_owner_of_the_address_said_yes(thread: Thread, wish: str, kind: Kind) -> None:
    browser = Client(headers=HERE)

    answer = post(thread, browser, notify=wish)
    shown = browser.get(answer["Location"]).content.decode()
    pump()

    assert answer.status_code == 303
    assert "Please look into your mail" in shown
    follow = Follow.objects.get()
    assert (follow.kind, follow.confirmed_at) == (kind, None)

    browser.post(link_in(mails_to(ANN)[0], "confirm"))
    comment = Comment.objects.get()
    post(thread, name="Bo", email="", text="It is old.", parent=str(comment.pk), submission_key="two")
    pump()

    assert "It is old." in mails_to(ANN)[1].body


def test_nothing_chosen_puts_nothing_into_the_outbox(thread: Thread) -> None:
    assert post(thread).status_code == 303
    assert post(thread, notify="", text="Again.").status_code == 303

    assert not OutboxItem.objects.filter(kind="follow").exists()


@pytest.mark.parametrize("wish", ["replies", "thread"])
def test_without_an_address_the_form_says_so_and_keeps_everything(thread: Thread, wish: str) -> None:
    answer = post(thread, email="", notify=wish)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "we need your e-mail address" in page
    assert "The pier is new.</textarea>" in page
    assert f'<option value="{wish}" selected>' in page
    assert not Comment.objects.exists()


def test_a_choice_that_there_is_not_is_refused(thread: Thread) -> None:
    assert post(thread, notify="everything").status_code == 400


def test_a_reader_whose_address_is_known_follows_at_once_and_all_replies(thread: Thread) -> None:
    reader = make_reader(name="Ann", email=ANN)
    address = make_address(ANN, reader=reader)
    browser = browser_of(reader=reader)

    answer = post(thread, browser, name="", email="", notify="thread")

    assert "You will be told of news." in browser.get(answer["Location"]).content.decode()
    assert set(Follow.objects.confirmed().values_list("kind", "target_id")) == {
        ("thread", thread.pk),
        ("replies", address.pk),
    }
    assert not OutboxItem.objects.exists()


def test_a_reader_whose_address_is_not_confirmed_is_asked_at_that_of_the_account(thread: Thread) -> None:
    reader = make_reader(name="Ann", email=ANN)

    post(thread, browser_of(reader=reader), name="", email="", notify="replies")
    pump()
    assert not Follow.objects.confirmed().exists()
    browser_of(reader=reader).post(link_in(mails_to(ANN)[0], "confirm"))

    follow = Follow.objects.confirmed().get()
    assert follow.address.reader == reader


def test_a_device_that_confirmed_the_address_follows_at_once(thread: Thread) -> None:
    guest, address = welcome_guest(name="Ann"), make_address(ANN)
    verify(guest.guest, address)

    post(thread, browser_of(guest.secret), email="", notify="replies")

    assert Follow.objects.confirmed().get().kind == Kind.REPLIES


def test_c04_a_known_device_starts_nothing_at_an_address_of_somebody_else(thread: Thread) -> None:
    guest = welcome_guest(name="Ann")
    verify(guest.guest, make_address(ANN))

    post(thread, browser_of(guest.secret), email="victim@example.org", notify="thread")
    pump()

    assert not Follow.objects.confirmed().exists()
    assert [letter.to for letter in mail.outbox] == [["victim@example.org"]]


def test_f06_the_same_form_sent_twice_asks_once(thread: Thread) -> None:
    browser = Client(headers=HERE)
    for _time in range(2):
        post(thread, browser, notify="thread")
    pump()

    assert len(mail.outbox) == 1


def test_what_looks_like_a_machine_starts_no_mail(thread: Thread) -> None:
    post(thread, website="https://x.example", notify="thread")

    assert Comment.objects.get().state == State.HELD
    assert not OutboxItem.objects.exists()


def test_a_preview_keeps_the_choice(thread: Thread) -> None:
    answer = Client(headers=HERE).post(
        f"/discuss/threads/{thread.pk}/comments/preview/", {"text": "Hm.", "name": "Ann", "notify": "thread"}
    )

    assert '<option value="thread" selected>' in answer.content.decode()


def test_the_api_takes_the_same_choice_and_refuses_alike(thread: Thread) -> None:
    address = f"/api/v1/threads/{thread.pk}/comments"
    body = {"text": "The pier is new.", "name": "Ann", "notify": "thread"}

    missing = Client().post(address, body, content_type="application/json")
    taken = Client().post(address, body | {"email": ANN}, content_type="application/json")
    wrong = Client().post(address, body | {"notify": "all"}, content_type="application/json")
    pump()

    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (422, "email")
    assert taken.status_code == 201
    assert wrong.status_code in {400, 422}
    assert len(mails_to(ANN)) == 1


def test_j04_the_page_that_all_share_offers_it_to_nobody_in_particular(thread: Thread) -> None:
    make_comment(thread)
    reader = make_reader()
    make_address(reader.email, reader=reader)
    path = thread.page.get_url() if thread.page else ""

    page = Client().get(path).content.decode()

    assert 'name="notify"' in page
    assert f'name="what" value="thread-{thread.pk}" checked' in page
    assert reader.email not in browser_of(reader=reader).get(path).content.decode()
