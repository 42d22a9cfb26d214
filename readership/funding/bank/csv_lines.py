"""A bank's CSV file, read by a mapping that says which column holds what. Each bank makes up its own.

Balances are checked where a column has them: from line to line, oldest first or newest first. A file without them
cannot be proved whole, only to be well formed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils.translation import gettext as _

from readership.funding.bank.csv_figures import read_signed
from readership.funding.bank.records import Record, StatementEnd, StatementHead, StatementLine
from readership.funding.bank.texts import lines_of
from readership.funding.errors import CutShort, DoesNotAddUp, LineUnclear, NotAStatement, WrongAccount

LONGEST_CELL = 10_000
MONEY_LEFT = {
    "s", "d", "af", "debit", "debet", "dbit", "dr", "soll", "out", "-", "lastschrift", "belastung", "obciążenie",
}  # fmt: skip
JOINED = " · "


@dataclass(frozen=True)
class Mapping:
    """`columns`: our field to the heading in the file. See FIELDS for the fields."""

    columns: dict[str, str]
    delimiter: str = ";"
    encoding: str = "utf-8"
    date_format: str = "%d.%m.%Y"
    decimal_mark: str = ","
    skipped_lines: int = 0


# Which of them a mapping may have. Either `amount`, with `side` where the figures carry no sign, or `came` and `left`.
FIELDS = (
    "booked_on", "amount", "side", "came", "left", "currency", "name", "account", "text", "text_2", "reference",
    "reference_2", "balance", "own_account",
)  # fmt: skip


@dataclass
class _Balances:
    """Whether each line's balance follows from the one before, in one order or the other."""

    may_rise: bool = True  # oldest first
    may_fall: bool = True
    first: tuple[int, int] | None = None  # (amount, balance)
    last: tuple[int, int] | None = None

    def add(self, amount: int, balance: int, number: int) -> None:
        if self.last:
            self.may_rise &= balance == self.last[1] + amount
            self.may_fall &= self.last[1] == balance + self.last[0]
            if not (self.may_rise or self.may_fall):
                raise DoesNotAddUp(
                    _("The balance in line %(number)s does not follow from the line before. Nothing was stored.")
                    % {"number": number}
                )
        self.first = self.first or (amount, balance)
        self.last = (amount, balance)

    @property
    def opening_and_closing(self) -> tuple[int | None, int | None]:
        if not self.first or not self.last:
            return None, None
        if self.may_rise:
            return self.first[1] - self.first[0], self.last[1]
        return self.last[1] - self.last[0], self.first[1]


def read_csv(
    file: IO[bytes], mapping: Mapping, *, currency: str, is_ours: Callable[[str], bool] = lambda _number: True
) -> Iterator[Record]:
    """`currency` is the account's, for files that name none; `is_ours` knows the account's number, for those that name
    it in each line. Both balances come with the end. Raises StatementRefused: at any record."""
    text = lines_of(file, mapping.encoding)
    try:
        rows = _rows(text, mapping)
        headings = next((cells for _number, cells in rows), [])
        places = _places(headings, mapping)
        yield StatementHead(currency=currency)
        balances = _Balances()
        for number, cells in _whole_rows(rows, places, len(headings)):
            line = _line(_Row(number, cells, places, mapping), currency, is_ours)
            if "balance" in places:
                balance = _figure(cells[places["balance"]], mapping, line.currency, number)
                balances.add(line.amount_minor, balance, number)
            yield line
        opening, closing = balances.opening_and_closing
        yield StatementEnd(closing_minor=closing, opening_minor=opening)
    except csv.Error as broken:
        raise NotAStatement(_("This file is no CSV: %(why)s") % {"why": broken}) from broken
    finally:
        text.detach()


def headings_of(file: IO[bytes], mapping: Mapping) -> list[str]:
    """The row of headings, as `mapping` finds it; empty when there is none."""
    text = lines_of(file, mapping.encoding)
    try:
        return next((cells for _number, cells in _rows(text, mapping)), [])
    except csv.Error:
        return []
    finally:
        text.detach()


def fits(file: IO[bytes], mapping: Mapping) -> bool:
    """Whether every column that `mapping` knows is in the file."""
    return set(mapping.columns.values()) <= set(headings_of(file, mapping))


def _rows(text: Iterator[str], mapping: Mapping) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) from the headings on, empty rows left out."""
    csv.field_size_limit(LONGEST_CELL)
    for _number in range(mapping.skipped_lines):
        next(text, "")
    reader = csv.reader(text, delimiter=mapping.delimiter)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield mapping.skipped_lines + reader.line_num, cells


def _places(headings: list[str], mapping: Mapping) -> dict[str, int]:
    if "booked_on" not in mapping.columns:
        raise NotAStatement
    missing = set(mapping.columns.values()) - set(headings)
    if missing:
        raise NotAStatement(_("This file has no column “%(name)s”. Has the bank changed it?") % {"name": min(missing)})
    return {field: headings.index(heading) for field, heading in mapping.columns.items()}


def _whole_rows(
    rows: Iterator[tuple[int, list[str]]], places: dict[str, int], count: int
) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold a booking. What follows the last of them is a footer; between two of them it is a fault."""
    strange: tuple[int, list[str]] | None = None
    wanted = max(places.values()) + 1
    for number, cells in rows:
        is_booking = len(cells) >= wanted and any(letter.isdigit() for letter in cells[places["booked_on"]])
        if not is_booking:
            strange = strange or (number, cells)
            continue
        if strange:
            raise _unclear(strange[0], " ".join(strange[1]))
        yield number, cells
    # A footer is words; the beginning of a booking is a day, and the rest of its row is missing.
    if strange and len(strange[1]) < count and _begins_with_figures(strange[1], places):
        raise CutShort


def _begins_with_figures(cells: list[str], places: dict[str, int]) -> bool:
    place = places["booked_on"]
    return len(cells) > place and sum(letter.isdigit() for letter in cells[place]) >= 4  # noqa: PLR2004


@dataclass(frozen=True)
class _Row:
    number: int
    cells: list[str]
    places: dict[str, int]
    mapping: Mapping

    def of(self, field: str) -> str:
        return self.cells[self.places[field]] if field in self.places else ""


def _line(row: _Row, currency: str, is_ours: Callable[[str], bool]) -> StatementLine:
    named = row.of("own_account")
    if named and not is_ours(named):
        raise WrongAccount(_("Line %(number)s belongs to another account.") % {"number": row.number})
    text = JOINED.join(filter(None, (row.of("text"), row.of("text_2"))))
    references = {field: row.of(field) for field in ("reference", "reference_2", "name", "text", "text_2")}
    currency = row.of("currency").upper() or currency
    return StatementLine(
        booked_on=_day(row),
        amount_minor=_amount(row, currency),
        currency=currency,
        name=row.of("name"),
        remitter_account=row.of("account"),
        references={field: value for field, value in references.items() if value},
        text=text,
    )


def _amount(row: _Row, currency: str) -> int:
    if "amount" in row.places:
        minor = _figure(row.of("amount"), row.mapping, currency, row.number)
        return -abs(minor) if row.of("side").lower() in MONEY_LEFT else minor
    came, left = row.of("came"), row.of("left")
    minor = _figure(came, row.mapping, currency, row.number) if came else 0
    return minor - (abs(_figure(left, row.mapping, currency, row.number)) if left else 0)


def _day(row: _Row) -> date:
    text = row.of("booked_on")
    try:
        # A day without a time zone is what a bank writes, and what we keep.
        return datetime.strptime(text, row.mapping.date_format).date()  # noqa: DTZ007
    except ValueError as wrong:
        raise _unclear(row.number, text) from wrong


def _figure(text: str, mapping: Mapping, currency: str, number: int) -> int:
    try:
        return read_signed(text, decimal_mark=mapping.decimal_mark, currency=currency)
    except LineUnclear as wrong:
        raise _unclear(number, text) from wrong


def _unclear(number: int, text: str) -> LineUnclear:
    return LineUnclear(
        _("Line %(number)s of this file cannot be read: %(line)s") % {"number": number, "line": text[:60]}
    )
