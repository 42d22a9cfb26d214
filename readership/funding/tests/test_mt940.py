"""MT940 as banks of four countries write it, and what is none (attack I11)."""

from __future__ import annotations

from datetime import date

import pytest

from readership.funding.bank.records import StatementEnd, StatementHead, StatementLine
from readership.funding.errors import CutShort, LineUnclear, NotAStatement
from readership.funding.tests.bank_makers import content, lines, records, records_of

HEAD = ":20:A\r\n:25:DE89370400440532013000\r\n:28C:1/1\r\n:60F:C260301EUR0,00\r\n"


def test_a_german_one_has_numbered_parts_and_an_entry_taken_back() -> None:
    head, gift, fee, taken_back, end = records("mt940_savings_bank_de.sta")

    assert head == StatementHead("37040044/0532013000", "00042/001", "EUR", date(2026, 2, 27), 100_000)
    assert isinstance(gift, StatementLine)
    assert (gift.booked_on, gift.amount_minor) == (date(2026, 3, 2), 2_500)
    assert (gift.name, gift.remitter_account) == ("ANN SALT UND SOHN", "DE02120300000000202051")
    assert gift.text == "Spende rf747k2m9qx4tb danke"
    assert gift.references == {"61//": "2026030211223344", "10": "9310", "SVWZ": gift.text}
    assert isinstance(fee, StatementLine)
    assert isinstance(taken_back, StatementLine)
    assert (fee.amount_minor, fee.is_reversal) == (-390, False)
    assert (taken_back.amount_minor, taken_back.is_reversal) == (-1_000, True)
    assert end == StatementEnd(closing_minor=101_110, to_on=date(2026, 3, 2))


def test_a_dutch_one_in_its_envelope_has_parts_with_names() -> None:
    (gift,) = lines("mt940_ing_nl.940")

    assert (gift.name, gift.remitter_account, gift.text) == ("J. DE VRIES", "NL20INGB0001234567", "RF747K2M9QX4TB")
    assert gift.references["EREF"] == "E2E-NL-7"


def test_another_dutch_one_has_other_parts_and_short_decimals() -> None:
    (gift,) = lines("mt940_abn_nl.sta")

    assert (gift.amount_minor, gift.name, gift.remitter_account) == (1_250, "P. JANSEN", "NL20INGB0001234567")
    assert gift.text == "gift 7K2M9-QX4TB for the paper"


def test_a_polish_one_numbers_its_parts_with_another_sign() -> None:
    (gift,) = lines("mt940_mbank_pl.sta")

    assert (gift.currency, gift.amount_minor) == ("PLN", 10_000)
    assert (gift.name, gift.text) == ("JAN KOWALSKI UL. PROSTA 1", "Darowizna dla redakcji RF747K2M9QX4TB")


def test_a_swedish_one_is_free_text() -> None:
    gift, fee = lines("mt940_seb_se.sta")

    assert (gift.text, gift.references["61//"]) == ("GAVA TILL TIDNINGEN KARIN NORDIN", "5490990012")
    assert fee.amount_minor == -1_500


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_of_old_programs_is_read(encoding: str) -> None:
    text = HEAD + ":61:2603020302C5,NTRFNONREF\r\n:86:166?00GUT?20Für uns?32Jörg Müller\r\n:62F:C260302EUR5,\r\n-\r\n"

    (line,) = [one for one in records_of(text.encode(encoding), "mt940") if isinstance(one, StatementLine)]

    assert (line.name, line.text) == ("Jörg Müller", "Für uns")


def test_a_statement_longer_than_what_the_library_sees_at_once_loses_nothing() -> None:
    some = "".join(f":61:2603020302C0,01NTRFREF{number}\r\n:86:166?20Gabe {number}\r\n" for number in range(1_234))
    text = f"{HEAD}{some}:62F:C260302EUR12,34\r\n-\r\n"

    told = records_of(text.encode(), "mt940")

    assert [one.text for one in told if isinstance(one, StatementLine)] == [f"Gabe {number}" for number in range(1_234)]


def test_several_statements_in_one_file_are_several() -> None:
    told = records_of(content("mt940_abn_nl.sta") + content("mt940_savings_bank_de.sta"), "mt940")

    assert [one.opening_minor for one in told if isinstance(one, StatementHead)] == [3_766, 100_000]
    assert [one.closing_minor for one in told if isinstance(one, StatementEnd)] == [5_016, 101_110]


def test_a_booking_of_the_last_days_of_a_year_keeps_its_year() -> None:
    text = HEAD + ":61:2601021231C5,NTRFNONREF\r\n:86:x\r\n:62F:C260102EUR5,\r\n"

    (line,) = [one for one in records_of(text.encode(), "mt940") if isinstance(one, StatementLine)]

    assert line.booked_on == date(2025, 12, 31)


@pytest.mark.parametrize("end", ["\n:62F:", "\n:61:2603020302DR", "\n:86:808"])
def test_one_that_was_cut_short_is_refused(end: str) -> None:
    whole = content("mt940_savings_bank_de.sta").replace(b"\r", b"").decode()

    with pytest.raises(CutShort):
        records_of(whole[: whole.index(end)].encode(), "mt940")


@pytest.mark.parametrize(
    "wrong",
    [
        ":20:A\r\n:25:1\r\n:61:2603020302C5,NTRFNONREF\r\n:62F:C260302EUR5,\r\n",
        ":20:A\r\n",
        ":20:A\r\n:25:1\r\n:28C:1\r\n:60F:X260301EUR0,00\r\n:62F:C260301EUR0,00\r\n",
        HEAD + ":61:2603020302X5,NTRF\r\n:62F:C260302EUR5,\r\n",
        HEAD + ":61:2613420302C5,NTRFNONREF\r\n:62F:C260302EUR5,\r\n",
        HEAD + ":61:2603020302C5,005NTRFNONREF\r\n:62F:C260302EUR5,\r\n",
        HEAD + ":62F:C260302XXXX,\r\n",
        HEAD + "x\r\n" * 1_000 + ":62F:C260302EUR0,\r\n",
    ],
)
def test_what_is_no_statement_is_refused(wrong: str) -> None:
    with pytest.raises((NotAStatement, LineUnclear, CutShort)):
        records_of(wrong.encode(), "mt940")


def test_the_sentence_says_which_line() -> None:
    with pytest.raises(LineUnclear, match="Line 5 of this file"):
        records_of((HEAD + ":61:rubbish\r\n:62F:C260302EUR0,\r\n").encode(), "mt940")
