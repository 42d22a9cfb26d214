"""MT940, SWIFT's older statement, with the library mt-940, which knows its many dialects.

The library reads a text at once. We hand it a statement in pieces, each with the head of the whole, so that
memory stays flat also where one statement is the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import IO, Any

from django.utils.translation import gettext as _
from mt940.models import Transactions
from mt940.options import Options

from readership.funding.bank.mt940_details import details_of
from readership.funding.bank.records import Record, StatementEnd, StatementHead, StatementLine
from readership.funding.bank.texts import encoding_of, lines_of
from readership.funding.errors import CutShort, LineUnclear, NotAStatement, UnknownCurrency
from readership.funding.money import exponent

TAG = re.compile(r":(\d{2}[A-Z]?|NS):")
AT_ONCE = 200  # lines of a statement that the library sees together
LONGEST_FIELD = 20_000
OPENING, CLOSING = ("60F", "60M", "60"), ("62F", "62M", "62")
# The library's names for them.
BALANCES = ("final_{}_balance", "intermediate_{}_balance", "{}_balance")


@dataclass
class _Piece:
    """A field of the file: its tag and what stands behind it, with where it begins for whoever must mend it."""

    tag: str
    number: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        if self.tag == "61":
            # The library takes one line of additions; some banks write more.
            return f":61:{self.lines[0]}\n{' '.join(self.lines[1:])}".rstrip()
        return f":{self.tag}:" + "\n".join(self.lines)


def read_mt940(file: IO[bytes]) -> Iterator[Record]:
    """Raises StatementRefused: at the first record, or at any later one."""
    text = lines_of(file, encoding_of(file))
    try:
        yield from _statements(_pieces(text))
    finally:
        text.detach()


def _pieces(lines: Iterator[str]) -> Iterator[_Piece]:
    """Fields from the first `:20:` on; what envelopes stand between statements belongs to none."""
    piece: _Piece | None = None
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        match = TAG.match(line)
        if match and (match[1] == "20" or piece):
            if piece:
                yield piece
            piece = _Piece(match[1], number, [line[match.end() :]])
        elif line == "-" or line.startswith(("-}", "{")):
            # The end of a message: nothing until the next one belongs to a field.
            if piece:
                yield piece
            piece = None
        elif piece:
            piece.lines.append(line)
            if len(piece.lines) * 65 > LONGEST_FIELD:
                raise _unclear(piece)
    if piece:
        yield piece


def _statements(pieces: Iterator[_Piece]) -> Iterator[Record]:
    count = 0
    for is_first, group in groupby(pieces, key=_Numbered()):
        count = is_first
        yield from _statement(group)
    if not count:
        raise NotAStatement


class _Numbered:
    """Which statement of the file a field belongs to."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, piece: _Piece) -> int:
        self._number += piece.tag == "20"
        return self._number


def _statement(pieces: Iterator[_Piece]) -> Iterator[Record]:
    top: list[_Piece] = []
    head: StatementHead | None = None
    waiting: list[_Piece] = []
    count = 0
    end: _Piece | None = None
    for piece in pieces:
        if end:
            continue  # What comes after the closing balance is for people.
        if piece.tag in CLOSING:
            end = piece
        elif piece.tag == "61" or head:
            if head is None:
                head = _head(top)
                yield head
            if piece.tag == "61" and count >= AT_ONCE:
                yield from _lines(top, waiting)
                waiting, count = [], 0
            waiting.append(piece)
            count += piece.tag == "61"
        else:
            top.append(piece)
    if end is None:
        raise CutShort
    if head is None:
        head = _head(top)
        yield head
    yield from _lines(top, waiting)
    closing = _parsed([*_identity(top), end]).data
    minor, on, _currency = _balance(closing, "closing", end)
    yield StatementEnd(closing_minor=minor, to_on=on)


def _head(top: list[_Piece]) -> StatementHead:
    if not any(piece.tag in OPENING for piece in top):
        raise NotAStatement(_("This statement names no opening balance, so nobody can check it."))
    told = _parsed(top).data
    minor, on, currency = _balance(told, "opening", top[-1])
    number = "/".join(filter(None, (str(told.get("statement_number") or ""), str(told.get("sequence_number") or ""))))
    return StatementHead(
        account=str(told.get("account_identification") or "").strip(),
        statement_ref=number[:80],
        currency=currency,
        from_on=on,
        opening_minor=minor,
    )


def _lines(top: list[_Piece], pieces: list[_Piece]) -> Iterator[StatementLine]:
    opening = [piece for piece in top if piece.tag in OPENING]
    if not pieces:
        return
    told = _parsed([*_identity(top), *opening, *pieces])
    for transaction in told.transactions:
        if "status" in transaction.data:
            yield _line(transaction.data, pieces[0])
    # Each knows the others: without this they would all wait for the collector.
    told.transactions.clear()


def _line(told: dict[str, Any], near: _Piece) -> StatementLine:
    amount, status = told["amount"], str(told["status"]).upper()
    minor = _minor(amount.amount, amount.currency or "", near)
    name, account, references, text = details_of(told)
    return StatementLine(
        booked_on=_date(told.get("entry_date")) or _date(told["date"]) or date.min,
        amount_minor=minor,
        currency=amount.currency or "",
        name=name,
        remitter_account=account,
        references=references,
        text=text,
        is_reversal=status.startswith("R"),
    )


def _identity(top: list[_Piece]) -> list[_Piece]:
    return [piece for piece in top if piece.tag == "20"]


def _parsed(pieces: list[_Piece]) -> Transactions:
    told = Transactions(options=Options.all())
    try:
        told.parse("\n".join(piece.text for piece in pieces))
    except (RuntimeError, ValueError, ArithmeticError, KeyError, TypeError) as strange:
        raise _unclear(pieces[-1]) from strange
    return told


def _balance(told: dict[str, Any], which: str, near: _Piece) -> tuple[int, date | None, str]:
    found = next((told[name.format(which)] for name in BALANCES if name.format(which) in told), None)
    if found is None:
        raise _unclear(near)
    currency = str(found.amount.currency or "").upper()
    return _minor(found.amount.amount, currency, near), _date(found.date), currency


def _minor(amount: Decimal, currency: str, near: _Piece) -> int:
    try:
        minor = amount.scaleb(exponent(currency))
    except UnknownCurrency as unknown:
        raise _unclear(near) from unknown
    if minor != int(minor):
        raise _unclear(near)
    return int(minor)


def _date(told: Any) -> date | None:
    return date(told.year, told.month, told.day) if isinstance(told, date) else None


def _unclear(piece: _Piece) -> LineUnclear:
    return LineUnclear(
        _("Line %(number)s of this file cannot be read: %(line)s") % {"number": piece.number, "line": piece.text[:60]}
    )
