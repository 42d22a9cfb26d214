"""What waits for the treasurer, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readership.funding.event_list import open_events
from readership.funding.models import (
    BankLine,
    LineState,
    Pledge,
    PledgeState,
    Reconciliation,
    RefundOrder,
    RefundState,
)


@dataclass(frozen=True)
class Waiting:
    """Counts. `bank_lines_count` is None where no statement of a bank was ever read."""

    refunds_asked_count: int
    refunds_failed_count: int
    events_count: int
    pledges_behind_count: int
    bank_lines_count: int | None
    compared_at: datetime | None
    differences_count: int

    @property
    def is_nothing(self) -> bool:
        counts = (self.refunds_asked_count, self.refunds_failed_count, self.events_count, self.pledges_behind_count)
        return not any((*counts, self.bank_lines_count or 0, self.differences_count))


def waiting() -> Waiting:
    """Seven small queries, each by an index of what waits."""
    last = Reconciliation.objects.first()
    open_lines = BankLine.objects.filter(state=LineState.OPEN, amount_minor__gt=0).count()
    return Waiting(
        refunds_asked_count=RefundOrder.objects.filter(state=RefundState.ASKED).count(),
        refunds_failed_count=RefundOrder.objects.filter(state=RefundState.FAILED).count(),
        events_count=open_events().count(),
        pledges_behind_count=Pledge.objects.filter(state=PledgeState.BEHIND, is_trial=False).count(),
        bank_lines_count=open_lines if open_lines or BankLine.objects.exists() else None,
        compared_at=last.ran_at if last else None,
        differences_count=len(last.differences) if last else 0,
    )
