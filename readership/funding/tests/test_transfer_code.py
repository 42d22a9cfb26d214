"""The QR code holds what EPC069-12 says, byte for byte, and no page has to allow a style for it."""

from __future__ import annotations

from decimal import Decimal

import pytest
import segno
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from readership.funding.transfers import qr
from readership.funding.transfers.references import creditor_reference

REFERENCE = creditor_reference("7K2M9QX4TB")


def make_transfer(*, holder: str = "Die Laterne e.V.", amount: str = "25.00", bic: str = "COBADEFFXXX") -> qr.Transfer:
    return qr.Transfer(
        holder=holder, iban="DE89370400440532013000", bic=bic, amount=Decimal(amount), reference=REFERENCE
    )


@pytest.mark.parametrize(
    ("amount", "written"), [("25.00", "EUR25"), ("0.01", "EUR0.01"), ("100.00", "EUR100"), ("1440.50", "EUR1440.5")]
)
def test_it_holds_these_lines_and_nothing_else(amount: str, written: str) -> None:
    lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        "COBADEFFXXX",
        "Die Laterne e.V.",
        "DE89370400440532013000",
        written,
        "",
        REFERENCE,
    ]
    expected = segno.make_qr("\n".join(lines).encode(), error="m", boost_error=False)

    made = qr._code(make_transfer(amount=amount))

    assert made.matrix == expected.matrix
    assert (made.error, int(made.version) <= 13) == ("M", True)


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs"]), min_size=1, max_size=70),
    st.integers(1, 99_999_999_999),
)
def test_no_holder_and_no_sum_is_too_long_for_it(holder: str, minor: int) -> None:
    code = qr._code(make_transfer(holder=holder, amount=str(Decimal(minor) / 100)))

    assert int(code.version) <= 13


def test_the_drawing_has_a_title_and_no_style() -> None:
    drawing = qr.svg(make_transfer(), title="Code for <you> & me")

    root = ElementTree.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Code for <you> & me"
    assert "style" not in drawing
    assert "#fff" in drawing


def test_the_picture_for_the_mail_is_small() -> None:
    assert qr.png(make_transfer()).startswith(b"\x89PNG")
    assert len(qr.png(make_transfer())) < 4_000


@pytest.mark.parametrize(
    ("currency", "iban", "minor", "may"),
    [
        ("EUR", "DE89370400440532013000", 1, True),
        ("EUR", "DE89370400440532013000", 99_999_999_999, True),
        ("EUR", "DE89370400440532013000", 100_000_000_000, False),
        ("CHF", "CH9300762011623852957", 100, False),
        ("EUR", "", 100, False),
    ],
)
def test_only_euro_to_an_iban_has_one(currency: str, iban: str, minor: int, may: bool) -> None:
    assert qr.may_have_code(currency=currency, iban=iban, minor=minor) == may
