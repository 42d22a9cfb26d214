"""The meter is the ledger's sum: true to the cent, net of reversals, never rounded up (attack K16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from readership.funding.giving import reverse_gift
from readership.funding.models import Campaign
from readership.funding.queries import current_meter, gifts_by_month, ledger_page, ledger_state, meter
from readership.funding.tests.makers import make_campaign, make_gift, make_opening, make_reader
from readership.funding.tests.tampering import change_unseen

pytestmark = pytest.mark.django_db


def test_the_meter_of_the_brief() -> None:
    campaign = make_campaign(goal_minor=500_000, marks=((250_000, "court reporter"),))
    reader = make_reader()
    for _number in range(3):
        make_gift(campaign, amount_minor=48_000, entered_by=reader)

    shown = meter(campaign)

    assert shown.sentence == "$1,440 of $5,000 raised by 3 readers"
    assert shown.value_text == f"{shown.sentence}; next mark at $2,500: court reporter"
    assert (shown.value_now, shown.value_max, shown.percent) == (1_440, 5_000, 28)
    assert shown.raised_width == "28.8%"
    assert [tick.text for tick in shown.ticks] == ["$0", "$5,000", "$2,500 court reporter"]


# Sums in cents of a goal of $5,000, and what is said.
@pytest.mark.parametrize(
    ("sums", "sentence", "percent", "now"),
    [
        ([], "$0 of $5,000 raised so far", 0, 0),
        ([1], "$0.01 of $5,000 raised by 1 reader", 0, 0),
        ([499_999], "$4,999.99 of $5,000 raised by 1 reader", 99, 4_999),
        ([500_000], "$5,000 raised by 1 reader: the goal is reached", 100, 5_000),
        ([500_000, 1], "$5,000.01 raised by 2 readers, $0.01 more than the goal of $5,000", 100, 5_000),
        ([900_000], "$9,000 raised by 1 reader, $4,000 more than the goal of $5,000", 100, 5_000),
    ],
)
def test_the_meter_says_what_is_true(sums: list[int], sentence: str, percent: int, now: int) -> None:
    campaign, reader = make_campaign(goal_minor=500_000), make_reader()
    for amount_minor in sums:
        make_gift(campaign, amount_minor=amount_minor, entered_by=reader)

    shown = meter(campaign)

    assert (shown.sentence, shown.percent, shown.value_now) == (sentence, percent, now)
    assert shown.raised.minor == sum(sums)


def test_k16_a_reversed_gift_leaves_sum_and_readers_at_once() -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=1_000)
    gift = make_gift(campaign, amount_minor=9_600)

    reverse_gift(gift=gift, reason="typed twice", reversed_by=make_reader())

    assert meter(campaign).sentence == "$10 of $5,000 raised by 1 reader"


def test_one_address_is_one_reader_however_often_it_gives() -> None:
    campaign = make_campaign()
    make_gift(campaign, giver_email="ann@example.org")
    make_gift(campaign, giver_email="ANN@example.org")
    make_gift(campaign)
    make_gift(campaign)

    assert meter(campaign).givers_count == 3


def test_a_sum_brought_along_counts_but_nobody_says_by_how_many() -> None:
    campaign = make_campaign()
    make_opening(campaign, amount_minor=144_000)
    make_gift(campaign, amount_minor=100)

    assert meter(campaign).sentence == "$1,441 of $5,000 raised so far"


def test_a_sum_below_nothing_is_said_and_drawn_as_nothing() -> None:
    campaign = make_campaign()
    make_opening(campaign, amount_minor=100)
    # Only somebody with the database in hand gets here; the meter must not hide it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "readership.funding.queries._totals",
            lambda _campaign: {"raised": -5_000, "openings_count": 1, "givers_count": 0},
        )
        shown = meter(campaign)

    assert shown.sentence == "-$50 of $5,000 raised so far"
    assert (shown.percent, shown.value_now, shown.raised_width) == (0, 0, "0%")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "1.440\xa0$"), ("fr", "1\u202f440\xa0$US"), ("en", "$1,440")],
)
def test_the_sums_are_written_as_the_reader_writes_them(language: str, sentence: str) -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=144_000)

    with translation.override(language):
        assert meter(campaign).raised_text == sentence


def test_k07_yen_are_whole_units() -> None:
    campaign = make_campaign(goal_minor=5_000, currency="JPY")
    make_gift(campaign, amount_minor=500)

    shown = meter(campaign)

    assert (shown.raised_text, shown.value_now, shown.value_max) == ("¥500", 500, 5_000)


def test_the_campaign_that_began_last_is_the_one_that_runs() -> None:
    today = timezone.localdate()
    make_campaign(title="Over", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    make_campaign(title="Hidden", is_shown=False, starts_on=today)
    make_campaign(title="Not yet", starts_on=today + timedelta(days=1))
    assert current_meter() is None

    make_campaign(title="Long", starts_on=today - timedelta(days=90))
    make_campaign(title="Last day", starts_on=today - timedelta(days=5), ends_on=today)

    running = current_meter()
    assert running is not None
    assert running.title == "Last day"


def test_the_meter_takes_three_queries_however_many_gave(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    campaign, reader = make_campaign(marks=((1, "a"), (2, "b"), (3, "c"))), make_reader()
    for _number in range(20):
        make_gift(campaign, entered_by=reader)

    with django_assert_num_queries(4):  # which campaign, its sum, its marks, its promises
        current_meter()
    with django_assert_num_queries(1):
        gifts_by_month(campaign)
    with django_assert_num_queries(2):
        ledger_page()
    with django_assert_num_queries(1):
        ledger_state()


def _page(text: str) -> str:
    context = Context({"request": RequestFactory().get("/")})
    return Template("{% load funding %}" + text).render(context)


def test_a_page_that_shows_the_meter_three_times_asks_for_it_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_campaign()

    with django_assert_num_queries(4):
        page = _page('{% ask place="above" %}{% meter_strip %}{% ask place="below" text="Own words" %}')

    assert page.count("$0 of $5,000 raised so far") == 4
    assert "Own words" in page


def test_the_meter_is_one_element_with_its_values_and_no_style_attribute() -> None:
    campaign = make_campaign(title="<b>&", marks=((250_000, '"><script>'),))
    make_gift(campaign, amount_minor=144_050)

    page = _page("{% meter_strip %}")

    root = ElementTree.fromstring(page)
    (element,) = root.iterfind(".//*[@role='meter']")
    assert element.attrib["aria-valuemin"] == "0"
    assert element.attrib["aria-valuemax"] == "5000"
    assert element.attrib["aria-valuenow"] == "1440"
    assert element.attrib["aria-valuetext"].startswith("$1,440.50 of $5,000 raised by 1 reader; next mark")
    assert element.attrib["aria-label"] == "<b>&"
    assert not [tag for tag in root.iter() if "style" in tag.attrib]
    assert "<script" not in page


def test_without_a_campaign_strip_and_ask_are_empty() -> None:
    assert _page('{% meter_strip %}{% ask place="above" %}').strip() == ""


def test_right_to_left_the_rule_starts_at_the_right() -> None:
    campaign = make_campaign(marks=((125_000, "first"),))
    make_gift(campaign, amount_minor=144_000)

    with translation.override("ar"):
        shown = meter(campaign)

    assert (shown.raised_x, shown.raised_width) == ("71.2%", "28.8%")
    assert [tick.x for tick in shown.ticks] == ["100%", "0%", "75%"]


def test_months_are_net_of_reversals_in_the_month_of_the_gift() -> None:
    today = timezone.localdate()
    campaign = make_campaign(starts_on=today - timedelta(days=100))
    last_month = today.replace(day=1) - timedelta(days=1)
    make_gift(campaign, amount_minor=1_000, received_on=last_month)
    reverse_gift(
        gift=make_gift(campaign, amount_minor=500, received_on=last_month),
        reason="slip",
        reversed_by=make_reader(),
    )
    make_gift(campaign, amount_minor=700, received_on=today)

    months = gifts_by_month(campaign, months=3)

    assert [(month.sum.minor, month.gifts_count) for month in months] == [(0, 0), (1_000, 1), (700, 1)]
    assert months[-1].month == date(today.year, today.month, 1)


def _months(campaign: Campaign) -> list[tuple[int, int]]:
    return [(month.month.month, month.sum.minor) for month in gifts_by_month(campaign, months=6)]


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ([], [(3, 0), (4, 0), (5, 0)]),
        ([date(2025, 5, 2)], [(3, 0), (4, 0), (5, 100)]),
        # What came before the first day, or after the last, has its month too.
        ([date(2025, 2, 28)], [(2, 100), (3, 0), (4, 0), (5, 0)]),
        ([date(2025, 6, 30)], [(3, 0), (4, 0), (5, 0), (6, 100)]),
        ([date(2025, 9, 1)], [(4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 100)]),
    ],
)
def test_no_month_is_drawn_before_the_campaign_began_or_after_it_was_over(
    received: list[date], shown: list[tuple[int, int]]
) -> None:
    campaign = make_campaign(starts_on=date(2025, 3, 31), ends_on=date(2025, 5, 1))
    for day in received:
        make_gift(campaign, amount_minor=100, received_on=day)

    assert _months(campaign) == shown


def test_a_running_campaign_has_its_months_up_to_this_one() -> None:
    today = timezone.localdate()

    assert _months(make_campaign(starts_on=today, ends_on=today + timedelta(days=90))) == [(today.month, 0)]


def test_the_ledger_page_runs_each_campaigns_own_sum() -> None:
    spring, autumn = make_campaign(title="Spring"), make_campaign(title="Autumn")
    make_gift(spring, amount_minor=100)
    make_gift(autumn, amount_minor=1_000)
    make_gift(spring, amount_minor=200)

    lines = ledger_page().lines

    assert [(line.campaign, line.sum_text) for line in lines] == [
        ("Spring", "$3"),
        ("Autumn", "$10"),
        ("Spring", "$1"),
    ]
    assert [line.sum_text for line in ledger_page(before=3).lines] == ["$10", "$1"]


def test_a_gift_changed_in_the_database_does_not_move_the_meter() -> None:
    campaign = make_campaign()
    gift = make_gift(campaign, amount_minor=100)

    change_unseen("UPDATE funding_gift SET amount_minor = 999999 WHERE id = %s", gift.pk)

    assert meter(campaign).raised.minor == 100
