"""CSV as five banks write it, read by the columns that were guessed or told; and what is none (attack I11)."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readership.funding.bank.csv_figures import decimal_mark_of, read_signed
from readership.funding.bank.csv_guessing import guess
from readership.funding.bank.csv_lines import Mapping, fits, read_csv
from readership.funding.bank.records import StatementEnd, StatementLine
from readership.funding.errors import CutShort, DoesNotAddUp, LineUnclear, NotAStatement, WrongAccount
from readership.funding.tests.bank_makers import content, lines, records, records_of

PLAIN = Mapping(columns={"booked_on": "Day", "amount": "Sum", "text": "Text"}, date_format="%Y-%m-%d", decimal_mark=".")
WITH_BALANCE = Mapping(columns={**PLAIN.columns, "balance": "Balance"}, date_format="%Y-%m-%d", decimal_mark=".")


def _read(text: str, mapping: Mapping = PLAIN) -> list[StatementLine]:
    told = list(read_csv(io.BytesIO(text.encode()), mapping, currency="EUR"))
    return [one for one in told if isinstance(one, StatementLine)]


def test_a_german_savings_bank_writes_windows_letters_short_years_and_a_comma() -> None:
    gift, fee = lines("csv_savings_bank_de.csv")

    assert (gift.booked_on, gift.amount_minor) == (date(2026, 3, 3), 102_500)
    assert (gift.name, gift.remitter_account) == ("Jörg Müller", "DE02120300000000202051")
    assert gift.text == "Für die Zeitung RF74 7K2M 9QX4 TB"
    assert (fee.amount_minor, fee.text) == (-390, "Kontoführung")


def test_a_german_direct_bank_begins_with_a_preamble_and_ends_with_a_footer() -> None:
    gift, server = lines("csv_direct_bank_de.csv")

    assert (gift.amount_minor, gift.name, gift.references["reference"]) == (1_250, "Zoë Barta", "E2E-77")
    assert server.amount_minor == -750


def test_a_dutch_one_says_beside_the_sum_whether_it_came_and_has_balances_newest_first() -> None:
    *told, end = records("csv_ing_nl.csv")

    assert [one.amount_minor for one in told if isinstance(one, StatementLine)] == [-4_000, 1_250]
    assert end == StatementEnd(closing_minor=1_016, opening_minor=3_766)


def test_a_british_one_has_a_column_for_each_side_and_balances_oldest_first() -> None:
    *told, end = records("csv_bank_uk.csv", currency="GBP")

    assert [one.amount_minor for one in told if isinstance(one, StatementLine)] == [2_500, -110_000, 200_000]
    assert end == StatementEnd(closing_minor=102_500, opening_minor=10_000)
    assert {one.currency for one in told if isinstance(one, StatementLine)} == {"GBP"}


def test_a_payment_company_names_the_currency_of_each_line() -> None:
    fee, gift = lines("csv_wise.csv")

    assert (gift.amount_minor, gift.name, gift.references["reference"]) == (2_000, "Ann Salt", "RF74 7K2M 9QX4 TB")
    assert fee.amount_minor == -225


def test_a_balance_that_does_not_follow_is_refused() -> None:
    wrong = content("csv_bank_uk.csv").replace(b"-975.00", b"-974.00")

    with pytest.raises(DoesNotAddUp, match="line 3"):
        records_of(wrong, "csv", currency="GBP")


def test_one_line_alone_cannot_say_in_which_order_it_is() -> None:
    told = list(read_csv(io.BytesIO(b"Day;Sum;Text;Balance\n2026-03-02;5.00;x;15.00\n"), WITH_BALANCE, currency="EUR"))

    assert told[-1] == StatementEnd(closing_minor=1_500, opening_minor=1_000)


def test_a_row_that_was_cut_short_is_refused() -> None:
    with pytest.raises(CutShort):
        _read("Day;Sum;Text\n2026-03-02;5.00;x\n2026-03-")
    with pytest.raises(LineUnclear):
        _read("Day;Text;Sum\n2026-03-02;x;5.00\n2026-03-02;x;")


def test_a_strange_row_between_bookings_is_named_and_at_the_end_it_is_a_footer() -> None:
    with pytest.raises(LineUnclear, match="Line 3"):
        _read("Day;Sum;Text\n2026-03-02;5.00;x\ntotal\n2026-03-02;6.00;x\n")

    assert len(_read("Day;Sum;Text\n2026-03-02;5.00;x\n\n;;\ntotal;5.00\n")) == 1


def test_another_banks_file_does_not_fit_and_says_which_column_is_missing() -> None:
    file = io.BytesIO(content("csv_wise.csv"))

    assert not fits(file, PLAIN)
    with pytest.raises(NotAStatement, match="“Day”"):
        _read("Date;Sum;Text\n2026-03-02;5.00;x\n")


def test_a_line_of_another_account_is_refused() -> None:
    mapping = Mapping(columns={**PLAIN.columns, "own_account": "Own"}, date_format="%Y-%m-%d", decimal_mark=".")
    file = io.BytesIO(b"Day;Sum;Text;Own\n2026-03-02;5.00;x;DE02120300000000202051\n")

    with pytest.raises(WrongAccount, match="Line 2"):
        list(read_csv(file, mapping, currency="EUR", is_ours=lambda named: named.endswith("13000")))


@pytest.mark.parametrize(
    "wrong", ["2026-02-31;5.00;x", "2026-03-02;5,00,1;x", "2026-03-02;five 5;x", "2026-03-02;1.005;x"]
)
def test_what_cannot_be_read_is_refused_with_its_line(wrong: str) -> None:
    with pytest.raises(LineUnclear, match="Line 2"):
        _read(f"Day;Sum;Text\n{wrong}\n")


@pytest.mark.parametrize(
    "wrong", [b"", b"a", b"one;two;three", b"\0\0;\0;\0", b"1;2;3\n4;5;6", b"x" * 20_000, b'"' * 9_999]
)
def test_of_what_is_no_table_nothing_is_guessed(wrong: bytes) -> None:
    with pytest.raises((NotAStatement, CutShort, LineUnclear)):
        records_of(wrong, "csv")


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("-1.234,56", ",", -123_456),
        ("1.234.567,8", ",", 123_456_780),
        ("1'234.50 CHF", ".", 123_450),
        ("1 234,50 €", ",", 123_450),
        ("1\u202f234,50\u00a0kr", ",", 123_450),
        ("12,00-", ",", -1_200),
        ("(12.00)", ".", -1_200),
        ("+5", ".", 500),
        ("−5,5", ",", -550),
        ("£1,440.50", ".", 144_050),
        ("EUR 7", ",", 700),
        ("0,10", ",", 10),
        ("5.000000", ".", 500),
    ],
)
def test_sums_are_read_as_they_are_written(text: str, mark: str, minor: int) -> None:
    assert read_signed(text, decimal_mark=mark, currency="EUR") == minor


@pytest.mark.parametrize(
    ("text", "mark"),
    [("1,23", "."), ("1.23", ","), ("1.2.3", "."), ("12.34,56", ","), ("", ","), ("1e5", "."), ("=1+1", ".")],
)
def test_what_could_be_two_sums_is_refused(text: str, mark: str) -> None:
    with pytest.raises(LineUnclear):
        read_signed(text, decimal_mark=mark, currency="EUR")


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.sampled_from(",."))
def test_k23_any_sum_comes_back_to_the_cent(minor: int, mark: str) -> None:
    other = {",": ".", ".": ","}[mark]
    whole, cents = divmod(abs(minor), 100)
    written = f"{'-' if minor < 0 else ''}{whole:,}".replace(",", other) + f"{mark}{cents:02}"

    assert read_signed(written, decimal_mark=mark, currency="EUR") == minor
    if whole:
        assert decimal_mark_of([written]) == mark


def test_days_before_months_are_guessed_where_both_would_do() -> None:
    made = guess(io.BytesIO(content("csv_bank_uk.csv")))

    assert made.mapping.date_format == "%d/%m/%Y"
    assert made.rows[0][0] == "02/03/2026"
