"""CAMT.053 as banks of four countries deliver it, in five versions; and what is none (attack I11)."""

from __future__ import annotations

from datetime import date

import pytest

from readership.funding.bank.records import StatementEnd, StatementHead, StatementLine
from readership.funding.errors import CutShort, DoesNotAddUp, LineUnclear, NotAStatement
from readership.funding.tests.bank_makers import camt053, content, entry, lines, records, records_of

DTD = b'<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_german_statement_has_its_gift_its_batch_and_its_fee() -> None:
    head, gift, first, second, fee, end = records("camt053_02_savings_bank_de.xml")

    assert head == StatementHead("DE89370400440532013000", "42", "EUR", date(2026, 2, 27), 100_000)
    assert gift == StatementLine(
        booked_on=date(2026, 3, 2),
        amount_minor=2_500,
        currency="EUR",
        name="Ann Salt",
        remitter_account="DE02120300000000202051",
        references={
            "Ntry/AcctSvcrRef": "2026030211223344",
            "EndToEndId": "NOTPROVIDED",
            "TxId": "TX-0001",
            "Ustrd": "Spende rf74 7k2m 9qx4 tb danke",
        },
        text="Spende rf74 7k2m 9qx4 tb danke",
    )
    assert isinstance(first, StatementLine)
    assert isinstance(second, StatementLine)
    assert isinstance(fee, StatementLine)
    assert [(part.amount_minor, part.name, part.text) for part in (first, second)] == [
        (1_500, "Jörg Müller", "Für die Zeitung"),
        (2_500, "Zoë Barta", "Weiter so"),
    ]
    assert fee.amount_minor == -390
    assert end == StatementEnd(closing_minor=106_110, to_on=date(2026, 3, 2))


def test_a_dutch_one_keeps_every_reference_and_who_is_behind_the_remitter() -> None:
    (gift,) = lines("camt053_02_cooperative_nl.xml")

    assert gift.name == "J. de Vries (Stichting Het Licht)"
    assert gift.references == {
        "Ntry/NtryRef": "00000000001",
        "Ntry/AcctSvcrRef": "OO9T001234567",
        "InstrId": "INSTR-9",
        "EndToEndId": "E2E-NL-7",
        "MndtId": "MNDT-3",
        "CdtrRef": "RF747K2M9QX4TB",
    }


def test_a_swiss_one_has_accounts_that_are_no_iban_and_an_entry_taken_back() -> None:
    first, *_parts, taken_back = lines("camt053_04_post_ch.xml")

    assert (first.remitter_account, first.text) == ("25-9034-2", "Gönnerbeitrag")
    assert first.references["CdtrRef"] == "210000000003139471430009017"
    assert first.references["Prtry"] == "CH26-1"
    assert (taken_back.amount_minor, taken_back.is_reversal) == (-1_000, True)


def test_version_08_has_its_own_places_and_what_is_pending_is_left_out() -> None:
    told = records("camt053_08_bank_de.xml")

    (gift,) = [one for one in told if isinstance(one, StatementLine)]
    assert (gift.name, gift.amount_minor) == ("Ann Salt", 3_000)
    assert gift.references["RmtId"] == "RMT-5"
    assert gift.references["UETR"] == "8a562c67-ca16-48ba-b074-65581be6f066"
    assert [one.statement_ref for one in told if isinstance(one, StatementHead)] == ["43", "44"]
    assert sum(isinstance(one, StatementEnd) for one in told) == 2


def test_a_batch_whose_parts_name_no_sums_is_one_line_with_all_they_say() -> None:
    (whole,) = lines("camt053_12_bank_fi.xml")

    assert (whole.amount_minor, whole.references["EndToEndId"]) == (750, "A B")


def test_a_batch_of_thousands_of_parts_is_told_part_by_part_and_must_add_up() -> None:
    part = '<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">0.01</Amt></TxAmt></AmtDtls></TxDtls>'
    batch = (
        entry("50.00")
        .replace("<NtryDtls>", f"<NtryDtls>{part * 4_999}")
        .replace("<TxDtls><Refs>", f"{part}<TxDtls><Refs>", 1)
    )
    whole = batch[: batch.index("<TxDtls><Refs>")] + "</NtryDtls></Ntry>"

    told = records_of(camt053(whole, closing="50.00"), "camt053")
    assert sum(isinstance(one, StatementLine) for one in told) == 5_000
    with pytest.raises(DoesNotAddUp):
        records_of(camt053(whole.replace("50.00", "50.01", 1), closing="50.01"), "camt053")


@pytest.mark.parametrize("end", [1, 60, 300, 900, 1_500, 3_000, -30, -1])
def test_one_that_was_cut_short_is_refused_wherever_it_was_cut(end: int) -> None:
    whole = content("camt053_02_savings_bank_de.xml").rstrip()

    with pytest.raises((CutShort, NotAStatement)):
        records_of(whole[:end], "camt053")


def test_cut_between_two_entries_it_says_so() -> None:
    whole = content("camt053_02_savings_bank_de.xml")

    with pytest.raises(CutShort):
        records_of(whole[: whole.rindex(b"<Ntry>")], "camt053")


@pytest.mark.parametrize(
    "wrong",
    [
        b"<html><body>Please sign in</body></html>",
        b"<Document/>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
        b"<a><b></a>",
        b"\xff\xfe<\x00a",
        b"<" * 100,
        b'<?xml version="1.0" encoding="klingon"?><Document/>',
    ],
)
def test_what_is_no_statement_is_refused(wrong: bytes) -> None:
    with pytest.raises((NotAStatement, CutShort)):
        records_of(wrong, "camt053")


@pytest.mark.parametrize("kind", [b"052", b"054"])
def test_its_sisters_are_refused_by_name(kind: bytes) -> None:
    sister = content("camt053_02_cooperative_nl.xml").replace(b"camt.053", b"camt." + kind)

    with pytest.raises(NotAStatement, match=f"CAMT.{kind.decode()}"):
        records_of(sister, "camt053")


@pytest.mark.parametrize(
    "dtd",
    [
        DTD,
        b'<!DOCTYPE Document SYSTEM "http://198.51.100.7/x.dtd">',
        b'<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b"<!DOCTYPE Document>",
    ],
)
def test_i11_names_of_its_own_are_refused_before_they_are_read(dtd: bytes) -> None:
    with pytest.raises(NotAStatement, match="DTD"):
        records_of(camt053(closing="0.00").replace(b"<Document", dtd + b"<Document", 1), "camt053")


def test_i11_nothing_is_nested_without_end() -> None:
    with pytest.raises(NotAStatement):
        records_of(camt053("<a>" * 10_000 + "</a>" * 10_000, closing="0.00"), "camt053")


@pytest.mark.parametrize("amount", ["", "abc", "1.005", "1,234.00", "1e5", "--5", "NaN", "9" * 16])
def test_a_sum_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(LineUnclear):
        records_of(camt053(entry(amount), closing="0.00"), "camt053")


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("CRDT</CdtDbtInd><Sts>", "</CdtDbtInd><Sts>"),
        ("<Dt>2026-03-02</Dt></BookgDt>", "<Dt>31.02.2026</Dt></BookgDt>"),
    ],
)
def test_an_entry_that_lacks_what_it_must_have_is_refused(wanted: str, written: str) -> None:
    with pytest.raises((LineUnclear, NotAStatement)):
        records_of(camt053(entry().replace(wanted, written), closing="25.00"), "camt053")


def test_without_a_closing_balance_nobody_can_check_it() -> None:
    with pytest.raises(NotAStatement, match="closing balance"):
        records_of(camt053(entry(), closing="25.00").replace(b"CLBD", b"CLAV"), "camt053")


def test_k23_sums_beyond_any_float_are_read_to_the_cent() -> None:
    (line,) = [
        one
        for one in records_of(camt053(entry("90071992547409.93"), closing="0"), "camt053")
        if isinstance(one, StatementLine)
    ]

    assert line.amount_minor == 9_007_199_254_740_993
