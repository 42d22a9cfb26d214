"""Addresses of providers that the newsroom named are not taken (attack G03)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django.fixtures import Settings

from readership.lib.domains import domains_in
from readership.outbox.models import OutboxItem
from readership.readers.mail_domains import refuse_domains
from readership.readers.models import Reader
from readership.readers.tests.makers import make_reader, sign_in

LIST = domains_in("# thrown away\nbin.example  # the largest\nТест.example, TEMP.EXAMPLE.\n\n")
SENTENCE = "We cannot take addresses of this provider"


@pytest.fixture(autouse=True)
def _refused(settings: Settings) -> None:
    settings.REFUSED_MAIL_DOMAINS = LIST


@pytest.mark.parametrize(
    "address",
    ["a@bin.example", "a@BIN.example", "a@eu.bin.example", "a@тест.example", "a@xn--e1aybc.example", "a@temp.example"],
)
def test_a_domain_of_the_list_and_those_below_it_are_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        refuse_domains(address)


@pytest.mark.parametrize(
    "address", ["a@example", "a@cabin.example", "a@bin.example.org", "bin.example@mail.example", "a@"]
)
def test_others_are_not(address: str) -> None:
    refuse_domains(address)


@pytest.mark.django_db
def test_g03_signing_up_says_so_and_nothing_is_sent(client: Client) -> None:
    answer = client.post("/account/signup/", {"name": "Nelly", "email": "nelly@bin.example"})

    assert SENTENCE in answer.content.decode()
    assert not OutboxItem.objects.exists()
    assert not Reader.objects.exists()


@pytest.mark.django_db
def test_who_has_an_account_already_gets_in(client: Client) -> None:
    reader = make_reader(email="ann@bin.example")

    sign_in(client, reader.email)

    assert client.get("/account/").status_code == 200
