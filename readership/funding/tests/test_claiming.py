"""Gifts come along with an account whose owner confirmed the address they were given from (attacks C04, E15, G02)."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.funding.models import Giver
from readership.funding.tests.makers import make_giver, make_own_gift
from readership.readers.models import Reader
from readership.readers.tests.makers import make_reader, sign_in

pytestmark = pytest.mark.django_db
ANN = "ann@readers.example"


@pytest.fixture
def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def test_gifts_from_the_confirmed_address_are_offered_and_taken(browser: Client) -> None:
    make_own_gift(make_giver(email=ANN))
    reader = make_reader(ANN)
    sign_in(browser, ANN)

    assert "1 gift" in browser.get("/account/").content.decode()
    assert Giver.objects.get().reader is None
    browser.post("/account/claim/")

    assert Giver.objects.get().reader == reader
    assert "1 gift" not in browser.get("/account/").content.decode()


def test_whoever_asked_for_the_badge_carries_it_from_then_on(browser: Client) -> None:
    giver = make_giver(email=ANN)
    make_own_gift(giver)
    Giver.objects.filter(pk=giver.pk).update(wants_badge=True)
    make_reader(ANN)
    sign_in(browser, ANN)

    browser.post("/account/claim/")

    assert Reader.objects.get(email=ANN).is_supporter


@pytest.mark.parametrize("email", ["another@readers.example", "ann@readers.example.evil.example"])
def test_gifts_from_another_address_are_not(browser: Client, email: str) -> None:
    make_own_gift(make_giver(email=email))
    make_reader(ANN)
    sign_in(browser, ANN)

    browser.post("/account/claim/")

    assert Giver.objects.get().reader is None


def test_a_giver_of_somebody_else_stays_theirs(browser: Client) -> None:
    other = make_reader("bob@readers.example", name="Bob")
    giver = make_giver(email=ANN)
    make_own_gift(giver)
    Giver.objects.filter(pk=giver.pk).update(reader=other)
    make_reader(ANN)
    sign_in(browser, ANN)

    browser.post("/account/claim/")

    assert Giver.objects.get().reader == other
