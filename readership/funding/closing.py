"""Closing a period of the books: from then on nothing is received on its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from readership.funding.errors import PeriodNotOver, PeriodOutOfOrder, PeriodUpsideDown
from readership.funding.ledger import NO_ENTRY, lock_chain
from readership.funding.models import ClosedPeriod, LedgerEntry
from readership.funding.periods import sums_of
from readership.readers.models import Reader


@transaction.atomic
def close_period(*, starts_on: date, ends_on: date, closed_by: Reader, now: datetime) -> ClosedPeriod:
    """Keep the sums of these days, and the end of the ledger that proves them. Raises PeriodRefused.

    The same days again return the first closing. It takes the chain's lock, as every booking does: what is received
    at the same moment is either in the sums or refused.
    """
    if ends_on < starts_on:
        raise PeriodUpsideDown
    if ends_on >= timezone.localdate(now):
        raise PeriodNotOver
    lock_chain()
    last = ClosedPeriod.objects.order_by("-ends_on").first()
    if last and (last.starts_on, last.ends_on) == (starts_on, ends_on):
        return last
    if last and starts_on != last.ends_on + timedelta(days=1):
        raise PeriodOutOfOrder
    end = LedgerEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, end_hash = end or (0, NO_ENTRY)
    return ClosedPeriod.objects.create(
        starts_on=starts_on,
        ends_on=ends_on,
        closed_at=now,
        closed_by=closed_by,
        last_number=number,
        last_hash=end_hash,
        sums=sums_of(starts_on, ends_on),
    )
