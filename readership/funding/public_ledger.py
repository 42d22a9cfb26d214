"""The ledger as files that everybody may keep: what was booked, when and how much, and nobody's name.

Left out are the gift's reference, who booked, the reason and the processor's words, which may name people. So nobody
outside can work out an entry's hash; but whoever kept a file can see that not one line of it has changed since.
A file that is full never changes again.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC

from readership import pagecache
from readership.funding.book_parts import LedgerFile
from readership.funding.models import LedgerEntry
from readership.funding.money import Money

LINES_A_FILE = 5_000
MOST_FILES = 1_000_000  # no ledger is so long, and no database counts much further
HEADINGS = ("number", "booked_on", "kind", "campaign", "amount", "currency", "reverses", "hash")


def ledger_files(last_number: int) -> tuple[LedgerFile, ...]:
    """Oldest first. Numbers have no gaps."""
    files = range(1, -(-last_number // LINES_A_FILE) + 1)
    return tuple(
        LedgerFile(
            name=f"ledger-{number}.csv",
            first=(number - 1) * LINES_A_FILE + 1,
            last=min(number * LINES_A_FILE, last_number),
        )
        for number in files
    )


def ledger_file(number: int) -> str | None:
    """The `number`th file, from 1; None when the ledger is not that long. One query."""
    if number > MOST_FILES:
        return None
    first = (number - 1) * LINES_A_FILE + 1
    rows = list(
        LedgerEntry.objects.filter(number__gte=first, number__lt=first + LINES_A_FILE)
        .order_by("number")
        .values_list(
            *("number", "booked_at", "kind", "campaign_id", "amount_minor", "currency", "reverses__number", "hash")
        )
    )
    if len(rows) < LINES_A_FILE:
        pagecache.depends_on("ledger")
    if not rows:
        return None
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for line, booked_at, kind, campaign, minor, currency, reverses, entry_hash in rows:
        day, amount = booked_at.astimezone(UTC).date(), f"{Money(minor, currency).decimal:f}"
        writer.writerow([line, day, kind, campaign or "", amount, currency, reverses or "", entry_hash])
    return file.getvalue()
