"""Statements of any length, written as they are read: piece by piece. Every line comes from another remitter."""

from __future__ import annotations

from collections.abc import Iterator

TEXT = "For the paper, with many thanks and the best of wishes to everybody who makes it"
CAMT053_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
    "<BkToCstmrStmt><Stmt><Id>BIG</Id><ElctrncSeqNb>1</ElctrncSeqNb><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id>"
    '</Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    '<Dt><Dt>2026-03-01</Dt></Dt></Bal><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{total}.00</Amt>'
    "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>\n"
)
CAMT053_ENTRY = (
    '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>'
    "<ValDt><Dt>2026-03-02</Dt></ValDt><AcctSvcrRef>ASR{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
    "<EndToEndId>E2E-{number}</EndToEndId></Refs><RltdPties><Dbtr><Nm>Giver {number}</Nm></Dbtr><DbtrAcct><Id>"
    "<IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
    "</TxDtls></NtryDtls></Ntry>\n"
)


def big_camt053(count: int) -> Iterator[bytes]:
    yield CAMT053_HEAD.format(total=count).encode()
    for number in range(count):
        yield CAMT053_ENTRY.format(number=number, text=TEXT).encode()
    yield b"</Stmt></BkToCstmrStmt></Document>"


def big_mt940(count: int) -> Iterator[bytes]:
    yield b":20:STARTUMS\r\n:25:DE89370400440532013000\r\n:28C:1/1\r\n:60F:C260301EUR0,00\r\n"
    for number in range(count):
        yield f":61:2603020302CR1,00N166NONREF//B{number}\r\n".encode()
        yield f":86:166?00GUTSCHRIFT?109310?20EREF+E2E-{number}?21SVWZ+{TEXT[:27]}?22{TEXT[27:54]}".encode()
        yield f"?23{TEXT[54:]}?30BYLADEM1001?31DE02120300000000202051?32Giver {number}\r\n".encode()
    yield f":62F:C260302EUR{count},00\r\n-\r\n".encode()


def big_csv(count: int) -> Iterator[bytes]:
    yield b"Day;Sum;Name;IBAN;Text;Balance\n"
    for number in range(count):
        yield f"2026-03-02;1.00;Giver {number};DE02120300000000202051;{TEXT} {number};{number + 1}.00\n".encode()
