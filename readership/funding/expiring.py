"""Intentions that came to nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from readership.funding.models import Gift, GiftKind, GiftState, Pledge, PledgeState

# Two days after the processor closed its page: its own word has come by then, or never will.
LONGEST = timedelta(days=3)


def expire_begun(*, now: datetime) -> int:
    """Gifts and pledges whose giver never came back from the processor's page. Money that comes later still counts."""
    gifts = Gift.objects.filter(state=GiftState.STARTED, kind=GiftKind.ONLINE, entered_at__lt=now - LONGEST)
    pledges = Pledge.objects.filter(state=PledgeState.STARTED, begun_at__lt=now - LONGEST)
    return gifts.update(state=GiftState.EXPIRED) + pledges.update(state=PledgeState.EXPIRED)
