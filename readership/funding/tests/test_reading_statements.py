"""A bank's file is read whole or not at all, and each line of it counts once (attacks I11, K14, K20)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.db import connection

from readership.funding import reading
from readership.funding.bank.csv_guessing import guess
from readership.funding.bank.fingerprints import remitter_hash
from readership.funding.errors import (
    AlreadyRead,
    CutShort,
    DoesNotAddUp,
    LineUnclear,
    MappingMissing,
    NotAStatement,
    StatementRefused,
    WrongAccount,
)
from readership.funding.models import BankLine, BankStatement, CsvMapping, Gift, GiftState, LedgerEntry
from readership.funding.reading import save_mapping, settle_statement
from readership.funding.tests.bank_makers import (
    IBAN,
    OTHER_IBAN,
    STATEMENTS,
    camt053,
    content,
    entry,
    make_account,
    make_promise,
    read,
)
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump

pytestmark = pytest.mark.django_db
# Every file in statements/, with the account and the currency it is of.
ACCOUNTS = {
    "camt053_02_savings_bank_de.xml": (IBAN, "EUR"),
    "camt053_08_bank_de.xml": (IBAN, "EUR"),
    "camt053_02_cooperative_nl.xml": ("NL91ABNA0417164300", "EUR"),
    "camt053_04_post_ch.xml": ("CH9300762011623852957", "CHF"),
    "camt053_12_bank_fi.xml": ("FI2112345600000785", "EUR"),
    "mt940_savings_bank_de.sta": (IBAN, "EUR"),
    "mt940_ing_nl.940": ("NL91ABNA0417164300", "EUR"),
    "mt940_abn_nl.sta": ("NL91ABNA0417164300", "EUR"),
    "mt940_mbank_pl.sta": ("PL61109010140000071219812874", "PLN"),
    "mt940_seb_se.sta": ("SE4550000000058398257466", "SEK"),
    "csv_savings_bank_de.csv": (IBAN, "EUR"),
    "csv_direct_bank_de.csv": (IBAN, "EUR"),
    "csv_ing_nl.csv": ("NL91ABNA0417164300", "EUR"),
    "csv_bank_uk.csv": ("", "GBP"),
    "csv_wise.csv": (IBAN, "EUR"),
}


def test_every_dialect_is_tested() -> None:
    assert {file.name for file in STATEMENTS.iterdir()} == set(ACCOUNTS)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_k14_of_every_dialect_the_same_file_twice_adds_nothing(name: str) -> None:
    iban, currency = ACCOUNTS[name]
    account = make_account(iban=iban, currency=currency, other_number="" if iban else "30-12-34, 12345678")
    if name.startswith("csv"):
        save_mapping(account=account, name="Ours", mapping=guess(io.BytesIO(content(name))).mapping)

    first = read(content(name), account=account)

    assert first.new_lines_count == first.lines_count == BankLine.objects.count() > 0
    with pytest.raises(AlreadyRead, match=r"statement\.xml"):
        read(content(name), account=account)
    # The same statement as another file, which only its lines give away.
    again = read(content(name).replace(b"\n", b"\r\n") + b"\r\n", account=account)
    assert (again.lines_count, again.new_lines_count) == (first.lines_count, 0)


def test_k14_of_overlapping_statements_only_new_lines_are_added() -> None:
    make_account()
    monday, tuesday = entry("1.00", day="2026-03-02"), entry("2.00", day="2026-03-03")
    read(camt053(monday, closing="1.00"))

    both = read(camt053(monday, tuesday, closing="3.00"))

    assert (both.lines_count, both.new_lines_count) == (2, 1)
    assert sorted(BankLine.objects.values_list("amount_minor", flat=True)) == [100, 200]


@pytest.mark.parametrize(
    "other", [{"amount": "2.00"}, {"day": "2026-03-03"}, {"end_to_end": "E2E-2"}, {"text": "Other"}]
)
def test_k14_lines_that_differ_in_one_thing_are_two(other: dict[str, str]) -> None:
    make_account()
    read(camt053(entry(amount="1.00"), closing="1.00"))

    line = entry(**{"amount": "1.00", **other})

    assert read(camt053(line, closing=other.get("amount", "1.00"))).new_lines_count == 1


def test_two_lines_that_nothing_tells_apart_are_two_in_every_file() -> None:
    make_account()
    twins = [entry("5.00", text="For the paper")] * 2
    read(camt053(twins[0], closing="5.00"))

    assert read(camt053(*twins, closing="10.00")).new_lines_count == 1
    assert read(camt053(*twins, closing="10.00", number="2")).new_lines_count == 0
    assert BankLine.objects.count() == 2


@pytest.mark.parametrize("name", sorted(name for name in ACCOUNTS if not name.startswith("csv")))
def test_what_does_not_add_up_is_refused_and_nothing_of_it_is_stored(name: str) -> None:
    iban, currency = ACCOUNTS[name]
    make_account(iban=iban, currency=currency)
    whole = content(name)
    first = _first_amount(whole, name)
    wrong = whole.replace(first, first.replace(b"5", b"6", 1).replace(b"10", b"20", 1).replace(b"30", b"40", 1), 1)
    assert wrong != whole

    with pytest.raises(DoesNotAddUp, match="does not add up"):
        read(wrong)
    assert not BankStatement.objects.exists()


def _first_amount(whole: bytes, name: str) -> bytes:
    """The first sum of a line, with what stands around it."""
    if name.startswith("mt940"):
        start = whole.index(b":61:") + 14
        return whole[start : start + 9]
    start = whole.index(b"Amt Ccy", whole.index(b"Ntry>"))
    return whole[start : start + 22]


def test_of_a_file_whose_second_statement_does_not_add_up_nothing_is_stored() -> None:
    make_account()
    wrong = content("camt053_08_bank_de.xml").replace(
        b'"EUR">1091.10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-04</Dt></Dt></Bal>\n</Stmt>',
        b'"EUR">1091.11</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-04</Dt></Dt></Bal>\n</Stmt>',
    )

    with pytest.raises(DoesNotAddUp, match="Statement 44"):
        read(wrong)
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (0, 0)


def test_a_truncated_file_is_refused_and_nothing_of_it_is_stored() -> None:
    make_account()
    whole = camt053(*[entry("1.00", text=f"Gift {number}") for number in range(100)], closing="100.00")

    for end in range(200, len(whole) - 1, 3_001):
        with pytest.raises((CutShort, NotAStatement)):
            read(whole[:end])
    assert not BankStatement.objects.exists()


def test_after_a_failure_while_storing_the_same_file_is_gone_on_with_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account()
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    file = camt053(entry("1.00"), entry("2.00"), closing="3.00")
    with monkeypatch.context() as broken:
        broken.setattr(BankLine.objects, "bulk_create", _fails_the_second_time())
        with pytest.raises(OSError, match="full"):
            read(file)
    assert (BankStatement.objects.get().is_whole, BankLine.objects.count()) == (False, 1)

    found = read(file)

    assert (found.lines_count, found.new_lines_count) == (2, 2)
    assert (BankStatement.objects.get().is_whole, BankLine.objects.count()) == (True, 2)


def _fails_the_second_time() -> object:
    create, calls = BankLine.objects.bulk_create, []

    def fail(lines: list[BankLine], **how: Any) -> list[BankLine]:
        calls.append(lines)
        if len(calls) > 1:
            raise OSError("the disk is full")
        return create(lines, **how)

    return fail


def test_another_accounts_statement_is_refused_by_its_last_figures() -> None:
    account = make_account()

    for wanted in (account, None):
        with pytest.raises(WrongAccount, match="2051") as refused:
            read(camt053(closing="0.00", iban=OTHER_IBAN), account=wanted)
        assert OTHER_IBAN not in str(refused.value)
    assert not BankStatement.objects.exists()


def test_a_statement_in_another_currency_is_refused() -> None:
    make_account(currency="CHF")

    with pytest.raises(WrongAccount, match="CHF"):
        read(camt053(entry(), closing="25.00"))


def test_each_statement_of_a_file_finds_its_own_account() -> None:
    first, second = make_account(), make_account(iban=OTHER_IBAN)
    both = _zip(
        ("a.xml", camt053(entry("1.00"), closing="1.00")),
        ("b.xml", camt053(entry("2.00"), closing="2.00", iban=OTHER_IBAN)),
    )

    read(both)

    assert [line.amount_minor for line in first.lines.all()] == [100]
    assert [line.amount_minor for line in second.lines.all()] == [200]


def test_a_zip_of_days_is_read_in_their_order_without_what_is_for_people() -> None:
    make_account()
    days = [(f"{day}.xml", camt053(entry(f"{day}.00"), closing=f"{day}.00", number=str(day))) for day in (2, 1)]

    told = read(_zip(*days, ("statement.pdf", b"%PDF-1.7")))

    assert (told.statements_count, told.new_lines_count) == (2, 2)
    assert [one.statement_ref for one in BankStatement.objects.order_by("pk")] == ["1", "2"]


@pytest.mark.parametrize("packed", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500])
def test_a_broken_zip_is_refused(packed: bytes) -> None:
    make_account()
    with pytest.raises(StatementRefused):
        read(packed)
    with pytest.raises(StatementRefused):
        read(_zip(("a.xml", camt053(entry(), closing="25.00")))[:-30])


def test_i11_a_zip_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account()
    monkeypatch.setattr("readership.funding.bank.unpacking.MOST_BYTES", 1 << 20)

    with pytest.raises(NotAStatement, match="too large"):
        read(_zip(("a.xml", b"<" + b"a" * (4 << 20))))


def _zip(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files:
            archive.writestr(name, inside)
    return packed.getvalue()


def test_a_csv_file_needs_its_account_and_once_its_columns() -> None:
    account, file = make_account(), content("csv_wise.csv")
    make_account(iban=OTHER_IBAN)

    with pytest.raises(WrongAccount, match="choose the account"):
        read(file)
    with pytest.raises(MappingMissing):
        read(file, account=account)
    save_mapping(account=account, name="Ours", mapping=guess(io.BytesIO(file)).mapping)
    assert read(file, account=account).new_lines_count == 2


def test_columns_told_again_under_the_same_name_replace_the_first() -> None:
    account = make_account()
    for name in ("csv_wise.csv", "csv_ing_nl.csv"):
        save_mapping(account=account, name="Ours", mapping=guess(io.BytesIO(content(name))).mapping)

    assert CsvMapping.objects.get().columns["booked_on"] == "Datum"


@pytest.mark.parametrize("nothing", [b"", b"   \n", b"\x89PNG\r\n\x1a\n\0\0", b"Dear treasurer,\nplease find attached"])
def test_what_is_no_statement_is_refused_with_a_sentence(nothing: bytes) -> None:
    with pytest.raises(StatementRefused) as refused:
        read(nothing, account=make_account())
    assert str(refused.value).endswith(".")


def test_k20_no_whole_account_number_of_a_remitter_is_stored_anywhere() -> None:
    make_account()
    spaced = "DE02 1203 0000 0000 2020 51"
    read(
        camt053(
            entry(text=f"von {spaced} und {OTHER_IBAN}", end_to_end=OTHER_IBAN, name=f"Ann {spaced}"), closing="25.00"
        )
    )

    line = BankLine.objects.get()
    assert line.remitter_account_end == "2051"
    assert line.remitter_account_hash == remitter_hash(OTHER_IBAN) != remitter_hash(IBAN)
    assert OTHER_IBAN not in _everything_stored().replace(" ", "")


def _everything_stored() -> str:
    """Every cell of every table of funding and of the outbox, as the database has it."""
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if name.startswith(("funding", "outbox"))
        ]
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def test_the_hash_of_a_remitter_is_keyed(settings: object) -> None:
    first = remitter_hash(OTHER_IBAN)

    settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]

    assert remitter_hash("DE02 1203 0000 0000 2020 51") != first


def test_signs_that_no_database_takes_or_nobody_sees_are_left_out() -> None:
    account = make_account()
    save_mapping(account=account, name="Ours", mapping=guess(io.BytesIO(content("csv_wise.csv"))).mapping)
    strange = content("csv_wise.csv").replace(b"Received money", "Received\u202e mo\x07ney".encode())

    read(strange, account=account)

    assert BankLine.objects.filter(text="Received money").exists()


def test_a_sum_that_no_account_holds_is_refused() -> None:
    make_account()
    with pytest.raises(LineUnclear, match="too large"):
        read(camt053(entry("999999999999999.99"), closing="999999999999999.99"))


def test_what_pays_a_promise_beyond_doubt_is_settled_at_once_and_the_outbox_would_do_it_too() -> None:
    make_account()
    gift = make_promise(reference="7K2M9QX4TB")

    told = read(camt053(entry("25.00", text="RF74 7K2M 9QX4 TB"), closing="25.00"))

    assert told.settled_count == 1
    gift.refresh_from_db()
    assert gift.state == GiftState.RECEIVED
    OutboxItem.objects.get(kind="bank_statement")
    Pump().do_due()
    assert LedgerEntry.objects.count() == 1


def test_should_reading_die_before_it_settles_the_outbox_settles(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account()
    gift = make_promise(reference="7K2M9QX4TB")
    with monkeypatch.context() as patched:
        patched.setattr(reading, "settle_sure_lines", lambda _lines: 0)
        read(camt053(entry("25.00", text="RF747K2M9QX4TB"), closing="25.00"))
    assert not LedgerEntry.objects.exists()

    settle_statement(OutboxItem.objects.get(kind="bank_statement").payload)

    assert LedgerEntry.objects.get().gift == gift


def test_a_statement_keeps_what_it_says_of_itself() -> None:
    make_account()
    read(content("camt053_02_savings_bank_de.xml"))

    statement = BankStatement.objects.get()
    assert (statement.opening_minor, statement.closing_minor) == (100_000, 106_110)
    assert (statement.format, statement.statement_ref, statement.currency) == ("camt053", "42", "EUR")
    assert (str(statement.from_on), str(statement.to_on)) == ("2026-02-27", "2026-03-02")
    assert not Gift.objects.exists()


def test_references_are_stored_by_the_banks_own_names() -> None:
    make_account(iban="NL91ABNA0417164300")
    read(content("camt053_02_cooperative_nl.xml"))

    assert json.dumps(BankLine.objects.get().references, sort_keys=True) == json.dumps(
        {
            "CdtrRef": "RF747K2M9QX4TB",
            "EndToEndId": "E2E-NL-7",
            "InstrId": "INSTR-9",
            "MndtId": "MNDT-3",
            "Ntry/AcctSvcrRef": "OO9T001234567",
            "Ntry/NtryRef": "00000000001",
        }
    )
