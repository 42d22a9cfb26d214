"""The open books say what the ledger says, and nothing of anybody who did not choose it (attacks C21, K16, L13)."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from readership.funding import public_ledger
from readership.funding.book_parts import Book
from readership.funding.books import open_books
from readership.funding.giving import reverse_gift
from readership.funding.ledger import Movement, book
from readership.funding.models import PAYOUTS, Campaign, EntryKind, Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.public_ledger import ledger_file, ledger_files
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_gift, make_opening, make_promise, make_reader
from readership.funding.wording import amount_text
from readership.pagecache.collecting import rendering
from readership.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign(starts_on=date(2024, 1, 1))


@pytest.fixture
def clerk() -> Reader:
    return make_reader(name="Canary Clerk")


def move(gift: Gift, kind: EntryKind, minor: int) -> None:
    movement = Movement("stripe", f"{kind}-{gift.pk}")
    book(campaign=gift.campaign, gift=gift, kind=kind, amount=Money(minor, gift.currency), movement=movement)


def full_books(campaign: Campaign, clerk: Reader) -> None:
    """Every kind of entry, over two years of gifts."""
    make_opening(campaign, amount_minor=100_000)
    for number in range(12):
        make_gift(campaign, amount_minor=1_000 * (number + 1), received_on=date(2024, number + 1, 5), entered_by=clerk)
    for number in range(4):
        gift = make_gift(
            campaign,
            amount_minor=5_000,
            received_on=date(2025, 2, number + 1),
            kind=GiftKind.CASH,
            giver_name="Canary Giver",
            giver_email=f"canary{number}@example.org",
            note="Canary note",
            entered_by=clerk,
        )
    move(gift, EntryKind.FEE, -175)
    move(gift, EntryKind.COVER, 200)
    move(gift, EntryKind.REFUND, -1_500)
    move(gift, EntryKind.DISPUTE, -700)
    move(gift, EntryKind.DISPUTE_WON, 700)
    reverse_gift(gift=Gift.objects.earliest("received_on"), reason="Canary reason", reversed_by=clerk)
    book(campaign=None, kind=EntryKind.PAYOUT, amount=Money(-9_000, "USD"), movement=Movement("stripe", "payout"))


def the_book(year: int | None = None) -> Book:
    shown = open_books(year)
    assert shown is not None
    (only,) = shown.books
    return only


def said(book_shown: Book) -> dict[str, str]:
    return {line.label: line.text for line in book_shown.lines}


def ledger_sum(**which: Any) -> str:
    minor = LedgerEntry.objects.exclude(kind__in=PAYOUTS).filter(**which).aggregate(sum=Sum("amount_minor"))["sum"]
    return amount_text(Money(minor or 0, "USD"))


def test_k16_the_sums_of_the_page_are_the_ledgers(campaign: Campaign, clerk: Reader) -> None:
    full_books(campaign, clerk)

    lines = said(the_book())

    assert lines == {
        "Gifts": ledger_sum(kind="gift"),
        "Mistakes put right": ledger_sum(kind="reversal"),
        "Brought along from an older site": ledger_sum(kind="opening"),
        "Paid back to givers": ledger_sum(kind="refund"),
        "Raised": meter(campaign).raised_text,
        "Fees of processors and banks": ledger_sum(kind="fee"),
        "Added by givers to cover fees": ledger_sum(kind="cover"),
        "Left for the newsroom": ledger_sum(),
    }
    assert lines["Gifts"] == "$980"


def test_the_years_add_up_to_all_time(campaign: Campaign, clerk: Reader) -> None:
    full_books(campaign, clerk)
    shown = open_books()
    assert shown is not None
    assert shown.years == (timezone.localdate().year, *range(timezone.localdate().year - 1, 2023, -1))

    by_year = [open_books(year) for year in shown.years]

    sums = [sum(bar.month.sum.minor for bar in one.books[0].bars) for one in by_year if one and one.books]
    assert sum(sums) == sum(bar.month.sum.minor for bar in the_book().bars)
    assert the_book().gifts_count == sum(one.books[0].gifts_count for one in by_year if one and one.books) == 15
    # Gifts lie in the year they were received, what was moved later in the year it was booked.
    assert said(the_book(2025))["Gifts"] == "$200"
    assert said(the_book(timezone.localdate().year))["Paid back to givers"] == "-$15"


def test_a_year_has_its_months_and_all_time_has_years(campaign: Campaign, clerk: Reader) -> None:
    full_books(campaign, clerk)

    assert [bar.month.month.month for bar in the_book(2024).bars] == list(range(1, 13))
    assert [(bar.month.label, bar.month.gifts_count) for bar in the_book().bars] == [("2024", 11), ("2025", 4)]
    # The gift of January was reversed: nothing of it is left.
    assert the_book(2024).bars[0].month.sum.minor == 0


def test_two_currencies_are_two_books(campaign: Campaign) -> None:
    make_gift(campaign, amount_minor=100)
    make_gift(make_campaign(currency="JPY", goal_minor=5_000), amount_minor=500)

    shown = open_books()

    assert shown is not None
    assert {one.currency: said(one)["Raised"] for one in shown.books} == {"USD": "$1", "JPY": "¥500"}


def test_promises_trials_and_payouts_are_in_no_book(campaign: Campaign) -> None:
    make_gift(campaign, amount_minor=100)
    make_promise(campaign, amount_minor=77_700)
    trial = make_promise(campaign, amount_minor=88_800, is_trial=True)
    book(campaign=campaign, gift=trial, kind=EntryKind.GIFT, amount=trial.amount)
    book(campaign=None, kind=EntryKind.PAYOUT, amount=Money(-50, "USD"), movement=Movement("stripe", "p"))

    assert said(the_book()) == {"Gifts": "$1", "Raised": "$1", "Left for the newsroom": "$1"}


def test_l13_ways_and_sizes_of_fewer_than_three_givers_are_told_with_others(campaign: Campaign) -> None:
    reader = make_reader()
    for number in range(4):
        make_gift(campaign, amount_minor=2_000, giver_email=f"g{number}@example.org", entered_by=reader)
    for number in range(3):
        make_gift(
            campaign, amount_minor=400, kind=GiftKind.CASH, giver_email=f"c{number}@example.org", entered_by=reader
        )
    # One rich cheque: neither its way nor its size may stand alone.
    make_gift(campaign, amount_minor=99_900, kind=GiftKind.CHEQUE, giver_email="rich@example.org", entered_by=reader)

    shown = the_book()

    assert [(way.label, way.givers_count, way.text) for way in shown.ways] == [
        ("bank transfer", 4, "$80"),
        ("cheque, cash", 4, "$1,011"),
    ]
    assert [(size.label, size.givers_count, size.text) for size in shown.sizes] == [
        ("less than $10", 3, "$12"),
        ("$10 and more", 5, "$1,079"),
    ]
    assert shown.largest_percent is None  # fewer than ten givers


def test_right_to_left_the_bars_of_the_tables_begin_at_the_right(campaign: Campaign) -> None:
    reader = make_reader()
    for number in range(3):
        make_gift(campaign, amount_minor=2_000, giver_email=f"g{number}@example.org", entered_by=reader)
        make_gift(
            campaign, amount_minor=1_000, kind=GiftKind.CASH, giver_email=f"c{number}@example.org", entered_by=reader
        )

    with translation.override("ar"):
        shown = the_book()

    assert [(way.x, way.width) for way in shown.ways] == [("0%", "100%"), ("50%", "50%")]


def test_l13_of_one_or_two_givers_only_the_sum_is_told(campaign: Campaign) -> None:
    make_gift(campaign, giver_email="a@example.org")
    make_gift(campaign, giver_email="a@example.org", kind=GiftKind.CASH)
    make_gift(campaign, giver_email="b@example.org")

    shown = the_book()

    assert (shown.ways, shown.sizes, shown.givers_count) == ((), (), 2)


def test_the_share_of_the_largest_is_by_giver_and_rounded_down(campaign: Campaign) -> None:
    reader = make_reader()
    for number in range(11):
        make_gift(campaign, amount_minor=1_000, giver_email=f"g{number}@example.org", entered_by=reader)
    make_gift(campaign, amount_minor=1_000, giver_email="g0@example.org", entered_by=reader)

    shown = the_book()

    assert (shown.givers_count, shown.largest_percent, shown.ten_largest_percent) == (11, 16, 91)


def test_what_was_paid_back_makes_nobody_a_giver(campaign: Campaign) -> None:
    gift = make_gift(campaign, amount_minor=1_000)
    move(gift, EntryKind.REFUND, -1_000)

    assert the_book().givers_count == 0


def test_c21_nobodys_name_address_or_reason_is_in_the_books_or_the_files(campaign: Campaign, clerk: Reader) -> None:
    full_books(campaign, clerk)
    client = Client()

    for address in ("/support/books/", "/support/books/2025/", "/support/books/ledger-1.csv", "/support/givers/"):
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "canary" not in text.lower()
        assert not [gift for gift in Gift.objects.all() if gift.reference in text]
        assert " style=" not in text


def lines_of(number: int) -> list[dict[str, str]]:
    text = ledger_file(number)
    assert text is not None
    return list(csv.DictReader(io.StringIO(text)))


def test_the_files_hold_every_entry_and_add_up_to_the_page(campaign: Campaign, clerk: Reader) -> None:
    full_books(campaign, clerk)

    lines = lines_of(1)

    assert [line["hash"] for line in lines] == list(
        LedgerEntry.objects.order_by("number").values_list("hash", flat=True)
    )
    left = sum(round(float(line["amount"]) * 100) for line in lines if not line["kind"].startswith("payout"))
    assert amount_text(Money(left, "USD")) == said(the_book())["Left for the newsroom"]
    (reversal,) = (line for line in lines if line["kind"] == "reversal")
    assert lines[int(reversal["reverses"]) - 1]["amount"] == reversal["amount"].removeprefix("-")


def test_a_full_file_never_changes_again(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_ledger, "LINES_A_FILE", 2)
    reader = make_reader()
    for _number in range(3):
        make_gift(campaign, entered_by=reader)
    before = ledger_file(1)
    with rendering() as full:
        ledger_file(1)
    with rendering() as last:
        ledger_file(2)

    make_gift(campaign, entered_by=reader)

    assert ledger_file(1) == before
    assert ("ledger" in full.tags, "ledger" in last.tags) == (False, True)
    assert [(file.first, file.last) for file in ledger_files(5)] == [(1, 2), (3, 4), (5, 5)]


@pytest.mark.parametrize(
    "address",
    [
        "books/1999/",
        "books/0/",
        "books/99999/",
        "books/ledger-0.csv",
        "books/ledger-2.csv",
        f"books/ledger-{10**30}.csv",
    ],
)
def test_i08_what_does_not_exist_is_not_there(campaign: Campaign, address: str) -> None:
    make_gift(campaign)

    assert Client().get(f"/support/{address}").status_code == 404


def test_without_an_entry_the_books_say_so() -> None:
    answer = Client().get("/support/books/")

    assert answer.status_code == 200
    assert "Nothing has been booked yet." in answer.content.decode()
    assert Client().get("/support/books/ledger-1.csv").status_code == 404


def test_the_page_is_the_same_for_everybody_and_has_the_end_of_the_chain(campaign: Campaign) -> None:
    make_gift(campaign)

    with rendering() as page:
        text = Client().get("/support/books/").content.decode()

    assert page.is_shared
    assert page.tags >= {"ledger", "site"}
    assert LedgerEntry.objects.get().hash in text
    assert "/support/books/ledger-1.csv" in text


def test_the_books_ask_as_much_of_a_long_ledger_as_of_a_short_one(
    campaign: Campaign, clerk: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    full_books(campaign, clerk)

    with django_assert_max_num_queries(8):
        open_books()
    with django_assert_max_num_queries(8):
        open_books(2025)
