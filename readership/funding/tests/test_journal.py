"""The journal for the accountant: double entry whose sums are the ledger's, and that runs nothing when opened."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.db.models import Sum
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from readership.funding.accounts import ACCOUNTS, OTHER_SIDE, named, sides
from readership.funding.giving import reverse_gift
from readership.funding.journal import COLUMNS, journal_csv, journal_text, postings
from readership.funding.ledger import Movement, book
from readership.funding.models import EntryKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.tests.makers import (
    ADMIN,
    make_campaign,
    make_gift,
    make_online_gift,
    make_opening,
    make_reader,
    make_treasurer,
)

pytestmark = pytest.mark.django_db
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0")


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def make_books(title: str = "Spring fund", reason: str = "typed twice") -> None:
    """One of every kind of entry but a payout that came back."""
    campaign = make_campaign(title=title)
    make_opening(campaign)
    for kind in ("cash", "cheque", "transfer"):
        make_gift(campaign, kind=kind, amount_minor=1_000)  # type: ignore[arg-type]
    reverse_gift(gift=make_gift(campaign), reason=reason, reversed_by=make_reader())
    make_online_gift(campaign, cover_minor=100, refunded=500)
    make_online_gift(campaign, refunded=500, came_back=True)
    make_online_gift(campaign, disputed=2_500, is_won=True)
    make_online_gift(campaign, is_trial=True)
    make_gift(make_campaign(currency="JPY"), amount_minor=3_000)
    book(campaign=None, kind=EntryKind.PAYOUT, amount=Money(-1_000, "USD"), movement=Movement("stripe", "po_1"))


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(journal_csv(postings())).removeprefix("\ufeff"))))


def test_every_kind_of_entry_has_its_two_accounts() -> None:
    assert set(OTHER_SIDE) == set(EntryKind.values)
    for kind in EntryKind.values:
        found = sides(kind=kind, gift_kind="cash", processor="", minor=1, names=ACCOUNTS)
        assert found.debit != found.credit


def test_the_sums_of_the_journal_are_the_sums_of_the_ledger() -> None:
    make_books()
    written = rows()

    assert [int(row["Entry"]) for row in written] == list(range(1, LedgerEntry.objects.count() + 1))
    moved: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in written:
        moved[row["Debit"], row["Currency"]] += Decimal(row["Amount"])
        moved[row["Credit"], row["Currency"]] -= Decimal(row["Amount"])
    ours = ("assets:cash", "assets:cheques", "assets:bank", "assets:processor", "assets:brought along")
    for currency, minor in LedgerEntry.objects.order_by().values_list("currency").annotate(Sum("amount_minor")):
        held = sum(sum_ for (account, code), sum_ in moved.items() if account in ours and code == currency)
        assert held == Money(minor, currency).decimal
    assert sum(moved.values()) == 0
    assert moved["assets:in transit", "USD"] == 10
    assert moved["income:gifts paid back", "USD"] == Decimal("4.81")  # 5.00, of which 0.19 had been added for the fee


def test_i04_no_cell_can_be_taken_for_a_formula(settings: Settings) -> None:
    settings.ACCOUNTS = ["bank==cmd|' /C calc'!A0", "gifts=-1+1"]
    make_books(title='=HYPERLINK("http://evil.example")', reason="=1+1")

    cells = [cell for row in rows() for cell in row.values()]

    assert cells
    assert [cell for cell in cells if cell.startswith(STARTS_OF_FORMULAS)] == []


def test_the_text_for_hledger_has_a_transaction_for_each_entry_that_adds_up_to_nothing() -> None:
    make_books()

    text = "".join(journal_text(postings()))

    transactions = text.split("\n\n")[1:]
    assert len(transactions) == LedgerEntry.objects.count()
    for transaction in transactions:
        first, second = re.findall(r"^    [^;].*  (-?[0-9.]+) ([A-Z]{3})$", transaction, re.MULTILINE)
        assert Decimal(first[0]) == -Decimal(second[0])
        assert first[1] == second[1]


def test_no_word_of_ours_adds_a_line_to_the_text(settings: Settings) -> None:
    settings.SITE_NAME = "The Lantern\n2026-01-01 evil"
    settings.ACCOUNTS = ["cash=petty\n    evil  9 USD"]
    make_books(title="Fund\n\n2026-01-01 evil\n    a  1 USD", reason="x\n    assets:cash  1000 USD ; y | z")

    text = "".join(journal_text(postings()))

    heads = [line for line in text.splitlines() if line and not line.startswith((" ", ";"))]
    assert len(heads) == LedgerEntry.objects.count()
    bodies = [line for line in text.splitlines() if line.startswith("    ") and not line.startswith("    ;")]
    assert len(bodies) == 2 * len(heads)


def test_an_entry_stands_on_the_day_it_counts() -> None:
    campaign = make_campaign()
    make_gift(campaign, received_on=date(2026, 6, 15))
    make_online_gift(campaign, paid_at=datetime(2026, 6, 20, 12, tzinfo=UTC))
    make_gift(campaign, received_on=date(2026, 7, 1))

    june = list(postings(date(2026, 6, 1), date(2026, 6, 30)))

    assert [(posting.day.day, posting.kind) for posting in june] == [(15, "gift"), (20, "gift"), (20, "fee")]


def test_an_accountants_own_names_are_used_and_others_are_left_out() -> None:
    plan = named(["bank=1200", "nothing=1", "cash=", "gifts = x", "fees=4970"])

    assert (plan["bank"], plan["fees"]) == ("1200", "4970")
    assert (plan["cash"], plan["gifts"]) == (ACCOUNTS["cash"], ACCOUNTS["gifts"])
    assert "nothing" not in plan


def test_no_giver_is_named_in_the_journal() -> None:
    make_gift(giver_name="Grete Private", giver_email="grete@private.example")

    text = "".join(journal_csv(postings())) + "".join(journal_text(postings()))

    assert "Private" not in text
    assert "private.example" not in text


@pytest.mark.parametrize("form", ["csv", "journal"])
def test_c20_each_download_is_written_down(desk: Client, form: str) -> None:
    make_books()

    answer = desk.get(f"/admin/funding/ledger/journal.{form}?since=2026-01-01&until=nonsense")

    assert answer.status_code == 200
    assert answer.getvalue()
    assert "attachment" in answer["Content-Disposition"]
    written = ModelLogEntry.objects.get(action="funding.export_journal")
    assert written.data == {"from": "2026-01-01", "to": "None"}


def test_the_page_says_which_accounts_and_columns_there_are(desk: Client) -> None:
    page = desk.get("/admin/funding/ledger/journal/?since=2026-01-01").content.decode()

    for word in ("assets:in transit", *COLUMNS, "journal.csv?since=2026-01-01"):
        assert word in page


@pytest.mark.parametrize("page", ["journal/", "journal.csv", "journal.journal"])
def test_c17_c20_the_journal_is_closed_to_others(page: str) -> None:
    client = Client()
    client.force_login(make_reader(may=[*ADMIN, "record_gift"]))

    assert client.get(f"/admin/funding/ledger/{page}").status_code == 403
