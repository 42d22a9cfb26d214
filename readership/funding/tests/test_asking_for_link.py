"""A new link by mail: nobody learns who gave, and nobody is flooded (attacks E01, E02, G02, G03, G04)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from readership.funding.giver_links import giver_of
from readership.funding.models import Gift, Giver
from readership.funding.tests.counter import work
from readership.funding.tests.makers import make_gift, make_giver
from readership.lib.rate_limit import forget_all
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def ask(email: str, **more: str) -> Any:
    return Client(headers={"Sec-Fetch-Site": "same-origin"}).post("/gifts/link/", {"email": email, **more})


def recipients() -> list[str]:
    work()
    return [letter.to[0] for letter in mail.outbox]


def test_a_giver_gets_a_link_that_opens_the_page() -> None:
    giver = make_giver()

    ask(" Ann@Example.org ")

    assert recipients() == ["ann@example.org"]
    found = re.search(r"/gifts/yours/([^/]+)/", str(mail.outbox[0].body))
    assert found is not None
    assert giver_of(found[1]) == giver


def test_e01_known_and_unknown_addresses_are_answered_alike() -> None:
    make_giver()

    known, unknown = ask("ann@example.org"), ask("nobody@example.org")

    assert (
        (known.status_code, known["Location"])
        == (unknown.status_code, unknown["Location"])
        == (303, "/gifts/link/?sent=1")
    )
    assert {name: known[name] for name in known.headers} == {name: unknown[name] for name in unknown.headers}
    # The same work in the request: one row each, which says nothing of whether anybody is known.
    assert [set(item.payload) for item in OutboxItem.objects.filter(kind="giver_link")] == [{"address", "asking"}] * 2
    assert recipients() == ["ann@example.org"]


def test_somebody_whose_gift_a_treasurer_recorded_is_known() -> None:
    make_gift(giver_email="ann@example.org", giver_name="Ann")

    ask("ann@example.org")

    assert recipients() == ["ann@example.org"] * 2  # the thanks, and the link
    assert Gift.objects.get().giver == Giver.objects.get()


def test_g03_one_address_gets_one_link_in_a_quarter_of_an_hour_whoever_asks(settings: Settings) -> None:
    settings.LINK_LIMITS = ((1_000, 60),)
    make_giver()

    answers = [ask("ann@example.org"), *(ask(f"{' ' * n}ANN@example.org") for n in range(20))]

    assert {answer["Location"] for answer in answers} == {"/gifts/link/?sent=1"}
    assert recipients() == ["ann@example.org"]


def test_one_network_asks_a_few_times_and_then_waits() -> None:
    answers = [ask(f"reader{number}@example.org") for number in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize(
    "email", ["%@%", "a@x.org,b@x.org", "a@x.org\nBcc: b@x.org", "nobody", "", "%", "*@example.org"]
)
def test_g02_g04_what_is_no_address_asks_for_nothing(email: str) -> None:
    make_giver()

    ask(email)

    assert recipients() == []


def test_another_sites_form_and_a_robot_ask_for_nothing() -> None:
    make_giver()

    refused = Client(headers={"Sec-Fetch-Site": "cross-site"}).post("/gifts/link/", {"email": "ann@example.org"})
    ask("ann@example.org", website="spam")

    assert refused.status_code == 403
    assert recipients() == []
