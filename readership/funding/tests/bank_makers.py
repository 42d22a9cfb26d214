"""Accounts, promises and statements for tests. Files stand in statements/, made after what banks publish."""

from __future__ import annotations

import io
import itertools
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from readership.funding.bank.camt053 import read_camt053
from readership.funding.bank.csv_guessing import guess
from readership.funding.bank.csv_lines import read_csv
from readership.funding.bank.mt940 import read_mt940
from readership.funding.bank.records import Record, StatementLine
from readership.funding.models import BankAccount, BankLine, BankStatement, Campaign, Gift, GiftKind, GiftState
from readership.funding.reading import Reading, read_statement
from readership.funding.tests.makers import make_campaign, make_reader
from readership.readers.models import Reader

STATEMENTS = Path(__file__).parent / "statements"
IBAN = "DE89370400440532013000"
OTHER_IBAN = "DE02120300000000202051"
_numbers = itertools.count(1)


def content(name: str) -> bytes:
    return (STATEMENTS / name).read_bytes()


def records(name: str, *, currency: str = "EUR") -> list[Record]:
    """What the reader of its format makes of a file; of a CSV file, with the guessed columns."""
    return records_of(content(name), name, currency=currency)


def records_of(content: bytes, name: str, *, currency: str = "EUR") -> list[Record]:
    file = io.BytesIO(content)
    if name.startswith("camt053"):
        return list(read_camt053(file))
    if name.startswith("mt940"):
        return list(read_mt940(file))
    return list(read_csv(file, guess(file).mapping, currency=currency))


def lines(name: str, *, currency: str = "EUR") -> list[StatementLine]:
    return [record for record in records(name, currency=currency) if isinstance(record, StatementLine)]


def make_account(*, iban: str = IBAN, currency: str = "EUR", bic: str = "", other_number: str = "") -> BankAccount:
    return BankAccount.objects.create(
        holder="Die Laterne e.V.", iban=iban, bic=bic, other_number=other_number, currency=currency
    )


def make_promise(
    campaign: Campaign | None = None,
    *,
    amount_minor: int = 2_500,
    reference: str = "7K2M9QX4TB",
    giver_name: str = "",
    giver_email: str = "",
    state: GiftState = GiftState.PROMISED,
) -> Gift:
    campaign = campaign or make_campaign(currency="EUR")
    gift: Gift = Gift.objects.create(
        campaign=campaign,
        reference=reference,
        amount_minor=amount_minor,
        currency=campaign.currency,
        state=state,
        kind=GiftKind.TRANSFER,
        giver_name=giver_name,
        giver_email=giver_email,
        submission_key=f"promise-{next(_numbers)}",
    )
    return gift


def read(content: bytes, *, account: BankAccount | None = None, reader: Reader | None = None) -> Reading:
    return read_statement(
        file=io.BytesIO(content), file_name="statement.xml", account=account, read_by=reader or make_reader()
    )


def entry(
    amount: str = "25.00",
    *,
    text: str = "",
    name: str = "Ann Salt",
    iban: str = OTHER_IBAN,
    end_to_end: str = "NOTPROVIDED",
    day: str = "2026-03-02",
) -> str:
    """One entry of a CAMT.053 file. A sum that begins with a minus is money that left."""
    side, who = ("DBIT", "Cdtr") if amount.startswith("-") else ("CRDT", "Dbtr")
    return (
        f'<Ntry><Amt Ccy="EUR">{amount.removeprefix("-")}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
        f"<RltdPties><{who}><Nm>{escape(name)}</Nm></{who}><{who}Acct><Id><IBAN>{iban}</IBAN></Id></{who}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def camt053(*entries: str, opening: str = "0.00", closing: str, iban: str = IBAN, number: str = "1") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        f"<BkToCstmrStmt><Stmt><Id>S</Id><ElctrncSeqNb>{number}</ElctrncSeqNb><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{_balance('OPBD', opening)}{_balance('CLBD', closing)}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(kind: str, amount: str) -> str:
    side = "DBIT" if amount.startswith("-") else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount.removeprefix("-")}</Amt>'
        f"<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )


def make_line(
    *,
    amount: str = "25.00",
    text: str = "",
    name: str = "Ann Salt",
    iban: str = OTHER_IBAN,
    account: BankAccount | None = None,
    day: date = date(2026, 3, 2),
) -> BankLine:
    """Comes as lines do: on a statement."""
    account = account or BankAccount.objects.first() or make_account()
    one = entry(amount, text=text, name=name, iban=iban, end_to_end=f"E2E-{next(_numbers)}", day=day.isoformat())
    read(camt053(one, closing=amount, iban=account.iban))
    return BankLine.objects.latest("pk")


def make_stored_line(*, words: str, read_by: Reader) -> BankLine:
    """In dollars, with `words` wherever a bank or a remitter writes any."""
    account = make_account(iban="", other_number="021000021, 12345678", currency="USD")
    statement = BankStatement.objects.create(
        account=account, file_name=words[:255], file_hash="0" * 64, format="csv", currency="USD", read_by=read_by
    )
    line: BankLine = BankLine.objects.create(
        statement=statement,
        account=account,
        fingerprint=f"{next(_numbers):064}",
        booked_on=date(2026, 3, 2),
        amount_minor=2_500,
        currency="USD",
        remitter_name=words[:140],
        references={"Ustrd": words},
        text=words,
    )
    return line
