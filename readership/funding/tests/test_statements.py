"""Yearly statements: each giver's own, net of what went back, for whichever year the newsroom counts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from readership.funding.fiscal import FiscalYear, fiscal_year_of
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift, Giver
from readership.funding.money import Money
from readership.funding.statement_list import givers_of, givers_page, statement_part, unaddressed
from readership.funding.tests.makers import (
    ADMIN,
    make_campaign,
    make_gift,
    make_online_gift,
    make_reader,
    make_treasurer,
)
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db
YEAR = FiscalYear(2025, 1)
DAY = date(2025, 3, 4)
STATEMENTS = "/admin/funding/statements/"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


@pytest.mark.parametrize(
    ("day", "start_month", "label", "first", "last"),
    [
        (date(2026, 1, 1), 1, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), 1, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 3, 31), 4, "2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), 4, "2026/27", date(2026, 4, 1), date(2027, 3, 31)),
        (date(2024, 2, 29), 3, "2023/24", date(2023, 3, 1), date(2024, 2, 29)),
        (date(1999, 12, 1), 12, "1999/00", date(1999, 12, 1), date(2000, 11, 30)),
    ],
)
def test_a_fiscal_year_begins_in_any_month(day: date, start_month: int, label: str, first: date, last: date) -> None:
    year = fiscal_year_of(day, start_month)

    assert (year.label, year.first_day, year.last_day) == (label, first, last)


def test_a_statement_holds_a_givers_own_gifts_of_the_year_net_of_what_went_back() -> None:
    campaign = make_campaign()
    at = datetime(2025, 5, 6, 12, tzinfo=UTC)
    make_gift(campaign, giver_email="Ann@example.org", amount_minor=2_000, received_on=DAY)
    make_online_gift(campaign, email="ann@example.org", amount_minor=5_000, cover_minor=200, refunded=1_040, paid_at=at)
    slip = make_gift(campaign, giver_email="ann@example.org", amount_minor=900, received_on=DAY)
    reverse_gift(gift=slip, reason="x", reversed_by=make_reader())
    make_gift(campaign, giver_email="ann@example.org", amount_minor=700, received_on=date(2026, 1, 1))
    make_gift(campaign, giver_email="bert@example.org", amount_minor=300, received_on=DAY)
    make_online_gift(campaign, email="ann@example.org", amount_minor=8_800, paid_at=at, is_trial=True)

    statement = statement_part(Giver.objects.get(email="ann@example.org"), YEAR.first_day, YEAR.last_day)

    assert [(gift.given_text, gift.back_text, gift.net_text) for gift in statement.gifts] == [
        ("$20", "", "$20"),
        ("$52", "$10.40", "$41.60"),
    ]
    assert statement.totals == (Money(6_160, "USD"),)


def test_currencies_never_add_on_a_statement() -> None:
    for currency in ("USD", "EUR"):
        make_gift(make_campaign(currency=currency), giver_email="ann@example.org", received_on=DAY)

    statement = statement_part(Giver.objects.get(), YEAR.first_day, YEAR.last_day)

    assert statement.totals == (Money(2_500, "EUR"), Money(2_500, "USD"))
    assert list(givers_of(YEAR)) == [Giver.objects.get().pk]


def test_a_gift_that_names_only_an_address_belongs_to_whoever_is_known_by_it() -> None:
    make_gift(giver_email="ann@example.org", received_on=DAY)
    Gift.objects.update(giver=None)

    statement = statement_part(Giver.objects.get(), YEAR.first_day, YEAR.last_day)

    assert len(statement.gifts) == 1


def test_the_list_adds_up_by_giver_and_says_what_stands_on_no_statement() -> None:
    campaign = make_campaign()
    for _time in range(2):
        make_gift(campaign, giver_email="ann@example.org", giver_name="Ann", received_on=DAY)
    make_gift(campaign, received_on=DAY, amount_minor=123_456)
    gone = make_gift(campaign, giver_email="gone@example.org", received_on=DAY)
    reverse_gift(gift=gone, reason="x", reversed_by=make_reader())

    _page, (line,) = givers_page(YEAR, None)

    assert (line.name, line.email, line.gifts_count, line.net_text) == ("Ann", "ann@example.org", 2, "$50")
    assert unaddressed(YEAR) == ["$1,234.56"]


def key_of(page: str) -> str:
    found = re.search(r'name="submission_key" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def test_statements_are_sent_to_everybody_once_for_each_page(desk: Client) -> None:
    campaign = make_campaign()
    for email in ("ann@example.org", "bert@example.org"):
        make_gift(campaign, giver_email=email, received_on=DAY)
    page = desk.get(f"{STATEMENTS}?year=2025").content.decode()
    assert "Send every statement" in page

    for _time in range(2):
        answer = desk.post(f"{STATEMENTS}2025/send/", {"submission_key": key_of(page)}, follow=True)

    assert "2 statements are on their way" in answer.content.decode()
    put = OutboxItem.objects.filter(kind="giver_statement")
    assert [item.payload["year_start"] for item in put] == ["2025-01-01"] * 2
    assert {item.payload["giver_id"] for item in put} == set(Giver.objects.values_list("pk", flat=True))
    assert ModelLogEntry.objects.filter(action="funding.send_statements").exists()


def test_a_year_that_is_not_over_is_not_sent_to_everybody(desk: Client) -> None:
    make_gift(giver_email="ann@example.org")
    year = timezone.localdate().year

    desk.post(f"{STATEMENTS}{year}/send/")

    assert "not over yet" in desk.get(f"{STATEMENTS}?year={year}").content.decode()
    assert not OutboxItem.objects.filter(kind="giver_statement").exists()


def test_one_statement_is_printed_and_sent(desk: Client) -> None:
    make_gift(make_campaign(title=EVIL), giver_email="ann@example.org", giver_name=EVIL, received_on=DAY)
    giver = Giver.objects.get()
    address = f"{STATEMENTS}2025/{giver.pk}/"

    page = desk.get(address).content.decode()
    desk.post(f"{address}send/", {"submission_key": key_of(page)})

    assert "$25" in page
    assert EVIL not in page
    assert "&lt;img" in page
    assert OutboxItem.objects.filter(kind="giver_statement").count() == 1
    assert desk.get(f"{STATEMENTS}2025/999999/").status_code == 404
    assert desk.get(f"{STATEMENTS}9999999999999999999999/{giver.pk}/").status_code == 404


def test_the_newsrooms_own_year_is_followed(desk: Client, settings: Settings) -> None:
    settings.FISCAL_YEAR_START = 4
    make_gift(giver_email="ann@example.org", received_on=date(2026, 2, 1))

    page = desk.get(f"{STATEMENTS}?year=2025").content.decode()

    assert "2025/26" in page
    assert "ann@example.org" in page
    assert "ann@example.org" not in desk.get(f"{STATEMENTS}?year=2026").content.decode()


@pytest.mark.parametrize("page", ["", "2025/send/", "2025/1/", "2025/1/send/"])
def test_c17_c20_statements_are_closed_to_others(page: str) -> None:
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert {client.get(STATEMENTS + page).status_code, client.post(STATEMENTS + page).status_code} <= {403, 405}
    assert not OutboxItem.objects.filter(kind="giver_statement").exists()


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = make_campaign()
    for number in range(12):
        make_gift(campaign, giver_email=f"ann{number}@example.org", received_on=DAY)

    with django_assert_max_num_queries(20):
        desk.get(f"{STATEMENTS}?year=2025")
