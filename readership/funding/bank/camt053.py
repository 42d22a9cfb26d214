"""CAMT.053, the statement of ISO 20022, in every version banks deliver. Read as it comes, whatever its size.

An entry is one line; of a batch that names its parts, each part is one, with all its references. Booked entries
only: what is pending may never come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from readership.funding.bank.camt053_parts import Detail, balance, detail_of, entry_of, is_booked, line_of, whole_line
from readership.funding.bank.records import Record, StatementEnd, StatementHead, StatementLine
from readership.funding.errors import CutShort, DoesNotAddUp, LineUnclear, NotAStatement

KIND = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.(\d{3})\.\d{3}\.\d{2}\}Document")
STATEMENT = "053"
DEEPEST = 40
LONGEST_BATCH = 2_000  # parts that are kept until the sum of the batch is known
OPENING, CLOSING, BETWEEN = ("OPBD", "PRCD"), ("CLBD",), "ITBD"
AT_THE_END = ("no element found", "unclosed token", "unclosed CDATA")


def read_camt053(file: IO[bytes]) -> Iterator[Record]:
    """Raises StatementRefused: at the first record, or at any later one."""
    walk = _Walk()
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                yield from walk.opened(element)
            else:
                yield from walk.closed(element)
    except DefusedXmlException as refused:
        raise NotAStatement(_("This file defines names of its own (a DTD), which no bank does.")) from refused
    except ParseError as broken:
        if str(broken).startswith(AT_THE_END):
            raise CutShort from broken
        line, column = broken.position
        raise NotAStatement(
            _("This file is broken at line %(line)s, column %(column)s.") % {"line": line, "column": column}
        ) from broken
    except (LookupError, ValueError, RecursionError) as strange:
        raise NotAStatement from strange


class _Walk:
    """Where we are in the file. What was read is taken out of the tree at once, so that it never grows."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._head: StatementHead | None = None
        self._batch: list[Detail] = []
        self._batch_minor = 0
        self._is_long_batch = False

    def opened(self, element: Element) -> Iterator[Record]:
        if not self._open:
            _check_kind(element.tag)
        if len(self._open) > DEEPEST:
            raise NotAStatement
        element.tag = element.tag.rpartition("}")[2]
        if element.tag == "Ntry" and self._head is None:
            self._head = _head(self._open[-1])
            yield self._head
        self._open.append(element)

    def closed(self, element: Element) -> Iterator[Record]:
        self._open.pop()
        if element.tag == "TxDtls":
            yield from self._part(element)
        elif element.tag == "Ntry":
            yield from self._entry(element)
        elif element.tag == "Stmt":
            yield from self._statement(element)
        else:
            return
        del self._open[-1][-1]

    def _part(self, element: Element) -> Iterator[StatementLine]:
        entry = entry_of(next(one for one in reversed(self._open) if one.tag == "Ntry"))
        self._batch.append(detail_of(element, entry))
        if len(self._batch) < LONGEST_BATCH or not is_booked(entry.element):
            return
        # Too many to wait for the sum of the batch: from here on they must add up.
        self._is_long_batch = True
        yield from self._told(entry.currency)

    def _told(self, currency: str) -> Iterator[StatementLine]:
        for part in self._batch:
            if part.amount_minor is None:
                raise LineUnclear(_("A part of a batch booking names no sum in %(currency)s.") % {"currency": currency})
            self._batch_minor += part.amount_minor
            yield line_of(part, part.amount_minor)
        self._batch.clear()

    def _entry(self, element: Element) -> Iterator[StatementLine]:
        if is_booked(element):
            yield from self._lines(element)
        self._batch.clear()
        self._batch_minor, self._is_long_batch = 0, False

    def _lines(self, element: Element) -> Iterator[StatementLine]:
        entry = entry_of(element)
        if self._is_long_batch:
            yield from self._told(entry.currency)
            if self._batch_minor != entry.amount_minor:
                raise DoesNotAddUp(_("The parts of a batch booking do not add up to its sum."))
        elif len(self._batch) == 1:
            yield line_of(self._batch[0], entry.amount_minor)
        elif self._batch and sum(part.amount_minor or 0 for part in self._batch) == entry.amount_minor:
            yield from self._told(entry.currency)
        else:
            yield whole_line(entry, self._batch)

    def _statement(self, element: Element) -> Iterator[Record]:
        head = self._head or _head(element)
        if self._head is None:
            yield head
        self._head = None
        yield _end(element, head.currency)


def _check_kind(tag: str) -> None:
    kind = KIND.fullmatch(tag)
    if not kind:
        raise NotAStatement
    if kind[1] != STATEMENT:
        raise NotAStatement(
            _("This is CAMT.%(kind)s, which has no balances to check. Please choose CAMT.053.") % {"kind": kind[1]}
        )


def _head(statement: Element) -> StatementHead:
    account = statement.findtext("Acct/Id/IBAN") or statement.findtext("Acct/Id/Othr/Id") or ""
    opening, on, currency = _balance(statement, OPENING, is_first=True)
    return StatementHead(
        account=account.strip(),
        statement_ref=(statement.findtext("LglSeqNb") or statement.findtext("ElctrncSeqNb") or _id(statement))[:80],
        currency=currency,
        from_on=_day(statement.findtext("FrToDt/FrDtTm")) or on,
        opening_minor=opening,
    )


def _id(statement: Element) -> str:
    return (statement.findtext("Id") or "").strip()


def _end(statement: Element, currency: str) -> StatementEnd:
    closing, on, closing_currency = _balance(statement, CLOSING, is_first=False)
    if closing is None or closing_currency != currency:
        raise NotAStatement(_("This statement names no closing balance, so nobody can check it."))
    return StatementEnd(closing_minor=closing, to_on=_day(statement.findtext("FrToDt/ToDtTm")) or on)


def _balance(statement: Element, kinds: tuple[str, ...], *, is_first: bool) -> tuple[int | None, date | None, str]:
    """The balance of one of `kinds`; else the first or last one between, as pages of a long statement have."""
    balances = statement.findall("Bal")
    wanted = [one for one in balances if one.findtext("Tp/CdOrPrtry/Cd") in kinds]
    between = [one for one in balances if one.findtext("Tp/CdOrPrtry/Cd") == BETWEEN]
    found = wanted or between
    return balance(found[0] if is_first else found[-1]) if found else (None, None, "")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()[:10]) if text else None
