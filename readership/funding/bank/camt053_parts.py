"""The parts of a CAMT.053 file: balances, entries, and what a batch booking is made of. Tags are without namespace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from readership.funding.bank.figures import plain_minor
from readership.funding.bank.records import StatementLine
from readership.funding.errors import LineUnclear

OUR_SUMS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
MOST_NAMED = 20  # end-to-end references of a batch that stays one line
# Where each version keeps the other side, by whether money came in.
OTHER_SIDE = {True: ("Dbtr", "UltmtDbtr", "DbtrAcct"), False: ("Cdtr", "UltmtCdtr", "CdtrAcct")}


@dataclass(frozen=True)
class Entry:
    """What an entry says of itself, before its parts are told."""

    element: Element
    booked_on: date
    amount_minor: int
    currency: str
    is_reversal: bool


@dataclass(frozen=True)
class Detail:
    """One part of an entry. `amount_minor` is None when it names no sum in the currency of the account."""

    amount_minor: int | None
    line: StatementLine


def balance(element: Element) -> tuple[int, date | None, str]:
    amount = element.find("Amt")
    if amount is None:
        raise LineUnclear(_("A balance names no sum."))
    currency = amount.get("Ccy", "")
    on = element.findtext("Dt/Dt") or element.findtext("Dt/DtTm")
    return _signed(element, amount), date.fromisoformat(on.strip()[:10]) if on else None, currency


def is_booked(entry: Element) -> bool:
    """The state is a code of its own since version 04; a batch asks before its entry was read to the end."""
    state = entry.findtext("Sts/Cd") or entry.findtext("Sts") or ""
    return state.strip() == "BOOK"


def entry_of(element: Element) -> Entry:
    amount = element.find("Amt")
    on = _first(element, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    if amount is None or not on:
        raise LineUnclear(_("An entry names no sum or no day."))
    return Entry(
        element=element,
        booked_on=date.fromisoformat(on[:10]),
        amount_minor=_signed(element, amount),
        currency=amount.get("Ccy", ""),
        is_reversal=element.findtext("RvslInd", "").strip() in {"true", "1"},
    )


def detail_of(element: Element, entry: Entry) -> Detail:
    amounts = (element.find(path) for path in OUR_SUMS)
    ours = next((one for one in amounts if one is not None and one.get("Ccy") == entry.currency), None)
    is_in = (element.findtext("CdtDbtInd") or entry.element.findtext("CdtDbtInd") or "").strip() == "CRDT"
    minor = None
    if ours is not None:
        minor = plain_minor(ours.text or "", entry.currency) * (1 if is_in else -1)
    return Detail(amount_minor=minor, line=_line(element, entry, is_in=is_in))


def line_of(part: Detail, amount_minor: int) -> StatementLine:
    return replace(part.line, amount_minor=amount_minor)


def whole_line(entry: Entry, parts: list[Detail]) -> StatementLine:
    """An entry without parts, or whose parts do not name sums that add up: one line, with what all of them say."""
    line = _line(Element("TxDtls"), entry, is_in=entry.amount_minor > 0)
    named = [part.line.references.get("EndToEndId", "") for part in parts[:MOST_NAMED]]
    references = {**line.references, **({"EndToEndId": " ".join(filter(None, named))} if any(named) else {})}
    texts = [part.line.text for part in parts[:MOST_NAMED] if part.line.text]
    return replace(line, references=references, text=line.text or " · ".join(texts))


def _line(element: Element, entry: Entry, *, is_in: bool) -> StatementLine:
    return StatementLine(
        booked_on=entry.booked_on,
        amount_minor=entry.amount_minor,
        currency=entry.currency,
        name=_name(element, OTHER_SIDE[is_in]),
        remitter_account=_account(element, OTHER_SIDE[is_in][2]),
        references=dict(_references(element, entry.element)),
        text=_text(element, entry.element),
        is_reversal=entry.is_reversal,
    )


def _signed(element: Element, amount: Element) -> int:
    minor = plain_minor(amount.text or "", amount.get("Ccy", ""))
    side = element.findtext("CdtDbtInd", "").strip()
    if side not in {"CRDT", "DBIT"}:
        raise LineUnclear(_("An entry does not say whether money came or left."))
    return minor if side == "CRDT" else -minor


def _name(element: Element, side: tuple[str, str, str]) -> str:
    """Who paid and, when it is somebody else, for whom."""
    parties = element.find("RltdPties")
    if parties is None:
        return ""
    name = _first(parties, f"{side[0]}/Nm", f"{side[0]}/Pty/Nm")
    behind = _first(parties, f"{side[1]}/Nm", f"{side[1]}/Pty/Nm")
    return f"{name} ({behind})" if name and behind and behind != name else name or behind


def _account(element: Element, side: str) -> str:
    return _first(element, f"RltdPties/{side}/Id/IBAN", f"RltdPties/{side}/Id/Othr/Id")


def _references(element: Element, entry: Element) -> Iterator[tuple[str, str]]:
    """Every reference that the bank gave, by the name of its field."""
    for name in ("NtryRef", "AcctSvcrRef"):
        if value := _first(entry, name):
            yield f"Ntry/{name}", value
    for reference in element.iterfind("Refs/*"):
        value = (reference.text or "").strip() or _first(reference, "Ref")
        if value:
            yield reference.tag, value
    for number, strd in enumerate(element.iterfind("RmtInf/Strd")):
        suffix = f"/{number + 1}" if number else ""
        if value := _first(strd, "CdtrRefInf/Ref"):
            yield f"CdtrRef{suffix}", value
        if value := _first(strd, "RfrdDocInf/Nb"):
            yield f"RfrdDocNb{suffix}", value
    if value := _first(element, "RltdRmtInf/RmtId"):
        yield "RmtId", value
    if value := _joined(element, "RmtInf/Ustrd"):
        yield "Ustrd", value


def _text(element: Element, entry: Element) -> str:
    told = (
        _joined(element, "RmtInf/Ustrd"),
        _joined(element, "RmtInf/Strd/AddtlRmtInf"),
        _first(element, "AddtlTxInf"),
        _first(entry, "AddtlNtryInf"),
    )
    return next(filter(None, told), "")


def _joined(element: Element, path: str) -> str:
    return " ".join((one.text or "").strip() for one in element.iterfind(path)).strip()


def _first(element: Element, *paths: str) -> str:
    return next(filter(None, ((element.findtext(path) or "").strip() for path in paths)), "")
