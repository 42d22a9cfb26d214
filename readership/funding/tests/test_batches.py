"""Batches of cash and cheques: what was counted is what is recorded, all of it or nothing, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.batch_list import batches_page
from readership.funding.batches import MOST_ROWS, Counted, batch_gifts, record_batch, reverse_batch
from readership.funding.closing import close_period
from readership.funding.errors import BatchRefused, CurrenciesDiffer, PeriodClosed
from readership.funding.giving import reverse_gift
from readership.funding.models import Campaign, Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.tests.makers import ADMIN, make_campaign, make_gift, make_reader, make_treasurer

pytestmark = pytest.mark.django_db
KEY = "0a" * 16
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def record(
    campaign: Campaign, minors: list[int], *, counted: int | None = None, key: str = KEY, days_ago: int = 0
) -> list[Gift]:
    rows = [Counted(Money(minor, "USD"), name=f"Giver {number}") for number, minor in enumerate(minors, start=1)]
    return record_batch(
        campaign=campaign,
        kind=GiftKind.CHEQUE,
        received_on=timezone.localdate() - timedelta(days=days_ago),
        counted=Money(sum(minors) if counted is None else counted, "USD"),
        rows=rows,
        entered_by=make_reader(),
        submission_key=key,
    )


def test_a_batch_is_one_gift_a_row_each_with_its_entry() -> None:
    gifts = record(make_campaign(), [500, 2_000, 10_000])

    assert [gift.amount_minor for gift in gifts] == [500, 2_000, 10_000]
    assert {gift.kind for gift in gifts} == {"cheque"}
    assert LedgerEntry.objects.count() == 3


@pytest.mark.parametrize(("counted", "said"), [(2_600, "is missing in the rows"), (2_400, "too much")])
def test_rows_that_do_not_add_up_to_what_was_counted_are_refused(counted: int, said: str) -> None:
    with pytest.raises(BatchRefused, match=said):
        record(make_campaign(), [500, 2_000], counted=counted)

    assert not Gift.objects.exists()


def test_a_batch_without_rows_or_of_transfers_is_refused() -> None:
    with pytest.raises(BatchRefused):
        record(make_campaign(), [], counted=0)
    with pytest.raises(BatchRefused):
        record_batch(
            campaign=make_campaign(),
            kind=GiftKind.TRANSFER,
            received_on=timezone.localdate(),
            counted=Money(5, "USD"),
            rows=[Counted(Money(5, "USD"))],
            entered_by=make_reader(),
            submission_key=KEY,
        )


def test_one_wrong_row_leaves_nothing_of_the_batch() -> None:
    campaign = make_campaign(currency="EUR")

    with pytest.raises(CurrenciesDiffer):
        record(campaign, [500, 2_000])

    assert not Gift.objects.exists()


def test_a_closed_day_takes_no_batch() -> None:
    day = timezone.localdate() - timedelta(days=3)
    close_period(starts_on=day, ends_on=day, closed_by=make_reader(), now=timezone.now())

    with pytest.raises(PeriodClosed):
        record(make_campaign(), [500], days_ago=3)

    assert not Gift.objects.exists()


def test_f06_the_same_batch_sent_twice_is_recorded_once() -> None:
    campaign = make_campaign()

    assert record(campaign, [500, 700]) == record(campaign, [500, 700])
    assert LedgerEntry.objects.count() == 2


def test_a_batch_is_undone_by_an_entry_against_each_gift_once() -> None:
    campaign = make_campaign()
    gifts = record(campaign, [500, 700])
    other = make_gift(campaign, amount_minor=100)
    reverse_gift(gift=gifts[0], reason="torn", reversed_by=make_reader())

    for _time in range(2):
        reverse_batch(key=KEY, reason="wrong day", reversed_by=make_reader())

    assert LedgerEntry.objects.aggregate(sum=Sum("amount_minor"))["sum"] == other.amount_minor
    assert LedgerEntry.objects.filter(kind="reversal").count() == 2


def test_a_batch_holds_its_own_gifts_only_and_lists_their_sum() -> None:
    campaign = make_campaign()
    record(campaign, [500, 700])
    record(campaign, [900], key="0b" * 16)
    make_gift(campaign)
    reverse_batch(key="0b" * 16, reason="x", reversed_by=make_reader())

    _page, (second, first) = batches_page(None)

    assert (first.gifts_count, first.amount_text, first.reversed_count) == (2, "$12", 0)
    assert (second.gifts_count, second.amount_text, second.is_reversed) == (1, "$9", True)
    assert batch_gifts(KEY).count() == 2


def typed(campaign: Campaign, rows: list[tuple[str, str, str]], **changed: str) -> dict[str, str]:
    facts = {
        "campaign": str(campaign.pk),
        "kind": "cash",
        "received_on": timezone.localdate().isoformat(),
        "counted": "30",
        "submission_key": KEY,
        "rows-TOTAL_FORMS": str(len(rows)),
        "rows-INITIAL_FORMS": "0",
    }
    for number, (name, amount, note) in enumerate(rows):
        facts |= {f"rows-{number}-name": name, f"rows-{number}-amount": amount, f"rows-{number}-note": note}
    return {**facts, **changed}


RECORD = "/admin/funding/batches/record/"
ROWS = [("Ann", "10.50", "for the boats"), ("", "19.50", ""), ("", "", "")]


def test_the_form_has_ten_rows_and_a_batch_is_recorded_as_people_type_it(desk: Client) -> None:
    campaign = make_campaign()
    assert desk.get(RECORD).content.decode().count('inputmode="decimal"') == 11

    page = desk.post(RECORD, typed(campaign, ROWS), follow=True).content.decode()

    assert "Recorded: 2 gifts, $30 together." in page
    assert f"/admin/funding/batches/{KEY}/" in page
    assert set(Gift.objects.values_list("giver_name", "amount_minor", "note")) == {
        ("Ann", 1_050, "for the boats"),
        ("", 1_950, ""),
    }


def test_more_rows_keep_what_was_typed_judge_nothing_and_record_nothing(desk: Client) -> None:
    rows = [("Ann", "ten", "x"), ("", "", "")]

    answer = desk.post(RECORD, typed(make_campaign(), rows, counted="what", more="yes"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="ten"' in page
    assert 'value="what"' in page
    assert f'value="{KEY}"' in page
    assert 'name="rows-11-amount"' in page
    assert 'name="rows-12-amount"' not in page
    assert "error-message" not in page
    assert not Gift.objects.exists()


def test_rows_that_were_added_are_recorded(desk: Client) -> None:
    campaign = make_campaign()
    rows = [("", "1", "")] * 30
    page = desk.post(RECORD, typed(campaign, rows[:10], more="yes")).content.decode()
    initial = re.search(r'name="rows-INITIAL_FORMS" value="(\d+)"', page)
    assert initial

    desk.post(RECORD, typed(campaign, rows, **{"rows-INITIAL_FORMS": initial[1]}))

    assert Gift.objects.count() == 30


@pytest.mark.parametrize(
    ("rows", "changed", "said"),
    [
        (ROWS, {"counted": "31"}, "$1 is missing"),
        ([("Ann", "", "")], {}, "How much was it?"),
        ([("Ann", "5,00", "")], {}, "in figures"),
        ([("Ann", "-5", "")], {}, "more than nothing"),
        (ROWS, {"counted": "NaN"}, "in figures"),
        (ROWS, {"received_on": "2999-01-01"}, "yet to come"),
        (ROWS, {"kind": "online"}, "valid choice"),
        (ROWS, {"submission_key": "x"}, "Record a batch"),
        (ROWS, {"rows-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_k06_what_is_wrong_is_said_beside_it_and_everything_typed_is_kept(
    desk: Client, rows: list[tuple[str, str, str]], changed: dict[str, str], said: str
) -> None:
    answer = desk.post(RECORD, typed(make_campaign(), rows, **changed))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "rows-TOTAL_FORMS" in changed or 'value="Ann"' in page
    assert not LedgerEntry.objects.exists()


def test_i08_no_more_rows_than_fit_into_a_batch(desk: Client) -> None:
    rows = [("", "1", "")] * (MOST_ROWS + 5)

    answer = desk.post(RECORD, typed(make_campaign(), rows, counted=str(len(rows))))
    assert answer.status_code == 400
    more = desk.post(RECORD, typed(make_campaign(), rows[:MOST_ROWS], more="yes")).content.decode()
    assert f'name="rows-{MOST_ROWS}-name"' not in more
    assert 'name="more"' not in more
    assert not Gift.objects.exists()


def test_a_batch_is_seen_and_undone_at_the_desk(desk: Client) -> None:
    desk.post(RECORD, typed(make_campaign(), [(EVIL, "30", EVIL)]))
    page = desk.get(f"/admin/funding/batches/{KEY}/").content.decode()
    assert "&lt;img" in page
    assert EVIL not in page

    assert desk.post(f"/admin/funding/batches/{KEY}/", {"reason": ""}).status_code == 400
    desk.post(f"/admin/funding/batches/{KEY}/", {"reason": "typed twice"})

    assert LedgerEntry.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 0
    assert "All of it was reversed" in desk.get(f"/admin/funding/batches/{KEY}/").content.decode()
    assert desk.get(f"/admin/funding/batches/{'f' * 32}/").status_code == 404


@pytest.mark.parametrize("page", ["/admin/funding/batches/", RECORD, f"/admin/funding/batches/{KEY}/"])
def test_c17_batches_are_closed_to_others(page: str) -> None:
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.get(page).status_code == 403
    assert client.post(page, {}).status_code in {403, 405}


def test_the_list_of_batches_takes_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = make_campaign()
    for number in range(12):
        record(campaign, [100, 200], key=f"{number:032x}")

    with django_assert_max_num_queries(20):
        desk.get("/admin/funding/batches/")
