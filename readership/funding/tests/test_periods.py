"""Closed periods: what was reported stays what was reported."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from readership.funding.auditing import audit
from readership.funding.closing import close_period
from readership.funding.errors import PeriodClosed, PeriodNotOver, PeriodOutOfOrder, PeriodUpsideDown
from readership.funding.giving import reverse_gift
from readership.funding.models import ClosedPeriod, Gift, LedgerEntry
from readership.funding.periods import check_open, period_lines
from readership.funding.tests.makers import (
    ADMIN,
    announce_charge,
    make_campaign,
    make_gift,
    make_online_gift,
    make_reader,
    make_treasurer,
)

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
JULY = (date(2026, 7, 1), date(2026, 7, 31))
# Long before today, so that every entry of today lies outside.
MID_JUNE = date(2026, 6, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def close(days: tuple[date, date] = JUNE) -> ClosedPeriod:
    return close_period(starts_on=days[0], ends_on=days[1], closed_by=make_reader(), now=timezone.now())


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def test_a_closing_keeps_the_sums_of_its_days_and_the_end_of_the_ledger() -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=1_000, received_on=JUNE[0])
    make_gift(campaign, amount_minor=2_000, received_on=JUNE[1])
    make_gift(campaign, amount_minor=4_000, received_on=JULY[0])
    make_online_gift(campaign, amount_minor=500, cover_minor=20, fee_minor=30, paid_at=noon(MID_JUNE))

    closed = close()

    assert closed.sums == {"USD": {"gift": 3_500, "cover": 20, "fee": -30}}
    last = LedgerEntry.objects.order_by("-number")[0]
    assert (closed.last_number, closed.last_hash) == (last.number, last.hash)
    assert audit().is_whole


def test_nothing_is_received_on_a_closed_day() -> None:
    campaign = make_campaign()
    close()

    with pytest.raises(PeriodClosed, match="closed"):
        make_gift(campaign, received_on=MID_JUNE)
    with pytest.raises(PeriodClosed):
        check_open(JUNE[1])
    assert not Gift.objects.exists()

    make_gift(campaign, received_on=JULY[0])
    check_open(JUNE[0] - timedelta(days=1))


def test_the_same_form_sent_again_after_the_closing_is_still_the_first_gift() -> None:
    campaign = make_campaign()
    first = make_gift(campaign, received_on=MID_JUNE, submission_key="k" * 32)
    close()

    assert make_gift(campaign, received_on=MID_JUNE, submission_key="k" * 32) == first


def test_money_of_a_processor_is_never_refused_and_named_as_come_after_the_closing(desk: Client) -> None:
    closed = close()
    gift = make_online_gift(paid_at=noon(MID_JUNE))

    (line,) = period_lines()
    assert line.late_count == 2  # the gift and its fee
    page = desk.get(f"/admin/funding/periods/{closed.pk}/").content.decode()
    assert gift.reference in page
    assert "came after the closing" in desk.get("/admin/funding/periods/").content.decode()
    assert audit().is_whole


def test_what_is_put_right_later_belongs_to_the_day_it_was_booked() -> None:
    gift, online = make_gift(received_on=MID_JUNE), make_online_gift(paid_at=noon(MID_JUNE))
    closed = close()

    reverse_gift(gift=gift, reason="counted twice", reversed_by=make_reader())
    announce_charge(online, paid_at=noon(MID_JUNE), refunded=500)

    assert period_lines()[0].is_untouched
    assert closed.sums == ClosedPeriod.objects.get().sums
    assert audit().is_whole


@pytest.mark.parametrize(
    ("days", "error"),
    [
        ((date(2026, 6, 30), date(2026, 6, 1)), PeriodUpsideDown),
        ((date(2026, 6, 1), date(2999, 1, 1)), PeriodNotOver),
    ],
)
def test_a_period_that_makes_no_sense_is_not_closed(days: tuple[date, date], error: type[Exception]) -> None:
    with pytest.raises(error):
        close(days)


def test_today_is_not_over() -> None:
    today = timezone.localdate()

    with pytest.raises(PeriodNotOver):
        close((today, today))
    close((today - timedelta(days=1), today - timedelta(days=1)))


def test_periods_follow_each_other_without_a_gap() -> None:
    close(JUNE)

    for days in ((date(2026, 6, 15), JULY[1]), (date(2026, 7, 2), JULY[1]), (date(2026, 5, 1), date(2026, 5, 31))):
        with pytest.raises(PeriodOutOfOrder):
            close(days)
    close(JULY)
    assert ClosedPeriod.objects.count() == 2


def test_closing_the_same_days_twice_is_one_closing() -> None:
    assert close() == close()


def test_the_audit_names_a_closed_period_whose_entries_are_not_what_they_were() -> None:
    gift = make_gift(received_on=MID_JUNE)
    close()

    Gift.objects.filter(pk=gift.pk).update(received_on=JULY[0])

    assert [sentence for sentence in audit().differences if "2026-06-01 to 2026-06-30" in sentence]


def test_the_audit_names_a_period_that_was_closed_upon_another_ledger() -> None:
    make_gift(received_on=MID_JUNE)
    close()

    ClosedPeriod.objects.update(last_hash="f" * 64)

    assert any("another entry" in sentence for sentence in audit().differences)


def test_a_period_is_closed_in_two_steps(desk: Client) -> None:
    make_gift(received_on=MID_JUNE, amount_minor=144_050)
    days = {"starts_on": JUNE[0].isoformat(), "ends_on": JUNE[1].isoformat()}
    assert f'value="{MID_JUNE.isoformat()}"' in desk.get("/admin/funding/periods/close/").content.decode()

    shown = desk.post("/admin/funding/periods/close/", days)
    assert "$1,440.50" in shown.content.decode()
    assert not ClosedPeriod.objects.exists()

    desk.post("/admin/funding/periods/close/", {**days, "close": "yes"})
    assert ClosedPeriod.objects.get().sums == {"USD": {"gift": 144_050}}
    assert ModelLogEntry.objects.filter(action="funding.close_period").exists()
    assert 'value="2026-07-01"' in desk.get("/admin/funding/periods/close/").content.decode()


def test_what_is_wrong_with_a_period_is_said(desk: Client) -> None:
    wrong = {"starts_on": "2026-06-01", "ends_on": "2999-01-01", "close": "yes"}

    answer = desk.post("/admin/funding/periods/close/", wrong)

    assert answer.status_code == 400
    assert "not over yet" in answer.content.decode()


def test_the_desk_refuses_a_gift_on_a_closed_day_and_says_which(desk: Client) -> None:
    campaign = make_campaign()
    close()

    answer = desk.post(
        "/admin/funding/record/",
        {
            "campaign": campaign.pk,
            "amount": "5",
            "received_on": MID_JUNE.isoformat(),
            "kind": "cash",
            "submission_key": "0" * 32,
        },
    )

    assert answer.status_code == 400
    assert "are closed" in answer.content.decode()


@pytest.mark.parametrize(
    "page", ["/admin/funding/periods/", "/admin/funding/periods/close/", "/admin/funding/periods/1/"]
)
def test_c17_periods_are_closed_to_others(page: str) -> None:
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.get(page).status_code == 403
    assert client.post(page).status_code in {403, 405}


def test_c17_who_records_gifts_may_not_close_unless_allowed() -> None:
    client = Client()
    client.force_login(make_reader(may=[*ADMIN, "record_gift"]))

    assert client.get("/admin/funding/periods/").status_code == 200
    assert client.get("/admin/funding/periods/close/").status_code == 403
    days = {"starts_on": "2026-06-01", "ends_on": "2026-06-30", "close": "yes"}
    assert client.post("/admin/funding/periods/close/", days).status_code == 403
    assert not ClosedPeriod.objects.exists()


def test_the_list_of_periods_takes_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    start = date(2025, 1, 1)
    for number in range(12):
        close((start + timedelta(days=7 * number), start + timedelta(days=7 * number + 6)))

    with django_assert_max_num_queries(20):
        desk.get("/admin/funding/periods/")


@pytest.mark.postgresql
@pytest.mark.usefixtures("books_for_good")
@pytest.mark.django_db(transaction=True)
def test_a_gift_and_a_closing_at_the_same_moment_never_miss_each_other() -> None:
    """The gift is checked below the chain's lock, which the closing takes too."""
    campaign, reader = make_campaign(), make_reader()
    refused = []

    def receive() -> None:
        try:
            make_gift(campaign, received_on=MID_JUNE, entered_by=reader)
        except PeriodClosed:
            refused.append(True)
        finally:
            connection.close()

    with transaction.atomic():
        close()
        thread = threading.Thread(target=receive)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join()

    assert refused == [True]
