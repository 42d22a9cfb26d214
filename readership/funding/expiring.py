"""Intentions that came to nothing, and what need not be kept any longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from readership.funding.models import Gift, GiftKind, GiftState, Outcome, Pledge, PledgeState, ProcessorEvent

# Two days after the processor closed its page: its own word has come by then, or never will.
LONGEST = timedelta(days=3)
# As long as a processor lists its own events, three times over. What they led to is in the ledger.
BODIES_KEPT = timedelta(days=90)
AT_ONCE = 1_000


def expire_begun(*, now: datetime) -> int:
    """Gifts and pledges whose giver never came back from the processor's page. Money that comes later still counts."""
    gifts = Gift.objects.filter(state=GiftState.STARTED, kind=GiftKind.ONLINE, entered_at__lt=now - LONGEST)
    pledges = Pledge.objects.filter(state=PledgeState.STARTED, begun_at__lt=now - LONGEST)
    return gifts.update(state=GiftState.EXPIRED) + pledges.update(state=PledgeState.EXPIRED)


def forget_bodies(*, now: datetime) -> int:
    """Of events that were worked through or put aside long ago only the name is kept: it keeps them from being
    booked again. Names and addresses of givers stood in them (attack K20). Returns how many, in pieces."""
    is_over = Q(outcome__in=[Outcome.DONE, Outcome.IGNORED]) | Q(settled_at__isnull=False)
    old = ProcessorEvent.objects.filter(is_over, received_at__lt=now - BODIES_KEPT).exclude(body=b"")
    count = 0
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        count += ProcessorEvent.objects.filter(pk__in=some).update(body=b"")
    return count
