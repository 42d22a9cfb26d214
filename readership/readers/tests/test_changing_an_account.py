"""What an account is opened with is changed by its owner, and by nobody who found a session (attacks E09, E10, E11)."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client
from django.utils import timezone

from readership.readers.address_links import Purpose, token_of
from readership.readers.addresses import address_known_by
from readership.readers.models import MailAddress, Reader, ReaderSession
from readership.readers.sessions import BEGAN_AT, SessionStore
from readership.readers.tests.makers import PASSWORD, code_for, mails_to, make_reader, sign_in

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
OLD, NEW = "ann@readers.example", "ann@new.example"


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


@pytest.fixture
def reader() -> Reader:
    return make_reader(OLD)


def change_address(browser: Client) -> None:
    asked = browser.post("/account/email/", {"email": NEW, "action_add": ""})
    assert asked.status_code == 302, asked.content.decode()
    browser.post("/account/confirm-email/", {"code": code_for(NEW)})


def let_time_pass(browser: Client) -> None:
    """As if the last proof of who it is were an hour old."""
    session = browser.session
    session[BEGAN_AT] = (timezone.now() - timedelta(hours=1)).isoformat()
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_e10_an_address_is_changed_once_the_new_one_is_confirmed(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)

    browser.post("/account/email/", {"email": NEW, "action_add": ""})
    reader.refresh_from_db()
    assert reader.email == OLD

    browser.post("/account/confirm-email/", {"code": code_for(NEW)})
    reader.refresh_from_db()
    assert reader.email == NEW
    assert browser.get("/account/").status_code == 200
    assert MailAddress.objects.get(reader=reader).address == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]


@pytest.mark.parametrize("path", ["email/", "password/set/", "2fa/webauthn/add/", "2fa/totp/activate/", "3rdparty/"])
def test_e10_an_old_session_must_show_who_it_is_first(browser: Client, reader: Reader, path: str) -> None:
    sign_in(browser, OLD)
    let_time_pass(browser)

    answers = [browser.get(f"/account/{path}"), browser.post(f"/account/{path}", {"email": NEW, "action_add": ""})]

    assert {answer["Location"].partition("?")[0] for answer in answers} == {"/account/again/"}
    assert mails_to(NEW) == []


def test_e10_a_code_to_the_address_of_the_account_shows_it(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)
    let_time_pass(browser)

    browser.post("/account/again/?next=/account/email/", {"send": "1"})
    wrong = browser.post("/account/again/?next=/account/email/", {"code": "XXXX-XXXX"})
    right = browser.post("/account/again/?next=/account/email/", {"code": code_for(OLD).lower()})

    assert wrong.status_code == 400
    assert right["Location"] == "/account/email/"
    assert browser.get("/account/email/").status_code == 200


def test_e10_three_wrong_codes_and_the_right_one_is_dead(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)
    let_time_pass(browser)
    browser.post("/account/again/", {"send": "1"})

    for _ in range(3):
        browser.post("/account/again/", {"code": "XXXX-XXXX"})

    assert browser.post("/account/again/", {"code": code_for(OLD)}).status_code == 400


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/account/", "/admin/", "javascript:1"])
def test_d08_after_the_proof_it_goes_on_in_the_account_only(browser: Client, reader: Reader, onward: str) -> None:
    sign_in(browser, OLD)
    browser.post("/account/again/", {"send": "1"})

    answer = browser.post(f"/account/again/?{urlencode({'next': onward})}", {"code": code_for(OLD)})

    assert answer["Location"] == "/account/"


def undo_path(address: str) -> str:
    found = re.search(r"/account/undo/\S+/", mails_to(address)[-1]["text"])
    assert found
    return found[0]


def test_e10_the_old_address_is_told_and_takes_the_account_back(browser: Client, reader: Reader) -> None:
    """A stranger with the session changes the address, sets a password and adds a second step."""
    sign_in(browser, OLD)
    change_address(browser)
    browser.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    Authenticator.objects.create(user=reader, type="totp", data={"secret": "x"})
    path = undo_path(OLD)

    shown = Client().get(path)
    reader.refresh_from_db()
    assert (shown.status_code, reader.email) == (200, NEW)

    assert Client(headers=OURS).post(path).status_code == 200
    reader.refresh_from_db()
    assert reader.email == OLD
    assert not reader.has_usable_password()
    assert not Authenticator.objects.exists()
    assert browser.get("/account/").status_code == 302
    assert MailAddress.objects.get(reader=reader).address == OLD
    again = Client()
    sign_in(again, OLD)
    assert again.get("/account/").status_code == 200


def test_e10_the_way_back_works_once(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)
    change_address(browser)
    path = undo_path(OLD)
    Client(headers=OURS).post(path)

    assert Client(headers=OURS).post(path).status_code == 404


def test_c08_e14_no_other_link_takes_an_account_back(reader: Reader) -> None:
    address, other = address_known_by(OLD), make_reader("bob@readers.example", name="Bob")

    for purpose in set(Purpose) - {Purpose.UNDO}:
        token = token_of(purpose, address, other.pk, int(time.time()))
        assert Client(headers=OURS).post(f"/account/undo/{token}/").status_code == 404

    other.refresh_from_db()
    assert other.email == "bob@readers.example"


def test_e10_an_address_that_nobody_confirmed_gets_no_way_back(browser: Client) -> None:
    """Mistyped at first: whoever owns that mailbox must not get the account."""
    typo = "typo@other.example"
    reader = Reader.objects.create_user(typo, name="Nelly")
    EmailAddress.objects.create(user=reader, email=typo, primary=True)
    browser.force_login(reader)
    browser.post("/account/again/", {"send": "1"})
    browser.post("/account/again/", {"code": code_for(typo)})

    change_address(browser)

    reader.refresh_from_db()
    assert reader.email == NEW
    assert "/account/undo/" not in str(mails_to(typo))


def elsewhere(email: str) -> Client:
    """Another device, signed in."""
    client = Client(headers=OURS)
    reader = Reader.objects.get(email=email)
    client.force_login(reader)
    assert client.get("/account/").status_code == 200
    return client


@pytest.mark.parametrize("deed", ["address", "password", "out", "ban", "end", "admin"])
def test_e09_sessions_elsewhere_end(browser: Client, reader: Reader, deed: str) -> None:
    sign_in(browser, OLD)
    other = elsewhere(OLD)

    if deed == "address":
        change_address(browser)
    elif deed == "password":
        browser.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    elif deed == "out":
        browser.post("/account/logout/")
        cookie = f"{settings.SESSION_COOKIE_NAME}=" + browser.cookies[settings.SESSION_COOKIE_NAME].value
        other = Client(headers={**OURS, "Cookie": cookie})
    elif deed == "ban":
        Reader.objects.update(is_active=False)
    elif deed == "end":
        browser.post("/account/sessions/", {"end": "others"})
    else:
        Reader.objects.filter(pk=reader.pk).update(email=NEW)

    assert other.get("/account/").status_code == 302


def test_a_reader_sees_the_own_sessions_and_ends_one(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)
    firefox = Client(
        headers={**OURS, "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    sign_in(firefox, OLD)

    page = browser.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    for session in ReaderSession.objects.all():
        assert session.session_key not in page
    key = ReaderSession.objects.get(device="Firefox on Linux").key_hash
    browser.post("/account/sessions/", {"end": key})

    assert firefox.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


def test_c01_nobody_ends_somebody_elses_session(browser: Client, reader: Reader) -> None:
    make_reader("bob@readers.example", name="Bob")
    bob = Client(headers=OURS)
    sign_in(bob, "bob@readers.example")
    sign_in(browser, OLD)
    key = ReaderSession.objects.get(reader__name="Bob").key_hash

    browser.post("/account/sessions/", {"end": key})
    browser.post("/account/sessions/", {"end": "others"})

    assert bob.get("/account/").status_code == 200


def test_l05_a_session_holds_no_address_of_the_network(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)

    row = ReaderSession.objects.get(reader=reader)

    assert "127.0.0.1" not in str((row.device, SessionStore().decode(row.session_data)))


def set_up_app(reader: Reader) -> str:
    """An app for codes; returns its secret."""
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(reader, secret)
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize("door", ["code", "password", "admin"])
def test_e11_half_signed_in_reaches_the_second_step_and_nothing_else(client: Client, door: str) -> None:
    reader = make_reader(OLD, password=PASSWORD, is_staff=True, is_superuser=True)
    secret = set_up_app(reader)

    if door == "code":
        sign_in(client, OLD)
    elif door == "password":
        client.post("/account/login/", {"login": OLD, "password": PASSWORD})
    else:
        client.post("/admin/login/", {"username": OLD, "password": PASSWORD})

    for path in ("/admin/", "/account/", "/account/email/", "/account/2fa/", "/admin/users/", "/gifts/mine/"):
        assert client.get(path).status_code == 302, path
    assert client.get("/account/2fa/authenticate/").status_code == 200
    assert client.get("/admin/")["Location"].startswith("/admin/login/")

    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/account/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_e11_a_wrong_second_step_stays_outside(client: Client) -> None:
    set_up_app(make_reader(OLD, password=PASSWORD))
    client.post("/account/login/", {"login": OLD, "password": PASSWORD})

    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_staff_must_have_a_second_step_where_the_newsroom_says_so(settings: Any) -> None:
    settings.STAFF_TWO_FACTOR = True
    reader = make_reader(OLD, password=PASSWORD, is_staff=True, is_superuser=True)
    browser = Client(headers=OURS)
    browser.post("/admin/login/", {"username": OLD, "password": PASSWORD})

    for path in ("/admin/", "/admin/users/", "/admin/pages/"):
        assert browser.get(path)["Location"] == "/account/2fa/?staff=1", path

    secret = set_up_app(reader)
    step = browser.get("/admin/")["Location"]
    assert step.startswith("/account/2fa/reauthenticate/")
    browser.post(step, {"code": code_of(secret)})
    assert browser.get("/admin/").status_code == 200


def test_a_passkey_of_a_reader_is_a_way_in_and_no_hurdle() -> None:
    """Who loses the device still signs in with a code by mail."""
    reader = make_reader(OLD)
    Authenticator.objects.create(user=reader, type="webauthn", data={})
    browser = Client()

    sign_in(browser, OLD)

    assert browser.get("/account/").status_code == 200


def test_another_address_given_by_an_administrator_is_the_only_one_that_opens_the_account(reader: Reader) -> None:
    other = elsewhere(OLD)
    admin = Client()
    admin.force_login(Reader.objects.create_superuser("edda@readers.example", PASSWORD, name="Edda"))
    form = {"email": NEW, "name": "Ann", "is_active": "on", "password1": "", "password2": ""}

    answer = admin.post(f"/admin/users/edit/{reader.pk}/", form)

    assert answer.status_code == 302, answer.content.decode()
    assert other.get("/account/").status_code == 302
    assert list(EmailAddress.objects.filter(user=reader).values_list("email", flat=True)) == [NEW]
    assert not MailAddress.objects.filter(reader=reader, address=OLD).exists()
    stranger = Client()
    stranger.post("/account/login/code/", {"email": OLD})
    assert "no account" in mails_to(OLD)[-1]["text"]


def test_sessions_that_are_over_are_not_listed(browser: Client, reader: Reader) -> None:
    sign_in(browser, OLD)
    ReaderSession.objects.create(session_key="old", session_data="", reader=reader, device="Old phone",
                                 expire_date=timezone.now() - timedelta(days=1))  # fmt: skip

    assert "Old phone" not in browser.get("/account/sessions/").content.decode()
