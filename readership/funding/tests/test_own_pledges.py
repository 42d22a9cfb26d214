"""A giver changes, stops and resumes the own pledge: at the processor first, and nothing here when it cannot be done there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from readership.funding.giver_links import page_of
from readership.funding.models import Customer, Gift, Giver, Pledge, PledgeState, StoppedBy
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import make_campaign, make_giver, make_own_pledge
from tests.fake_stripe import cards
from tests.fake_stripe.faults import Kind
from tests.fake_stripe.things import PortalSession, Subscription

pytestmark = pytest.mark.django_db
A_MONTH = 32


def own(pledge: Pledge, verb: str = "") -> str:
    giver = Giver.objects.get(pledges=pledge)
    return f"{page_of(giver)}pledges/{pledge.reference}/{verb}/" if verb else page_of(giver)


def send(pledge: Pledge, verb: str, **typed: str) -> Any:
    return Client(headers={"Sec-Fetch-Site": "same-origin"}).post(own(pledge, verb), typed)


def there(counter: Counter, pledge: Pledge) -> Subscription:
    return counter.world.get(Subscription, pledge.subscription_ref or "")


@pytest.fixture
def pledge(counter: Counter) -> Pledge:
    return counter.pledge(make_campaign(currency="EUR"))


def test_it_is_stopped_in_two_clicks_and_resumed_in_one(counter: Counter, pledge: Pledge) -> None:
    page = Client().get(own(pledge)).content.decode()
    assert own(pledge, "stop").rpartition("pledges/")[2] in page
    assert "Stop the pledge" in Client().get(own(pledge, "stop")).content.decode()

    answer = send(pledge, "stop", reason="Too dear.")

    pledge.refresh_from_db()
    assert answer.status_code == 303
    assert (pledge.state, pledge.stopped_by, pledge.stop_reason) == (PledgeState.STOPPED, StoppedBy.GIVER, "Too dear.")
    assert there(counter, pledge).cancel_at_period_end
    assert "Nothing more is charged" in Client().get(answer["Location"]).content.decode()

    send(pledge, "resume")
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.ACTIVE
    assert not there(counter, pledge).cancel_at_period_end


def test_a_new_amount_is_charged_from_the_next_time_on(counter: Counter, pledge: Pledge) -> None:
    assert send(pledge, "change", amount="17.50").status_code == 303
    counter.fake.advance(days=A_MONTH)
    counter.announce()

    assert list(Gift.objects.order_by("pk").values_list("amount_minor", flat=True)) == [1_000, 1_750]


@pytest.mark.parametrize("amount", ["0", "-5", "0.01", "5,00", "1e9", "NaN", "99999999", ""])
def test_k06_what_is_no_amount_changes_nothing_and_says_why(pledge: Pledge, amount: str) -> None:
    answer = send(pledge, "change", amount=amount)

    pledge.refresh_from_db()
    assert (answer.status_code, pledge.amount_minor) == (400, 1_000)
    assert 'class="write__error' in answer.content.decode()


@pytest.mark.parametrize("verb", ["change", "stop", "resume", "card"])
def test_a_processor_that_does_not_answer_changes_nothing_and_the_page_says_so(
    counter: Counter, pledge: Pledge, settings: Settings, verb: str
) -> None:
    before = Pledge.objects.values().get()
    settings.STRIPE_ADDRESS = "http://127.0.0.1:9"

    answer = send(pledge, verb, amount="17")

    assert answer.status_code == 502
    assert "Nothing was changed" in answer.content.decode()
    assert Pledge.objects.values().get() == before


@pytest.mark.parametrize("verb", ["change", "stop", "resume", "card"])
def test_what_a_processor_says_in_its_own_words_is_not_for_givers(counter: Counter, pledge: Pledge, verb: str) -> None:
    Pledge.objects.update(subscription_ref="sub_unknown")
    Customer.objects.update(customer_ref="cus_unknown")

    answer = send(pledge, verb, amount="17")

    assert answer.status_code == 502
    page = answer.content.decode()
    assert "sub_unknown" not in page
    assert "cus_unknown" not in page
    assert "Please write to us" in page


def test_without_its_processor_a_pledge_is_not_touched(settings: Settings) -> None:
    pledge = make_own_pledge(make_giver())
    settings.STRIPE_SECRET_KEY, settings.HAS_DEMO_PROCESSOR = "", True

    for verb in ("change", "stop", "resume", "card"):
        answer = send(pledge, verb, amount="17")
        assert (answer.status_code, "Please write to us" in answer.content.decode()) == (502, True)
    assert Pledge.objects.get().state == PledgeState.ACTIVE


def test_k18_the_card_page_is_that_of_the_givers_own_customer(counter: Counter, pledge: Pledge) -> None:
    other = counter.pledge(make_campaign(currency="EUR"), email="ben@example.org")

    answer = send(pledge, "card", customer=str(there(counter, other).customer))

    assert answer.status_code == 303
    assert answer["Location"].startswith(counter.fake.url)
    customers = dict(Customer.objects.values_list("giver__email", "customer_ref"))
    assert customers["ann@example.org"] != customers["ben@example.org"]
    (session,) = counter.world.all(PortalSession)
    assert session.customer == customers["ann@example.org"]


def test_a_pledge_that_is_behind_goes_on_with_another_card_and_is_booked_once(counter: Counter, pledge: Pledge) -> None:
    customer = str(there(counter, pledge).customer)
    counter.fake.change_card(customer, cards.FAILS_LATER, world=counter.world)
    counter.fake.advance(days=A_MONTH)
    counter.announce()
    assert "did not go through" in Client().get(own(pledge)).content.decode()

    counter.fake.change_card(customer, cards.PAYS, world=counter.world)
    counter.fake.advance(days=6)
    counter.announce()
    counter.announce(counter.events())

    page = Client().get(own(pledge)).content.decode()
    assert "did not go through" not in page
    assert list(Gift.objects.values_list("pledge", flat=True)) == [pledge.pk] * 2


def test_an_ended_pledge_offers_no_resume(counter: Counter, pledge: Pledge) -> None:
    send(pledge, "stop")
    counter.fake.advance(days=A_MONTH)
    counter.announce()

    assert own(pledge, "resume").rpartition("pledges/")[2] not in Client().get(own(pledge)).content.decode()
    assert send(pledge, "resume").status_code == 400


def test_an_answer_that_never_came_is_asked_for_again(counter: Counter, pledge: Pledge) -> None:
    counter.fake.faults.order(Kind.ERROR_AFTER, path="/v1/subscriptions")

    answers = {send(pledge, "stop").status_code, send(pledge, "stop").status_code}

    pledge.refresh_from_db()
    assert answers <= {303, 502}
    assert pledge.state == PledgeState.STOPPED
