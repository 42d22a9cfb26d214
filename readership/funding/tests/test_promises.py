"""What is promised stands apart from what was raised, and moves no sum (attacks K05, K09, K16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from readership.funding.models import GiftState, Interval, PledgeState
from readership.funding.promises import promises_to
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_gift, make_pledge, make_promise

pytestmark = pytest.mark.django_db


def test_k16_promises_are_said_beside_the_sum_and_never_in_it() -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=144_000)
    bare = meter(campaign)
    make_promise(campaign, amount_minor=12_000)
    make_pledge(campaign, amount_minor=4_000)

    shown = meter(campaign)

    assert shown.promised_text == "$120 more is on its way, and $40 a month is pledged"
    assert (shown.raised, shown.sentence, shown.percent, shown.value_now, shown.raised_width) == (
        bare.raised,
        bare.sentence,
        bare.percent,
        bare.value_now,
        bare.raised_width,
    )
    assert shown.value_text == f"{bare.sentence}; {shown.promised_text}"


# Of one gift and one pledge in each state: is it a promise?
@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (GiftState.STARTED, False),
        (GiftState.PROMISED, True),
        (GiftState.PENDING, True),
        (GiftState.FAILED, False),
        (GiftState.EXPIRED, False),
    ],
)
def test_k05_a_gift_is_promised_until_it_came_or_failed(state: GiftState, counts: bool) -> None:
    campaign = make_campaign()
    make_promise(campaign, amount_minor=1_000, state=state)

    assert promises_to(campaign).on_the_way.minor == (1_000 if counts else 0)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (PledgeState.STARTED, False),
        (PledgeState.ACTIVE, True),
        (PledgeState.BEHIND, True),
        (PledgeState.PAUSED, False),
        (PledgeState.STOPPED, False),
        (PledgeState.EXPIRED, False),
    ],
)
def test_k16_a_pledge_counts_while_it_runs(state: PledgeState, counts: bool) -> None:
    campaign = make_campaign()
    make_pledge(campaign, amount_minor=1_000, state=state)

    assert promises_to(campaign).monthly.minor == (1_000 if counts else 0)


def test_k09_trials_promise_nothing() -> None:
    campaign = make_campaign()
    make_promise(campaign, is_trial=True)
    make_pledge(campaign, is_trial=True)

    assert meter(campaign).promised_text == ""


def test_promises_to_another_campaign_are_its_own() -> None:
    campaign, other = make_campaign(), make_campaign()
    make_promise(other)
    make_pledge(other)

    assert meter(campaign).promised_text == ""


def test_k16_an_announcement_above_the_whole_goal_is_not_believed() -> None:
    campaign = make_campaign(goal_minor=500_000)
    make_promise(campaign, amount_minor=500_001)
    make_promise(campaign, amount_minor=500_000)

    assert promises_to(campaign).on_the_way.minor == 500_000


def test_a_year_is_not_made_into_months() -> None:
    campaign = make_campaign()
    make_pledge(campaign, amount_minor=1_000)
    make_pledge(campaign, amount_minor=12_050, interval=Interval.YEAR)

    assert meter(campaign).promised_text == "$10 a month is pledged, and $120.50 a year is pledged"


@pytest.mark.parametrize(
    ("promised", "drawn"),
    [
        (0, ("28.8%", "28.8%")),
        (50_000, ("28.8%", "38.8%")),
        (400_000, ("28.8%", "100%")),
    ],
)
def test_it_is_drawn_from_the_end_of_what_was_raised_and_never_past_the_goal(
    promised: int, drawn: tuple[str, str]
) -> None:
    campaign = make_campaign(goal_minor=500_000)
    make_gift(campaign, amount_minor=144_000)
    if promised:
        make_promise(campaign, amount_minor=promised)

    shown = meter(campaign)

    assert (shown.promised_from, shown.promised_to) == drawn


def test_right_to_left_it_goes_on_to_the_left() -> None:
    campaign = make_campaign(goal_minor=500_000)
    make_gift(campaign, amount_minor=144_000)
    make_promise(campaign, amount_minor=50_000)

    with translation.override("ar"):
        shown = meter(campaign)

    assert (shown.promised_from, shown.promised_to) == ("71.2%", "61.2%")


def test_one_payment_of_each_pledge_is_drawn_if_it_falls_into_the_campaigns_time() -> None:
    today = timezone.localdate()
    campaign = make_campaign(ends_on=today + timedelta(days=30))
    make_pledge(campaign, amount_minor=1_000, next_on=today + timedelta(days=30))
    make_pledge(campaign, amount_minor=200)
    make_pledge(campaign, amount_minor=5_000, interval=Interval.YEAR, next_on=today + timedelta(days=31))

    promised = promises_to(campaign)

    assert (promised.monthly.minor, promised.yearly.minor) == (1_200, 5_000)
    assert promised.coming.minor == 1_200


def test_promises_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    campaign = make_campaign()
    for _number in range(5):
        make_promise(campaign)
        make_pledge(campaign)

    with django_assert_num_queries(1):
        promises_to(campaign)


def test_the_meter_element_holds_only_what_was_raised_and_the_drawing_tells_the_two_apart() -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=144_000)
    context = Context({"request": RequestFactory().get("/")})
    plain = Template("{% load funding %}{% meter_strip %}").render(context)
    make_promise(campaign, amount_minor=50_000)

    page = Template("{% load funding %}{% meter_strip %}").render(Context({"request": RequestFactory().get("/x")}))

    root = ElementTree.fromstring(page)
    (element,) = root.iterfind(".//*[@role='meter']")
    assert element.attrib["aria-valuenow"] == "1440"
    assert "$500 more is on its way" in element.attrib["aria-valuetext"]
    assert page.count('class="meter__promised"') == 2  # in the drawing, and as the key beside its words
    assert "meter__promised" not in plain
    assert not [tag for tag in root.iter() if "style" in tag.attrib]
