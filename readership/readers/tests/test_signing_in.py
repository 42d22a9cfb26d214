"""Opening an account and coming back to it: codes, passwords, sessions (attacks E01 to E09)."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.readers.models import Reader
from readership.readers.tests.makers import PASSWORD, code_for, mails_to, make_reader, sign_in

pytestmark = pytest.mark.django_db
NEW = "new@readers.example"


def test_an_account_is_opened_with_a_name_an_address_and_a_code(client: Client) -> None:
    begun = client.post("/account/signup/", {"email": NEW, "name": "Nelly", "website": ""})
    assert begun.status_code == 302, begun.content.decode()
    confirmed = client.post(begun["Location"], {"code": code_for(NEW)})

    assert confirmed["Location"] == "/account/"
    reader = Reader.objects.get(email=NEW)
    assert (reader.name, reader.has_usable_password(), reader.mail_address.address) == ("Nelly", False, NEW)
    assert client.get("/account/").context["request"].user == reader


def test_a_code_by_mail_signs_in(client: Client) -> None:
    reader = make_reader()

    sign_in(client, reader.email)

    assert client.get("/account/").status_code == 200
    assert [mail["subject"] for mail in mails_to(reader.email)] == ["Your code for Readership"]


def test_every_page_answers(client: Client) -> None:
    reader = make_reader(password=PASSWORD)
    for path in ("login/", "login/code/", "signup/", "signup/passkey/", "password/reset/"):
        assert client.get(f"/account/{path}").status_code == 200, path
    sign_in(client, reader.email)
    for path in (
        "",
        "sessions/",
        "again/",
        "email/",
        "logout/",
        "2fa/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/totp/activate/",
        "password/change/",
        "3rdparty/",
        "reauthenticate/",
    ):
        assert client.get(f"/account/{path}").status_code == 200, path
