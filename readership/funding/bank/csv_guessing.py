"""What a bank's CSV file seems to be: where its headings stand, and which column holds what. The treasurer decides."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from readership.funding.bank.csv_figures import decimal_mark_of
from readership.funding.bank.csv_lines import LONGEST_CELL, Mapping
from readership.funding.bank.texts import encoding_of, lines_of
from readership.funding.errors import NotAStatement

LOOKED_AT = 60  # lines of the file
SHOWN = 5
DELIMITERS = ";,\t|"
FEWEST_COLUMNS = 3
DATE_FORMATS = (
    "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y%m%d", "%Y/%m/%d", "%d %b %Y",
)  # fmt: skip
# What banks call their columns, in the order in which a better word wins.
WORDS = {
    "booked_on": "buchungstag|buchungsdatum|bokföringsd|bokförd|booking ?date|transaction date|completed date|dato"
    "|data księgowania|datum|data|date",
    "amount": "betrag|bedrag|belopp|amount|value|montant|importo|importe|kwota|beløb|umsatz",
    "came": "credit amount|credit|gutschrift|paid in|money in|haben|crédit|avere|wpływ",
    "left": "debit amount|debit|lastschrift|belastung|paid out|money out|soll|débit|dare|obciążenie",
    "side": "af bij|soll/haben|debit/credit|s/h|d/c|kennzeichen",
    "currency": "währung|waehrung|currency|valuta$|waluta|munt|devise",
    "name": "auftraggeber|zahlungspflichtig|beguenstigter|begünstigter|naam|counterparty|payee|payer|^name|nadawca"
    "|avsändare|donneur|tiers|nom ",
    "account": "kontonummer/iban|iban zahlungsbeteiligter|tegenrekening|counterparty account|iban|rachunek nadawcy",
    "text": "verwendungszweck|mededelingen|description|reference|beschreibung|omschrijving|libell|tytuł|tytułem|betreff"
    "|details|meddelande|memo|narrative",
    "reference": "kundenreferenz|end-to-end|payment reference|betalingskenmerk|transaction id|transactiereferentie"
    "|mandatsreferenz",
    "balance": "saldo na|saldo nach|saldo|balance|solde|kontostand",
    "own_account": "auftragskonto|^rekening$|iban auftragskonto|own account|account number",
}


LOOKED_FOR = (
    "booked_on", "side", "came", "left", "amount", "balance", "own_account", "account", "name", "text", "reference",
    "currency",
)  # fmt: skip


@dataclass(frozen=True)
class Guess:
    mapping: Mapping
    headings: list[str]
    rows: list[list[str]]


def guess(file: IO[bytes]) -> Guess:
    """Reads the first lines only. Raises NotAStatement where no row of headings is to be found."""
    encoding = encoding_of(file)
    text = lines_of(file, encoding)
    try:
        lines = [line for line, _number in zip(text, range(LOOKED_AT), strict=False)]
    finally:
        text.detach()
    delimiter, at = _table(lines)
    rows = _read(lines[at:], delimiter)
    headings, bookings = rows[0], rows[1:]
    columns = _columns(headings, bookings)
    return Guess(
        mapping=Mapping(
            columns=columns,
            delimiter=delimiter,
            encoding=encoding,
            date_format=_date_format(_column(headings, bookings, columns.get("booked_on"))),
            decimal_mark=decimal_mark_of(_column(headings, bookings, columns.get("amount") or columns.get("came"))),
            skipped_lines=at,
        ),
        headings=headings,
        rows=bookings[:SHOWN],
    )


def _table(lines: list[str]) -> tuple[str, int]:
    """The delimiter, and how many lines stand before the headings: the first row of words that is as wide as the
    widest row of the file."""
    best = max(DELIMITERS, key=lambda sign: max((len(row) for row in _read(lines, sign)), default=0))
    width = max((len(row) for row in _read(lines, best)), default=0)
    if width < FEWEST_COLUMNS:
        raise NotAStatement
    for at, line in enumerate(lines):
        cells = next(iter(_read([line], best)), [])
        filled = [cell for cell in cells if cell]
        if len(cells) >= width - 1 and len(filled) >= FEWEST_COLUMNS and not any(map(_is_figure, filled)):
            return best, at
    raise NotAStatement


def _read(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error as broken:
        raise NotAStatement from broken
    return [row for row in rows if any(row)]


def _columns(headings: list[str], rows: list[list[str]]) -> dict[str, str]:
    """Our fields to headings, none used twice. Of debit and credit columns the file has both or neither."""
    found: dict[str, str] = {}
    for field in LOOKED_FOR:
        heading = _best(WORDS[field], [one for one in headings if one and one not in found.values()])
        if heading:
            found[field] = heading
    if not {"came", "left"} <= set(found):
        for field in ("came", "left"):
            found.pop(field, None)
    elif "amount" not in found or not any(map(_is_figure, _column(headings, rows, found["amount"]))):
        found.pop("amount", None)
    else:
        del found["came"], found["left"]
    return found


def _best(words: str, headings: list[str]) -> str:
    for word in words.split("|"):
        for heading in headings:
            if re.search(word, heading.lower()):
                return heading
    return ""


def _column(headings: list[str], rows: list[list[str]], heading: str | None) -> list[str]:
    if heading is None or heading not in headings:
        return []
    at = headings.index(heading)
    return [row[at] for row in rows if len(row) > at and row[at]]


def _date_format(days: list[str]) -> str:
    """The first that reads most of them: a day before a month where both would do."""
    return max(DATE_FORMATS, key=lambda written: sum(_is_day(day, written) for day in days))


def _is_day(text: str, written: str) -> bool:
    try:
        datetime.strptime(text, written)  # noqa: DTZ007
    except ValueError:
        return False
    return True


def _is_figure(text: str) -> bool:
    return bool(re.search(r"[0-9]", text)) and not re.search(r"[A-Za-z]{4}", text)
