"""Having yearly statements sent. The mail itself is made when its outbox item is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from readership import outbox
from readership.funding.fiscal import FiscalYear
from readership.funding.statement_list import givers_of

KIND = "giver_statement"


@transaction.atomic
def send_statements(*, givers: Iterable[int], year: FiscalYear, submission_key: str) -> int:
    """One mail to each. The same page sent twice sends it once. Returns how many were put."""
    count = 0
    for giver_id in givers:
        outbox.put(
            KIND,
            key=f"{giver_id}-{year.first_day.isoformat()}-{submission_key}",
            payload={"giver_id": giver_id, "year_start": year.first_day.isoformat()},
        )
        count += 1
    return count


def send_every_statement(*, year: FiscalYear, submission_key: str) -> int:
    return send_statements(givers=list(givers_of(year)), year=year, submission_key=submission_key)
