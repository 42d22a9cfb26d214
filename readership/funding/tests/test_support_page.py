"""The public page about money says how much and how to give, and nobody's name (attacks C21, L13)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from readership.funding.models import LedgerEntry
from readership.funding.tests.makers import make_campaign, make_gift
from readership.pagecache.collecting import rendering

pytestmark = pytest.mark.django_db


def test_it_shows_the_meter_the_way_to_give_and_the_months() -> None:
    campaign = make_campaign(how_to_give="IBAN GB33 <b>\nCash at the bakery")
    make_gift(campaign, amount_minor=144_000)

    page = Client().get("/support/").content.decode()

    assert page.count("$1,440 of $5,000 raised by 1 reader") == 2
    assert "IBAN GB33 &lt;b&gt;" in page
    assert "Cash at the bakery" in page
    assert LedgerEntry.objects.get().hash in page
    assert not re.search(r"<[^>]+\sstyle=", page)


def test_c21_no_givers_name_or_address_is_on_it() -> None:
    make_gift(giver_name="Zsófia Barta", giver_email="zsofia@example.org", is_anonymous=True)

    page = Client().get("/support/").content.decode()

    assert "Zsófia" not in page
    assert "zsofia" not in page


def test_without_a_campaign_it_still_answers() -> None:
    answer = Client().get("/support/")

    assert answer.status_code == 200
    assert "No campaign is running" in answer.content.decode()


def test_it_is_the_same_for_everybody_and_knows_what_it_depends_on() -> None:
    campaign = make_campaign()

    with rendering() as page:
        Client().get("/support/")

    assert page.is_shared
    assert page.tags >= {"campaigns", f"campaign:{campaign.pk}", "ledger", "site"}


def test_nothing_can_be_sent_to_it() -> None:
    assert Client().post("/support/").status_code == 405
