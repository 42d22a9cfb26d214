"""Who has an account may choose the language of their own pages and mails; pages for everybody stay as they are."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.readers.language import chosen_language
from readership.readers.models import Reader
from readership.readers.tests.makers import make_reader

pytestmark = pytest.mark.django_db
OWN = {"origin": "http://testserver"}


@pytest.fixture
def reader() -> Reader:
    return make_reader()


@pytest.fixture
def client(reader: Reader) -> Client:
    client = Client(headers=OWN)
    client.force_login(reader)
    return client


def test_the_choice_is_kept_and_own_pages_speak_it(client: Client, reader: Reader) -> None:
    answer = client.post("/account/language/", {"language": "ar"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/language/")
    assert chosen_language(reader) == "ar"
    assert '<html lang="ar" dir="rtl">' in client.get("/account/").content.decode()


def test_mail_to_the_account_is_in_it(client: Client, reader: Reader) -> None:
    client.post("/account/language/", {"language": "fr"})

    reader.refresh_from_db()
    assert reader.mail_address.language == "fr"


@pytest.mark.parametrize("given", ["tlh", "", "en-gb", "../de"])
def test_a_language_that_is_not_offered_is_refused(client: Client, reader: Reader, given: str) -> None:
    assert client.post("/account/language/", {"language": given}).status_code == 400
    assert chosen_language(reader) == "en"


def test_pages_for_everybody_stay_the_same(client: Client) -> None:
    before = client.get("/preferences/").content
    client.post("/account/language/", {"language": "de"})

    assert client.get("/preferences/").content == before == Client().get("/preferences/").content


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/account/language/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_another_site_cannot_choose(reader: Reader) -> None:
    client = Client(headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"})
    client.force_login(reader)

    assert client.post("/account/language/", {"language": "de"}).status_code == 403
    assert chosen_language(reader) == "en"
