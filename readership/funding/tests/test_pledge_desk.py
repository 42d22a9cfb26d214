"""Pledges at the desk: what comes in by itself, and stopping one for its giver."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.models import Interval, Pledge, PledgeState, StoppedBy
from readership.funding.pledge_list import coming_and_going, promised
from readership.funding.queries import last_months
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import (
    ADMIN,
    make_campaign,
    make_online_gift,
    make_pledge,
    make_reader,
    make_treasurer,
)

pytestmark = pytest.mark.django_db
PLEDGES = "/admin/funding/pledges/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def test_pledges_are_listed_by_how_they_are(desk: Client) -> None:
    campaign = make_campaign()
    running = make_pledge(campaign, name="Runa")
    make_online_gift(campaign, pledge=running)
    make_pledge(campaign, name="Berta", state=PledgeState.BEHIND)
    make_pledge(campaign, name="Stan", state=PledgeState.STOPPED, stopped_at=timezone.now())
    make_pledge(campaign, name="Novak", state=PledgeState.STARTED)
    make_pledge(campaign, name="Trine", is_trial=True)
    names = ("Runa", "Berta", "Stan", "Novak", "Trine")

    def shown(query: str) -> set[str]:
        page = desk.get(f"{PLEDGES}?{query}").content.decode()
        return {name for name in names if f"<bdi>{name}</bdi>" in page}

    assert shown("") == shown("show=what") == {"Runa", "Berta", "Stan"}
    assert shown("show=running") == {"Runa", "Berta"}
    assert shown("show=behind") == {"Berta"}
    assert shown("show=stopped") == {"Stan"}
    assert shown("show=trials") == {"Trine"}


def test_what_is_promised_is_added_up_and_never_divided() -> None:
    campaign = make_campaign()
    make_pledge(campaign, amount_minor=1_000)
    make_pledge(campaign, amount_minor=500, state=PledgeState.BEHIND)
    make_pledge(campaign, amount_minor=10_000, interval=Interval.YEAR)
    make_pledge(make_campaign(currency="EUR"), amount_minor=700)
    make_pledge(campaign, amount_minor=9_900, is_trial=True)
    make_pledge(campaign, amount_minor=9_900, state=PledgeState.STOPPED, stopped_at=timezone.now())

    found = promised()

    assert found.pledges_count == 4
    assert set(found.monthly) == {"$15", "€7"}
    assert found.yearly == ("$100",)


def test_what_began_and_what_was_stopped_is_counted_by_month() -> None:
    june, july = datetime(2026, 6, 20, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)
    make_pledge(begun_at=june)
    make_pledge(begun_at=june, state=PledgeState.STOPPED, stopped_at=july)
    make_pledge(begun_at=july, state=PledgeState.EXPIRED)
    make_pledge(begun_at=datetime(2025, 6, 20, tzinfo=UTC))

    months = coming_and_going(last_months(july.date(), 3), is_rtl=False)

    assert [(bars.pair.first, bars.pair.second) for bars in months] == [(0, 0), (2, 0), (0, 1)]
    assert (months[1].first.height, months[2].second.height) == ("100%", "50%")


def test_a_pledge_is_stopped_for_its_giver_with_a_reason(desk: Client, counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    address = f"{PLEDGES}{pledge.reference}/stop/"
    assert "Stop this pledge" in desk.get(address).content.decode()

    assert desk.post(address, {"reason": ""}).status_code == 400
    desk.post(address, {"reason": "asked by phone"})

    pledge.refresh_from_db()
    assert (pledge.state, pledge.stopped_by) == (PledgeState.STOPPED, StoppedBy.NEWSROOM)
    assert pledge.stop_reason == "asked by phone"
    assert "Stop this pledge" not in desk.get(address).content.decode()


def test_a_pledge_of_a_processor_that_is_gone_is_left_as_it_is(desk: Client) -> None:
    pledge = make_pledge()

    answer = desk.post(f"{PLEDGES}{pledge.reference}/stop/", {"reason": "x"})

    assert answer.status_code == 400
    assert "not set up any more" in answer.content.decode()
    assert Pledge.objects.get().state == PledgeState.ACTIVE


def test_get_stops_nothing(desk: Client, counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))

    desk.get(f"{PLEDGES}{pledge.reference}/stop/?reason=x")

    pledge.refresh_from_db()
    assert pledge.state == PledgeState.ACTIVE
    assert desk.get(f"{PLEDGES}P0/stop/").status_code == 404


@pytest.mark.parametrize("page", [PLEDGES, f"{PLEDGES}{{reference}}/stop/"])
def test_c17_k18_pledges_are_closed_to_others(page: str) -> None:
    address = page.format(reference=make_pledge().reference)
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "x"}).status_code in {403, 405}


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(12):
        make_pledge()

    with django_assert_max_num_queries(20):
        desk.get(PLEDGES)
