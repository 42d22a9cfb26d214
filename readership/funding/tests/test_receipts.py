"""The receipt of a gift and the list of a year, on the page and as a PDF (attack K24)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django.fixtures import Settings

from readership.funding.auditing import audit
from readership.funding.giver_links import page_of
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift, Giver, LedgerEntry
from readership.funding.money import Money
from readership.funding.receipts import receipt_of
from readership.funding.refunding import order_refund
from readership.funding.sheet_pdf import pdf_of
from readership.funding.sheets import Sheet
from readership.funding.statements import statement_of, year_from
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import (
    make_campaign,
    make_gift,
    make_giver,
    make_opening,
    make_own_gift,
    make_reader,
)
from readership.funding.tests.reading_pdf import words_of

pytestmark = pytest.mark.django_db


def receipt(gift: Gift) -> Sheet:
    sheet = receipt_of(Gift.objects.get(pk=gift.pk))
    assert sheet is not None
    return sheet


def refund(gift: Gift, minor: int, key: str) -> None:
    order_refund(
        gift=gift,
        amount=Money(minor, gift.currency),
        reason="Asked",
        ordered_by=make_reader(),
        submission_key=key,
        now=timezone.now(),
    )
    work()


def test_a_receipt_says_who_what_when_and_which_entry_proves_it(settings: Settings) -> None:
    settings.SITE_NAME, settings.RECEIPT_LINES = "The Lantern", ["Pier Road 1"]
    campaign = make_campaign(title="Court fund")
    make_opening(campaign)
    gift = make_own_gift(make_giver(), campaign, received_on=date(2026, 2, 3))

    sheet = receipt(gift)

    entry = LedgerEntry.objects.get(gift=gift)
    assert sheet.sender[:2] == ("The Lantern", "Pier Road 1")
    assert dict(sheet.facts)["Receipt no."] == str(entry.number) == "2"
    assert dict(sheet.facts)["From"] == "Ann"
    assert dict(sheet.facts)["For"] == "Court fund"
    assert dict(sheet.facts)["Reference"] == gift.reference
    assert sheet.sums == (("Total", "$25"),)
    assert entry.hash[:16] in sheet.notes[0]


def test_what_came_back_stands_on_it_a_refund_and_its_part_of_the_fee_as_one(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"), 2_500, cover=64)
    refund(gift, 1_000, "a")
    refund(gift, 500, "b")

    sheet = receipt(gift)

    assert [line.amount for line in sheet.lines] == ["€25", "€0.64", "-€10", "-€5"]
    assert sheet.sums == (("Total", "€10.64"),)
    assert dict(sheet.facts)["Way to pay"] == "card or online, through Stripe"


def test_a_gift_that_was_taken_back_has_a_receipt_that_says_so() -> None:
    gift = make_gift()
    reverse_gift(gift=gift, reason="slip", reversed_by=make_reader())

    assert "taken back" in receipt(gift).warning
    assert receipt(gift).sums == (("Total", "$0"),)


def test_a_gift_on_its_way_has_none(counter: Counter) -> None:
    counter.begin(make_campaign(currency="EUR"))

    assert receipt_of(Gift.objects.get()) is None


def test_the_pdf_says_what_the_page_says_and_is_the_same_file_each_time() -> None:
    giver = make_giver(name="محمد عبد الله")
    gift = make_own_gift(
        giver, make_campaign(title="Добро, Ελλάδα"), amount_minor=144_050, received_on=date(2026, 2, 3)
    )

    first, second = pdf_of(receipt(gift)), pdf_of(receipt(gift))

    assert first == second
    words = words_of(first)
    for said in ("Receipt", gift.reference, "$1,440.50", "Добро, Ελλάδα", "Feb. 3, 2026"):
        assert said in words
    # As drawn, from left to right: the last letter first.
    assert "محمد عبد الله"[::-1] in words
    assert len(first) < 60_000


def test_in_a_language_from_right_to_left_the_pdf_is_drawn_from_the_right() -> None:
    gift = make_own_gift(make_giver())

    with override("ar"):
        sheet = receipt(gift)
        drawn = words_of(pdf_of(sheet))

    assert sheet.language == "ar"
    assert gift.reference in drawn


def test_k24_only_its_giver_gets_a_receipt() -> None:
    ann, ben = make_giver(), make_giver(email="ben@example.org")
    gift, foreign = make_own_gift(ann), make_own_gift(ben)
    client = Client()

    for end in ("", "receipt.pdf"):
        assert client.get(f"{page_of(ann)}receipts/{gift.reference}/{end}").status_code == 200
        assert client.get(f"{page_of(ann)}receipts/{foreign.reference}/{end}").status_code == 404
        assert client.get(f"{page_of(ann)}receipts/0000000000/{end}").status_code == 404


def test_k24_a_booking_that_failed_leaves_no_gap_in_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number is taken inside the transaction of the gift, below the chain's lock, and goes with it."""
    campaign, numbers = make_campaign(), []
    for fails in (False, True, False, True, True, False):
        with monkeypatch.context() as patched:
            if fails:
                patched.setattr("readership.outbox.put", _raise)
                with pytest.raises(OSError, match="full"):
                    make_gift(campaign, giver_email="ann@example.org")
            else:
                numbers.append(dict(receipt(make_gift(campaign)).facts)["Receipt no."])

    assert numbers == ["1", "2", "3"]
    assert audit().is_whole


def _raise(*_arguments: object, **_facts: object) -> None:
    raise OSError("the disk is full")


def test_k24_what_can_be_changed_in_the_address_of_a_receipt_opens_no_other() -> None:
    ann, ben = make_giver(), make_giver(email="ben@example.org")
    own, foreign = make_own_gift(ann), make_own_gift(ben)
    number = LedgerEntry.objects.get(gift=foreign).number

    for name in (str(foreign.pk), str(number), foreign.reference.lower(), "..", "%00", "*", f"{own.reference}x"):
        assert Client().get(f"{page_of(ann)}receipts/{name}/").status_code in {301, 404}
        assert Client().get(f"{page_of(ann)}receipts/{name}/receipt.pdf").status_code == 404
    # A receipt has no address of its own: without the link of its giver there is no way to it.
    assert Client().get(f"/gifts/receipts/{own.reference}/").status_code == 404
    assert Client().get(f"/gifts/yours/x/receipts/{own.reference}/").status_code == 404


def test_the_pdf_is_a_file_with_a_name() -> None:
    giver = make_giver()
    gift = make_own_gift(giver)

    answer = Client().get(f"{page_of(giver)}receipts/{gift.reference}/receipt.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{gift.reference}.pdf"'
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 4, 6), date(2027, 4, 5)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 3, 1), date(2026, 2, 28)),
    ],
)
def test_a_year_begins_on_any_day(first: date, last: date) -> None:
    assert year_from(first) == (first, last)


def test_a_statement_counts_gifts_of_its_days_net_and_no_others() -> None:
    giver, other = make_giver(), make_giver(email="ben@example.org")
    campaign = make_campaign()
    for day, minor in (
        (date(2025, 4, 5), 1),
        (date(2025, 4, 6), 2_000),
        (date(2026, 4, 5), 300),
        (date(2026, 4, 6), 4),
    ):
        make_own_gift(giver, campaign, received_on=day, amount_minor=minor)
    slip = make_own_gift(giver, campaign, received_on=date(2025, 5, 1), amount_minor=50_000)
    reverse_gift(gift=slip, reason="slip", reversed_by=make_reader())
    make_own_gift(other, campaign, received_on=date(2025, 5, 1), amount_minor=70_000)
    make_own_gift(giver, make_campaign(currency="EUR"), received_on=date(2025, 6, 1), amount_minor=900)

    statement = statement_of(giver, *year_from(date(2025, 4, 6)))

    assert [one.net.minor for one in statement.gifts] == [2_000, 900, 300]
    assert statement.sums == (Money(900, "EUR"), Money(2_300, "USD"))


def test_a_statement_takes_off_what_was_paid_back(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"), 2_500)
    refund(gift, 1_000, "a")
    today = timezone.localdate()

    statement = statement_of(Giver.objects.get(), today - timedelta(days=2), today + timedelta(days=2))

    assert statement.sums == (Money(1_500, "EUR"),)


def test_the_page_of_a_year_and_its_pdf_say_the_sum() -> None:
    giver = make_giver()
    make_own_gift(giver, received_on=date(2025, 5, 1), amount_minor=144_050)
    client = Client()

    page = client.get(f"{page_of(giver)}year/?from=2025-04-06").content.decode()
    pdf = client.get(f"{page_of(giver)}year/gifts.pdf?from=2025-04-06").content

    assert page.count("$1,440.50") == 2
    assert words_of(pdf).count("$1,440.50") == 2


@pytest.mark.parametrize("typed", ["", "x", "2025-13-40", "9999-12-31", "0001-01-01", "2025-04-06&from=1"])
def test_what_is_no_day_is_this_year(typed: str) -> None:
    answer = Client().get(f"{page_of(make_giver())}year/?from={typed}")

    assert answer.status_code == 200
    assert str(timezone.localdate().year) in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["山田太郎", "😀 Ann", "अनु", "W" * 120, "W" * 60 + " " + "م" * 59, "a\u0301" * 40, "**Ann** __B__ [x](y)", "ﷺ" * 9],
)
def test_every_name_fits_on_a_receipt(name: str) -> None:
    giver = make_giver(name=name)
    gift = make_own_gift(giver, make_campaign(title="V" * 100), amount_minor=10**12)

    for language in ("en", "ar"):
        with override(language):
            assert gift.reference in words_of(pdf_of(receipt(gift)))


def test_a_year_of_many_gifts_goes_over_several_pages() -> None:
    giver, campaign = make_giver(), make_campaign()
    for number in range(120):
        make_own_gift(giver, campaign, received_on=date(2025, 5, 1), amount_minor=1_000 + number)

    pdf = Client().get(f"{page_of(giver)}year/gifts.pdf?from=2025-04-06").content

    words = words_of(pdf)
    assert pdf.count(b"/Type /Page\n") > 2
    assert all(f"$1{number // 100}.{number % 100:02}" in words for number in (1, 119))
