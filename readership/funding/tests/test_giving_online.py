"""Giving through a processor, from the form to the ledger: here with the demonstration, which every test can reach."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.funding.models import Campaign, Gift, GiftState, LedgerEntry, Pledge, PledgeState, TrialEntry
from readership.funding.proving import WAIT, is_proof
from readership.funding.tests.makers import make_campaign
from readership.lib.rate_limit import forget_all
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> Iterator[None]:
    settings.HAS_DEMO_PROCESSOR = True
    forget_all()
    yield
    forget_all()


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign(title="Court fund")


def give(campaign: Campaign, **changed: str | list[str]) -> Any:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    sent = {"frequency": "once", "amount_once": "2500", "method": "card", **changed}
    return client.post(f"/support/{campaign.slug}/give/", sent)


def give_from(address: str, campaign: Campaign, **changed: str) -> Any:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=address)
    sent = {"frequency": "once", "amount_once": "2500", "method": "card", **changed}
    return client.post(f"/support/{campaign.slug}/give/", sent)


def pay(answer: HttpResponse, **typed: str) -> Any:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    sent = client.post(answer["Location"], {"email": "Ann@Example.org", "name": "Ann", **typed})
    return client.get(sent["Location"].replace("http://127.0.0.1:8000", "")) if sent.status_code == 303 else sent


def test_a_gift_goes_from_the_form_to_the_ledger_of_trials(campaign: Campaign) -> None:
    answer = give(campaign)
    assert answer.status_code == 303
    assert Gift.objects.get().state == GiftState.STARTED

    thanks = pay(answer)

    assert "$25" in thanks.content.decode()
    gift = Gift.objects.get()
    assert (gift.state, gift.is_trial, gift.giver_email) == (GiftState.RECEIVED, True, "ann@example.org")
    assert [(entry.kind, entry.amount_minor) for entry in TrialEntry.objects.all()] == [("gift", 2_500)]
    assert not LedgerEntry.objects.exists()


def test_the_thanks_page_shown_again_books_nothing_more(campaign: Campaign) -> None:
    answer = give(campaign)
    pay(answer)
    session = Gift.objects.get().session_ref

    for _time in range(3):
        Client().get("/gifts/thanks/", {"session": session or ""})

    assert TrialEntry.objects.count() == 1


def test_a_monthly_gift_is_a_pledge_and_its_first_instalment_a_gift(campaign: Campaign) -> None:
    pay(give(campaign, frequency="month", amount_month="1000"))

    pledge, gift = Pledge.objects.get(), Gift.objects.get()
    assert (pledge.state, pledge.interval, pledge.amount_minor) == (PledgeState.ACTIVE, "month", 1_000)
    assert (gift.pledge, gift.amount_minor, gift.state) == (pledge, 1_000, GiftState.RECEIVED)
    assert TrialEntry.objects.count() == 1


def test_what_is_added_for_the_fee_stands_beside_the_gift(campaign: Campaign) -> None:
    pay(give(campaign, cover="on"))

    gift = Gift.objects.get()
    # 25.00 less 1.5 % and 0.25 is what remains of 25.64: (2564 * 0.985) - 25 = 2500.54.
    assert (gift.amount_minor, gift.cover_minor) == (2_500, 64)
    assert {(entry.kind, entry.amount_minor) for entry in TrialEntry.objects.all()} == {("gift", 2_500), ("cover", 64)}


def test_a_typed_sum_wins_over_a_ticked_one(campaign: Campaign) -> None:
    give(campaign, amount="7.50")

    assert Gift.objects.get().amount_minor == 750


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "0.1"},
        {"amount": "1e9"},
        {"amount": "NaN"},
        {"amount": "5,00"},
        {"amount": ["25", "1"], "amount_once": ""},
        {"amount_once": ["2500", "1"]},
        {"amount_once": "1"},
        {"amount": "1.99"},
        {"amount": "10,001"},
        {"frequency": "daily"},
        {"is_named": "on"},
        {"website": "http://spam.example"},
    ],
)
def test_k06_what_is_no_gift_is_said_and_nothing_begins(campaign: Campaign, wrong: dict[str, Any]) -> None:
    answer = give(campaign, **{"message": "Keep this.", **wrong})

    assert answer.status_code == 400
    assert "Keep this." in answer.content.decode()
    assert not Gift.objects.exists()


def test_k06_arabic_figures_are_figures(campaign: Campaign) -> None:
    give(campaign, amount="٢٥")

    assert Gift.objects.get().amount_minor == 2_500


@pytest.mark.parametrize("method", ["manual", "test", "transfer", ""])
def test_k08_only_a_way_that_is_set_up_can_be_chosen(campaign: Campaign, method: str) -> None:
    assert give(campaign, method=method).status_code == 400

    assert not Gift.objects.exists()


def test_k08_without_a_processor_there_is_no_form_and_no_door(campaign: Campaign, settings: Settings) -> None:
    settings.HAS_DEMO_PROCESSOR = False

    assert 'id="give"' not in Client().get("/support/").content.decode()
    assert give(campaign).status_code == 404


def test_k04_a_guessed_session_shows_nothing(campaign: Campaign) -> None:
    answer = Client().get("/gifts/thanks/", {"session": "demo_000000000000000000000000"})

    assert answer.status_code == 404
    assert "We do not know this payment" in answer.content.decode()


def test_k04_the_thanks_page_names_nobody(campaign: Campaign) -> None:
    thanks = pay(give(campaign, is_named="on", public_name="Old Salt", message="For the court."))

    for word in ("Ann", "ann@example.org", "Old Salt", "For the court."):
        assert word not in thanks.content.decode()


def test_k04_the_page_of_a_session_that_nobody_paid_books_nothing(campaign: Campaign) -> None:
    give(campaign)
    session = Gift.objects.get().session_ref or ""

    shown = Client().get("/gifts/thanks/", {"session": session}).content.decode()

    assert "Nothing was charged" in shown
    assert Gift.objects.get().state == GiftState.STARTED
    assert not TrialEntry.objects.exists()


def test_k17_all_together_begin_no_more_than_the_site_takes_in_a_minute(campaign: Campaign, settings: Settings) -> None:
    """A thief changes networks; the limit of all stays."""
    settings.SITE_GIFT_LIMITS = ((3, 60),)

    answers = [give_from(f"198.51.{number}.7", campaign, amount=str(10 + number)) for number in range(5)]

    assert [answer.status_code for answer in answers] == [303] * 3 + [429] * 2
    assert Gift.objects.count() == 3


def test_k17_the_sixth_gift_of_a_minute_from_one_place_waits(campaign: Campaign) -> None:
    answers = [give(campaign, amount=str(10 + number)) for number in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert Gift.objects.count() == 5


def test_pressing_twice_leads_to_one_session(campaign: Campaign) -> None:
    first, second = give(campaign), give(campaign)

    assert first["Location"] == second["Location"]
    assert Gift.objects.count() == 1


def test_a_declined_payment_counts_nowhere_and_can_be_tried_again(campaign: Campaign) -> None:
    answer = give(campaign)
    Client(headers={"Sec-Fetch-Site": "same-origin"}).post(answer["Location"], {"decline": "1"})
    session = Gift.objects.get().session_ref or ""

    shown = Client().get("/gifts/thanks/", {"session": session}).content.decode()

    assert "Nothing was charged" in shown
    assert Gift.objects.get().state == GiftState.FAILED
    assert not TrialEntry.objects.exists()
    pay(answer)
    assert Gift.objects.get().state == GiftState.RECEIVED


def test_d01_a_form_of_another_site_begins_nothing(campaign: Campaign) -> None:
    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).post(
        f"/support/{campaign.slug}/give/", {"frequency": "once"}
    )

    assert answer.status_code == 403


def test_a_campaign_that_is_over_takes_nothing_and_says_so(campaign: Campaign) -> None:
    campaign.ends_on = campaign.starts_on
    campaign.save()

    answer = give(campaign)

    assert answer.status_code == 400
    assert "takes no gifts at the moment" in answer.content.decode()


@pytest.fixture
def storm(settings: Settings) -> None:
    """One gift more than on a very good day, and the limits of one place far away."""
    settings.GIFT_LIMITS = settings.SITE_GIFT_LIMITS = ((1_000, 60),)
    settings.GIFT_STORM = ((1, 3_600),)


def asked(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    facts = {name: re.search(rf'data-{name}="([^"]+)"', page) for name in ("challenge", "salt", "signature")}
    ticket = re.search(r'name="proof" value="([^"]+)"', page)
    assert ticket
    return {**{name: html.unescape(found[1]) for name, found in facts.items() if found}, "ticket": ticket[1]}


def solved(question: dict[str, str]) -> str:
    for number in range(100_000):
        if sha256(f"{question['salt']}{number}".encode()).hexdigest() == question["challenge"]:
            return json.dumps({"algorithm": "SHA-256", "number": number, **question})
    raise AssertionError("no number gives this hash")


def test_k17_in_a_storm_a_browser_proves_itself_and_the_treasurers_are_told_once(
    campaign: Campaign, storm: None
) -> None:
    assert give(campaign, amount="11").status_code == 303
    answer = give(campaign, amount="12", message="Keep this.")
    assert answer.status_code == 429
    assert "Keep this." in answer.content.decode()

    proof = solved(asked(answer))

    assert give(campaign, amount="12", proof=proof).status_code == 303
    # One proof is worth one gift.
    assert give(campaign, amount="13", proof=proof).status_code == 429
    assert OutboxItem.objects.filter(kind="treasurer_alarm").count() == 1


@pytest.mark.parametrize("proof", ["{}", "[]", "x", '{"number": 1}', '{"number": "x", "salt": 3}', "1:abc:def"])
def test_k17_what_is_no_proof_begins_nothing(campaign: Campaign, storm: None, proof: str) -> None:
    give(campaign, amount="11")

    assert give(campaign, amount="12", proof=proof).status_code == 429

    assert Gift.objects.count() == 1


def test_k17_without_a_script_one_waits(campaign: Campaign, storm: None) -> None:
    give(campaign, amount="11")
    ticket = asked(give(campaign, amount="12"))["ticket"]
    assert not is_proof(ticket, now=timezone.now() + timedelta(seconds=WAIT - 2))

    assert is_proof(ticket, now=timezone.now() + timedelta(seconds=WAIT + 1))
    assert not is_proof(ticket, now=timezone.now() + timedelta(seconds=WAIT + 1))
    assert not is_proof(ticket, now=timezone.now() + timedelta(hours=2))
