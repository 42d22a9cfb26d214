"""The lines of statements as a table for the accountant, safe to open in any spreadsheet program (attack I04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from readership.funding.exporting import csv_line, safe_text
from readership.funding.models import BankLine


def csv_of(lines: Iterable[BankLine]) -> Iterator[str]:
    """One line at a time. The first begins with a byte-order mark, by which Excel knows UTF-8."""
    yield "\ufeff" + csv_line(
        [
            _("Booked on"),
            _("Account"),
            _("Amount"),
            _("Currency"),
            _("From"),
            _("Text"),
            _("State"),
            _("Gift"),
            _("Note"),
        ]
    )
    for line in lines:
        # Figures are ours, and a sum that left begins with its sign: it is a number, not a formula.
        cells = [line.booked_on.isoformat(), str(line.account), str(line.amount.decimal), line.currency]
        told = [line.remitter_name, line.text, line.get_state_display()]
        told += [line.gift.reference if line.gift else "", line.note]
        yield csv_line([cells[0], safe_text(cells[1]), *cells[2:], *map(safe_text, told)])
