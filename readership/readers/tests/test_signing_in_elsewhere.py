"""Signing in with an account elsewhere: known by its number there, never by an e-mail alone (attack E15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from readership.readers.models import Reader
from readership.readers.tests.elsewhere import Elsewhere, elsewhere
from readership.readers.tests.makers import code_for, mails_to, make_reader, sign_in

pytestmark = pytest.mark.django_db
VICTIM = "ann@readers.example"


@pytest.fixture
def place(settings: Any) -> Iterator[Elsewhere]:
    with elsewhere() as found:
        settings.SOCIALACCOUNT_PROVIDERS = found.settings
        yield found


@pytest.fixture
def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def come_from(place: Elsewhere, browser: Client, *, process: str = "login", **person: Any) -> Any:
    place.person = person
    gone = browser.post(f"/account/oidc/town/login/?process={process}")
    assert gone["Location"].startswith(place.url)
    state = parse_qs(urlsplit(gone["Location"]).query)["state"][0]
    return browser.get(f"/account/oidc/town/login/callback/?code=c&state={state}")


@pytest.mark.parametrize("is_verified", [True, False])
def test_e15_an_address_that_the_other_place_names_joins_no_account(
    place: Elsewhere, browser: Client, is_verified: bool
) -> None:
    victim = make_reader(VICTIM)

    come_from(place, browser, sub="evil", email=VICTIM, email_verified=is_verified)
    browser.post("/account/3rdparty/signup/", {"email": VICTIM, "name": "Evil"})

    assert browser.get("/account/").status_code == 302
    assert not SocialAccount.objects.filter(user=victim).exists()
    assert Reader.objects.count() == 1


def test_somebody_new_chooses_a_name_and_confirms_the_address(place: Elsewhere, browser: Client) -> None:
    come_from(place, browser, sub="7", email="new@town.example", email_verified=False, name="Ann")
    begun = browser.post("/account/3rdparty/signup/", {"email": "new@town.example", "name": "Nelly"})
    assert browser.get("/account/").status_code == 302

    browser.post(begun["Location"], {"code": code_for("new@town.example")})

    assert browser.get("/account/").status_code == 200
    assert Reader.objects.get().name == "Nelly"
    assert SocialAccount.objects.get().uid == "7"


def test_whoever_added_it_comes_back_with_it_whatever_address_it_names(place: Elsewhere, browser: Client) -> None:
    reader = make_reader(VICTIM)
    sign_in(browser, VICTIM)
    come_from(place, browser, process="connect", sub="7", email="ann@town.example")
    assert SocialAccount.objects.get(user=reader).uid == "7"

    phone = Client(headers={"Sec-Fetch-Site": "same-origin"})
    come_from(place, phone, sub="7", email="other@town.example")

    assert phone.get("/account/").context["request"].user == reader
    assert "was added" in mails_to(VICTIM)[-1]["text"]


def test_nothing_that_opens_the_account_elsewhere_is_kept(place: Elsewhere, browser: Client) -> None:
    make_reader(VICTIM)
    sign_in(browser, VICTIM)

    come_from(place, browser, process="connect", sub="7", email="ann@town.example")

    assert not SocialToken.objects.exists()


def test_d05_a_forged_state_signs_nobody_in(place: Elsewhere, browser: Client) -> None:
    place.person = {"sub": "7", "email": "ann@town.example"}

    answer = browser.get("/account/oidc/town/login/callback/?code=c&state=forged")

    assert answer.status_code == 401
    assert browser.get("/account/").status_code == 302


def test_no_place_is_offered_where_the_newsroom_names_none(client: Client) -> None:
    assert "Or with an account elsewhere" not in client.get("/account/login/").content.decode()


def test_the_places_are_offered_as_buttons(place: Elsewhere, client: Client) -> None:
    assert "Town card" in client.get("/account/login/").content.decode()
