"""Cash and cheques that came over the counter together: counted once, recorded together, undone together.

A batch has no row of its own: each of its gifts carries the key of the form as the beginning of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from readership.funding.errors import BatchRefused
from readership.funding.giving import receive_gift, reverse_gift
from readership.funding.ledger import lock_chain
from readership.funding.models import Campaign, Gift, GiftKind
from readership.funding.money import Money
from readership.funding.wording import amount_text
from readership.readers.models import Reader

BATCH = "batch-"
BATCH_KINDS = (GiftKind.CASH, GiftKind.CHEQUE)
MOST_ROWS = 200


@dataclass(frozen=True)
class Counted:
    """One row: a note in the box, a cheque. Without a name when nobody gave one."""

    amount: Money
    name: str = ""
    note: str = ""


def batch_gifts(key: str) -> QuerySet[Gift]:
    return Gift.objects.filter(submission_key__startswith=f"{BATCH}{key}-").order_by("pk")


@transaction.atomic
def record_batch(
    *,
    campaign: Campaign,
    kind: GiftKind,
    received_on: date,
    counted: Money,
    rows: list[Counted],
    entered_by: Reader,
    submission_key: str,
) -> list[Gift]:
    """All of it or nothing. `counted` is what the box held; the rows must add up to it. Raises FundingError.

    The same `submission_key` again returns the first gifts and books nothing.
    """
    lock_chain()
    first = list(batch_gifts(submission_key))
    if first:
        return first
    _check(kind, counted, rows)
    return [
        receive_gift(
            campaign=campaign,
            amount=row.amount,
            received_on=received_on,
            kind=kind,
            giver_name=row.name,
            note=row.note,
            entered_by=entered_by,
            submission_key=f"{BATCH}{submission_key}-{number:03d}",
        )
        for number, row in enumerate(rows, start=1)
    ]


def _check(kind: GiftKind, counted: Money, rows: list[Counted]) -> None:
    if not rows:
        raise BatchRefused
    if kind not in BATCH_KINDS or len(rows) > MOST_ROWS:
        raise BatchRefused(_("A batch is cash or cheques, of at most %(most)s rows.") % {"most": MOST_ROWS})
    total = sum((row.amount for row in rows), Money(0, counted.currency))
    if total != counted:
        raise BatchRefused(_differs(total, counted))


def _differs(total: Money, counted: Money) -> str:
    words = {"total": amount_text(total), "counted": amount_text(counted)}
    if total < counted:
        words["rest"] = amount_text(counted - total)
        return _("The rows add up to %(total)s and you counted %(counted)s: %(rest)s is missing in the rows.") % words
    words["rest"] = amount_text(total - counted)
    return _("The rows add up to %(total)s and you counted %(counted)s: the rows have %(rest)s too much.") % words


@transaction.atomic
def reverse_batch(*, key: str, reason: str, reversed_by: Reader) -> int:
    """Reverse each gift of it that still stands. Returns how many there are in it."""
    gifts = list(batch_gifts(key))
    for gift in gifts:
        reverse_gift(gift=gift, reason=reason, reversed_by=reversed_by)
    return len(gifts)
