"""What was given up: seen, tried again and let go by whoever may, and by nobody else (attacks C17, D01, D12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from readership.outbox.models import OutboxItem
from readership.readers.models import Reader
from readership.readers.tests.makers import make_reader

pytestmark = pytest.mark.django_db
ANN = "ann@readers.example"
DESK = "/admin/mail/"


@pytest.fixture
def keeper() -> Reader:
    """May look after mail, and not see who people are."""
    reader = make_reader("keeper@paper.example", name="Keeper", is_staff=True)
    codenames = ["look_after_mail", "access_admin"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return reader


@pytest.fixture
def admin(client: Client, keeper: Reader) -> Client:
    client.force_login(keeper)
    return client


def make_item(key: str = "one", *, is_given_up: bool = True, error: str = "", **fields: object) -> OutboxItem:
    now = timezone.now() - timedelta(minutes=1)
    facts = {"kind": "mail", "payload": {"to": ANN}, "created_at": now, "next_at": now, "attempts": 8, **fields}
    return OutboxItem.objects.create(key=key, given_up_at=now if is_given_up else None, last_error=error, **facts)


def text(client: Client, address: str = DESK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_with_nothing_given_up_the_page_says_what_would_stand_there(admin: Client) -> None:
    page = text(admin)

    assert "Nothing was given up." in page
    assert "No mail waits." in page


def test_it_says_how_mail_stands(admin: Client) -> None:
    make_item("a", is_given_up=False, error="The mail server cannot be reached. Refused")
    make_item("b", is_given_up=False)
    make_item("c", is_given_up=False, done_at=timezone.now())

    page = text(admin)

    assert "2 mails wait, the oldest since" in page
    assert "1 went in the last day." in page
    assert "The mail server is away, and is tried again by itself: The mail server cannot be reached." in page


def test_an_address_is_shown_to_those_who_may_see_it_only(admin: Client, keeper: Reader) -> None:
    make_item(error=f"The mail server answered 550: <{ANN}> is unknown")

    hidden = text(admin)
    keeper.user_permissions.add(Permission.objects.get(codename="change_reader"))
    shown = text(admin)

    assert ANN not in hidden
    assert "The mail server answered 550: &lt;…&gt; is unknown" in hidden
    assert ANN in shown


def test_a_fault_of_the_program_is_said_to_be_one(admin: Client) -> None:
    make_item(error="KeyError('text')")

    assert "The program failed; the log says more: KeyError(" in text(admin)


def test_try_again_begins_anew(admin: Client) -> None:
    item = make_item()
    other = make_item("other")

    admin.post(f"{DESK}{item.pk}/again/")

    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.attempts, item.given_up_at) == (0, None)
    assert OutboxItem.objects.due(now=timezone.now()).get() == item
    assert other.given_up_at
    assert "somebody was quicker" in admin.post(f"{DESK}{item.pk}/again/", follow=True).content.decode()


def test_all_are_tried_again_at_once_and_what_is_done_stays_done(admin: Client) -> None:
    make_item("one")
    make_item("two")
    done = make_item("three", is_given_up=False, done_at=timezone.now())

    answer = admin.post(f"{DESK}again/", follow=True)

    assert "2 are tried again now." in answer.content.decode()
    assert OutboxItem.objects.due(now=timezone.now()).count() == 2
    done.refresh_from_db()
    assert done.attempts == 8


def test_letting_go_asks_first_and_says_what_went(admin: Client) -> None:
    item = make_item()

    assert "nothing brings it back" in text(admin, f"{DESK}{item.pk}/let-go/")
    assert OutboxItem.objects.exists()
    answer = admin.post(f"{DESK}{item.pk}/let-go/", follow=True)

    assert "Let go: A letter to one person." in answer.content.decode()
    assert not OutboxItem.objects.exists()


def test_what_waits_or_is_done_is_not_let_go(admin: Client) -> None:
    waiting = make_item(is_given_up=False)

    assert admin.post(f"{DESK}{waiting.pk}/let-go/").status_code == 404
    assert OutboxItem.objects.exists()


def test_the_first_page_tells_whoever_looks_after_mail_and_nobody_else(admin: Client, keeper: Reader) -> None:
    assert "given up" not in text(admin, "/admin/")
    make_item()

    assert "1 mail or other piece of work was given up." in text(admin, "/admin/")
    assert DESK in text(admin, "/admin/")
    keeper.user_permissions.remove(Permission.objects.get(codename="look_after_mail"))
    assert "given up" not in text(admin, "/admin/")


def test_c17_without_the_right_everything_is_refused_and_nothing_changes(admin: Client, keeper: Reader) -> None:
    item = make_item()
    keeper.user_permissions.remove(Permission.objects.get(codename="look_after_mail"))

    answers = [
        admin.get(DESK),
        admin.post(f"{DESK}again/"),
        admin.post(f"{DESK}{item.pk}/again/"),
        admin.get(f"{DESK}{item.pk}/let-go/"),
        admin.post(f"{DESK}{item.pk}/let-go/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    item.refresh_from_db()
    assert item.given_up_at


def test_d12_asking_changes_nothing(admin: Client) -> None:
    item = make_item()

    assert admin.get(f"{DESK}again/").status_code == 405
    assert admin.get(f"{DESK}{item.pk}/again/").status_code == 405


def test_d01_a_form_from_elsewhere_is_refused(keeper: Reader) -> None:
    item = make_item()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(keeper)

    for address in ("again/", f"{item.pk}/again/", f"{item.pk}/let-go/"):
        assert browser.post(f"{DESK}{address}").status_code == 403
    item.refresh_from_db()
    assert item.given_up_at
