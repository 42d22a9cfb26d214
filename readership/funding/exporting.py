"""The list of gifts as a table for the accountant, safe to open in any spreadsheet program (attack I04)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

from readership.funding.listing import GiftLine

# A cell that begins so is run as a formula: by some programs after a tab or a line end too, in some languages
# with a wide sign as well.
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
Cell = str | Decimal | date


def safe_text(text: str) -> str:
    """As CSV knows no types, an apostrophe tells the spreadsheet that this is text."""
    return f"'{text}" if text.startswith(STARTS_OF_FORMULAS) else text


def safe_cell(cell: Cell) -> str:
    # A negative sum begins with a sign, and is no formula: it is ours, and a number.
    return str(cell) if isinstance(cell, Decimal) else safe_text(str(cell))


def csv_lines(gifts: Iterable[GiftLine]) -> Iterator[str]:
    """One line at a time. The first begins with a byte-order mark, by which Excel knows UTF-8."""
    yield "\ufeff" + csv_line(_headings())
    for gift in gifts:
        yield csv_line([safe_cell(cell) for cell in _cells(gift)])


def csv_line(cells: list[str]) -> str:
    line: str = csv.writer(Echo()).writerow(cells)
    return line


def write_xlsx(gifts: Iterable[GiftLine], file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Gifts"))
    sheet.append(_headings())
    for gift in gifts:
        sheet.append([_typed_cell(sheet, cell) for cell in _cells(gift)])
    book.save(file)


def _typed_cell(sheet: object, value: Cell) -> object:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    # openpyxl takes what begins with "=" for a formula unless it is told that it is text.
    cell.data_type = "s"
    return cell


def _headings() -> list[str]:
    return [
        _("Reference"),
        _("Received on"),
        _("Campaign"),
        _("Amount"),
        _("Currency"),
        _("Kind"),
        _("How often"),
        _("State"),
        _("Counted by the campaign"),
        _("Added for the fee"),
        _("Fee"),
        _("Currency of the fee"),
        _("Net"),
        _("Name"),
        _("Wants to stay unnamed"),
        _("E-mail"),
        _("Note"),
        _("Entered by"),
        _("Entered (UTC)"),
        _("Reversed (UTC)"),
        _("Reason of the reversal"),
    ]


def _cells(gift: GiftLine) -> list[Cell]:
    return [
        gift.reference,
        gift.received_on,
        gift.campaign,
        gift.amount.decimal,
        gift.amount.currency,
        gift.kind_text,
        gift.frequency_text,
        gift.state_text,
        gift.counted.decimal,
        gift.cover.decimal,
        (-gift.fee).decimal if gift.fee else "",
        gift.fee.currency if gift.fee else "",
        gift.net.decimal if gift.net else "",
        gift.giver_name,
        _("yes") if gift.is_anonymous else "",
        gift.giver_email,
        gift.note,
        gift.entered_by,
        _moment(gift.entered_at),
        _moment(gift.reversed_at) if gift.reversed_at else "",
        gift.reversal_reason,
    ]


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


class Echo:
    """Gives back what is written, for a csv writer that streams."""

    def write(self, line: str) -> str:
        return line
