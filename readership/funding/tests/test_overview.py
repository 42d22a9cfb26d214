"""The desk's first page: what waits, and what came in, by month, source and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.desk_sums import desk_sums
from readership.funding.giving import reverse_gift
from readership.funding.models import Interval, PledgeState, ProcessorName, Reconciliation
from readership.funding.refunding import ask_refund
from readership.funding.tests.makers import (
    make_campaign,
    make_event,
    make_gift,
    make_online_gift,
    make_opening,
    make_pledge,
    make_reader,
    make_treasurer,
)
from readership.funding.waiting import waiting

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/funding/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def compare(*differences: str) -> None:
    now = timezone.now()
    Reconciliation.objects.create(
        processor=ProcessorName.STRIPE, since=now, until=now, movements_count=1, differences=list(differences)
    )


def test_with_nothing_at_all_the_page_teaches_what_comes_first(desk: Client) -> None:
    page = desk.get(OVERVIEW).content.decode()

    for said in ("Nothing waits", "Start a campaign", "No gift has come", "Record a gift"):
        assert said in page


def test_what_waits_is_counted_and_leads_to_where_it_is_done(desk: Client) -> None:
    ask_refund(gift=make_online_gift(), reason="", submission_key="a")
    make_event()
    make_event(settled_at=timezone.now())
    make_pledge(state=PledgeState.BEHIND)
    make_pledge(state=PledgeState.BEHIND, is_trial=True)
    compare("one", "two")

    page = desk.get(OVERVIEW).content.decode()

    for said in ("1 refund to decide", "1 event in question", "1 pledge whose", "2 differences"):
        assert said in page
    assert "Nothing waits" not in page


def test_green_takes_the_differences_of_before_away() -> None:
    compare("one")
    compare()

    assert waiting().is_nothing


def test_gifts_are_drawn_by_month_source_and_how_often_net_of_what_went_back() -> None:
    campaign = make_campaign()
    before = timezone.localdate().replace(day=1) - timedelta(days=3)
    make_gift(campaign, kind="cash", amount_minor=1_000)  # type: ignore[arg-type]
    make_gift(campaign, amount_minor=4_000, received_on=before)
    make_online_gift(campaign, amount_minor=3_000, refunded=1_000)
    make_online_gift(campaign, amount_minor=500, pledge=make_pledge(campaign, interval=Interval.MONTH))
    reverse_gift(gift=make_gift(campaign, amount_minor=90_000), reason="x", reversed_by=make_reader())
    make_online_gift(campaign, amount_minor=90_000, is_trial=True)
    make_opening(campaign)
    make_gift(make_campaign(currency="EUR"), amount_minor=700)

    sums = desk_sums("", is_rtl=False)

    assert (sums.currency, sums.currencies, sums.gifts_count) == ("USD", ("EUR", "USD"), 4)
    assert (sums.this_month_text, sums.last_month_text, sums.year_text) == ("$35", "$40", "$75")
    assert [(bar.share.label, bar.share.text, bar.width) for bar in sums.sources] == [
        ("bank transfer", "$40", "100%"),
        ("card or online, Stripe", "$25", "62.5%"),
        ("cash", "$10", "25%"),
    ]
    assert [(bar.share.label, bar.share.text) for bar in sums.frequencies] == [("once", "$70"), ("every month", "$5")]
    assert desk_sums("EUR", is_rtl=False).this_month_text == "€7"
    assert desk_sums("XXX", is_rtl=True).sources[1].x == "37.5%"


def test_the_page_takes_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = make_campaign()
    for _number in range(12):
        make_online_gift(campaign)
        make_event()

    with django_assert_max_num_queries(32):
        desk.get(OVERVIEW)
