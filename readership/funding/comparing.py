"""A comparison with the processor's book that a treasurer asked for: ordered here, done by the outbox."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readership import outbox
from readership.funding.processors.choosing import processor
from readership.funding.reconciling import reconcile
from readership.lib.shared_counters import Opened
from readership.outbox.models import OutboxItem
from readership.outbox.registry import handles

KIND = "comparison"
SPANS = (7, 30, 90, 365)
# How many lines were compared so far, for the page that waits. Nobody decides by it.
progress = Opened(lambda: settings.HOME / "run" / "comparison", size=1)


@dataclass(frozen=True)
class UnderWay:
    """`next_at`: when it is tried again, after an attempt that failed."""

    ordered_at: datetime
    has_begun: bool
    lines_count: int
    has_failed: bool
    next_at: datetime


@transaction.atomic
def order_comparison(*, days: int) -> None:
    """Have it done soon. While one waits or is under way, nothing more is ordered."""
    if _waiting():
        return
    with progress().changing() as cells:
        cells[0] = 0
    outbox.put(KIND, key=uuid.uuid4().hex, payload={"days": days})


def comparison_under_way() -> UnderWay | None:
    """One query."""
    item = _waiting()
    if item is None:
        return None
    return UnderWay(
        ordered_at=item.created_at,
        has_begun=item.leased_until is not None,
        lines_count=progress()[0],
        has_failed=bool(item.last_error),
        next_at=item.next_at,
    )


def _waiting() -> OutboxItem | None:
    return OutboxItem.objects.waiting().filter(kind=KIND).order_by("-pk").first()


@handles(KIND)
def compare(payload: dict[str, Any]) -> None:
    """Raises ProcessorError: the outbox tries again."""
    chosen = processor()
    if chosen:
        now = timezone.now()
        reconcile(processor=chosen, now=now, since=now - timedelta(days=payload["days"]), on_line=_count_line)


def _count_line() -> None:
    progress().add(0)
