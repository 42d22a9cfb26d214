"""A spreadsheet program must never run what a giver wrote (attack I04)."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook  # type: ignore[import-untyped]

from readership.funding.exporting import safe_text
from readership.funding.models import Gift
from readership.funding.tests.makers import make_gift, make_treasurer

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\0=", "＝"])
def test_i04_what_could_be_a_formula_is_marked_as_text(start: str) -> None:
    assert safe_text(f"{start}1+1") == f"'{start}1+1"


def test_i04_plain_text_stays_as_it_is() -> None:
    assert [safe_text(text) for text in ("Ann", "", "a=b", "1440.50")] == ["Ann", "", "a=b", "1440.50"]


def test_i04_the_csv_holds_no_formula(desk: Client) -> None:
    gift = make_gift(giver_name=FORMULA, note="@SUM(1)", amount_minor=144_050)
    # Older rows may hold what is cleaned away today.
    Gift.objects.filter(pk=gift.pk).update(giver_name="\t" + FORMULA)

    answer = desk.get("/admin/funding/gifts/download.csv")
    text = answer.getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))

    assert row["Name"] == "'\t" + FORMULA
    assert row["Note"] == "'@SUM(1)"
    assert row["Amount"] == "1440.50"
    assert row["Reference"] == gift.reference
    assert "attachment" in answer["Content-Disposition"]


def test_i04_the_workbook_holds_text_where_a_giver_wrote_a_formula(desk: Client) -> None:
    make_gift(giver_name=FORMULA, amount_minor=144_050)

    answer = desk.get("/admin/funding/gifts/download.xlsx")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    cells = {heading.value: cell for heading, cell in zip(*sheet.iter_rows(), strict=True)}

    assert (cells["Name"].value, cells["Name"].data_type) == (FORMULA, "s")
    assert Decimal(str(cells["Amount"].value)) == Decimal("1440.5")


def test_the_download_is_filtered_like_the_list(desk: Client) -> None:
    make_gift(giver_name="Ann")
    make_gift(giver_name="Bert")

    answer = desk.get("/admin/funding/gifts/download.csv?words=ann")

    text = answer.getvalue().decode()
    assert "Ann" in text
    assert "Bert" not in text
