"""A guest confirms an address: asked rarely, by a link that only a person uses (attacks G03, G04, G05, G07, E14, L09)."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from readership.readers.address_links import Purpose, token_of
from readership.readers.addresses import address_known_by, stop_address
from readership.readers.asking import MOST_AN_HOUR_OVERALL, forget_askings, may_ask
from readership.readers.confirming import ask_to_confirm
from readership.readers.guests import welcome_guest
from readership.readers.models import Asking, Guest, MailAddress, Reader, StopReason
from readership.readers.names import is_reserved
from readership.readers.tests.makers import mails_to

pytestmark = pytest.mark.django_db
GRETE = "grete@readers.example"
WHY = "Somebody wrote a comment."
NOW = timezone.now()


@pytest.fixture
def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def guest() -> Guest:
    return welcome_guest(name="Grete").guest


def path_of(name: str) -> str:
    found = re.search(rf"/guests/{name}/\S+/", mails_to(GRETE)[-1]["text"])
    assert found
    return found[0]


def test_g07_the_link_shows_a_button_and_only_the_button_confirms(browser: Client, guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)

    shown = browser.get(path_of("confirm"))
    guest.refresh_from_db()
    assert "Grete" in shown.content.decode()
    assert not guest.is_verified

    assert browser.post(path_of("confirm")).status_code == 200
    guest.refresh_from_db()
    assert guest.is_verified
    assert MailAddress.objects.get(address=GRETE).is_reachable


def test_a16_the_name_of_a_verified_guest_is_theirs(browser: Client, guest: Guest) -> None:
    assert not is_reserved("Grete")
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    browser.post(path_of("confirm"))
    guest.refresh_from_db()
    phone = welcome_guest(name="Grete").guest

    assert is_reserved("grete")
    assert is_reserved("Grеte", guest=phone)
    assert not is_reserved("Grete", guest=guest)
    phone.address = guest.address
    assert not is_reserved("Grete", guest=phone)


def test_g03_one_mail_in_a_quarter_of_an_hour_and_five_a_day(guest: Guest) -> None:
    asked = [ask_to_confirm(GRETE, guest, why=WHY, now=NOW + timedelta(minutes=m)) for m in range(0, 24 * 60, 5)]

    assert asked.count(True) == 5
    assert asked[:4] == [True, False, False, True]
    assert len(mails_to(GRETE)) == 5


def test_g03_whatever_the_question_is_for_it_is_counted_together(guest: Guest) -> None:
    address = address_known_by(GRETE)

    assert may_ask(address, NOW)
    assert not ask_to_confirm(GRETE, guest, why=WHY, now=NOW + timedelta(minutes=1))


def test_g03_all_strangers_together_are_mailed_so_often_and_no_more(guest: Guest) -> None:
    other = address_known_by("other@readers.example")
    Asking.objects.bulk_create(Asking(address=other, asked_at=NOW) for _ in range(MOST_AN_HOUR_OVERALL))

    assert not ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    assert ask_to_confirm(GRETE, guest, why=WHY, now=NOW + timedelta(hours=1, minutes=1))


@pytest.mark.django_db(transaction=True)
def test_g03_two_who_ask_at_once_get_one_mail() -> None:
    address = address_known_by(GRETE)
    answers: list[bool] = []

    def ask() -> None:
        answers.append(may_ask(address, NOW))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 5 + [True]


def test_g03_this_was_not_me_stops_the_address(browser: Client, guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    confirm = path_of("confirm")

    assert browser.get(path_of("not-me")).status_code == 200
    assert MailAddress.objects.get(address=GRETE).stopped_at is None
    browser.post(path_of("not-me"))

    assert MailAddress.objects.get(address=GRETE).stopped_because == StopReason.REFUSED
    assert not ask_to_confirm(GRETE, guest, why=WHY, now=NOW + timedelta(days=2))
    assert browser.post(confirm).status_code == 404


@pytest.mark.parametrize("given", ["%@%", "a@b.example,c@d.example", "a@b.example\nBcc: c@d.example", "nobody", ""])
def test_g01_g02_g04_what_is_no_address_is_not_written_to(guest: Guest, given: str) -> None:
    assert not ask_to_confirm(given, guest, why=WHY, now=NOW)
    assert not MailAddress.objects.exists()


def test_e14_a_link_of_another_purpose_or_guest_confirms_nothing(browser: Client, guest: Guest) -> None:
    address = address_known_by(GRETE)
    for purpose in set(Purpose) - {Purpose.VERIFY}:
        assert browser.post(f"/guests/confirm/{token_of(purpose, address, guest.pk)}/").status_code == 404
    assert browser.post(f"/guests/confirm/{token_of(Purpose.VERIFY, address, guest.pk + 1)}/").status_code == 404

    guest.refresh_from_db()
    assert not guest.is_verified


def test_a_device_belongs_to_one_address(browser: Client, guest: Guest) -> None:
    """The second link to the same device, for another address, opens nothing."""
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    browser.post(path_of("confirm"))
    other = token_of(Purpose.VERIFY, address_known_by("other@readers.example"), guest.pk)

    assert browser.post(f"/guests/confirm/{other}/").status_code == 404


def test_confirming_twice_changes_nothing(browser: Client, guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)

    statuses = [browser.post(path_of("confirm")).status_code for _ in range(2)]

    assert statuses == [200, 200]
    assert not ask_to_confirm(GRETE, Guest.objects.get(), why=WHY, now=NOW + timedelta(hours=1))


def test_c17_no_other_site_confirms_or_refuses(guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})

    assert [client.post(path_of(name)).status_code for name in ("confirm", "not-me")] == [403, 403]


def test_l09_l11_the_pages_behind_the_links_are_private(browser: Client, guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)

    for name in ("confirm", "not-me"):
        answer = browser.get(path_of(name))
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]


def test_e15_a_confirmed_address_joins_no_account_by_itself(browser: Client, guest: Guest) -> None:
    Reader.objects.create_user(GRETE, name="Grete B.")
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)

    browser.post(path_of("confirm"))

    assert MailAddress.objects.get(address=GRETE).reader is None


def test_a_stopped_address_works_again_once_its_owner_confirms_it(browser: Client, guest: Guest) -> None:
    ask_to_confirm(GRETE, guest, why=WHY, now=NOW)
    stop_address(address_known_by(GRETE), because=StopReason.BOUNCED, now=NOW)

    browser.post(path_of("confirm"))

    assert MailAddress.objects.get(address=GRETE).is_reachable


def test_whom_we_asked_is_forgotten_after_two_days() -> None:
    may_ask(address_known_by(GRETE), NOW)

    assert forget_askings(now=NOW + timedelta(days=1)) == 0
    assert forget_askings(now=NOW + timedelta(days=3)) == 1
