"""What was promised to a campaign and has not come. It is shown beside what was raised, and is in no sum."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet, Sum, Value

from readership.funding.models import RUNNING, Campaign, Gift, GiftState, Interval, Pledge
from readership.funding.money import Money
from readership.funding.parts import Promises

ON_THE_WAY = "gift"


def promises_to(campaign: Campaign) -> Promises:
    """One query. Trials are not counted (attack K09)."""
    rows = {what: (whole or 0, due or 0) for what, whole, due in _gifts(campaign).union(_pledges(campaign), all=True)}

    def money(what: str, column: int = 0) -> Money:
        return Money(rows.get(what, (0, 0))[column], campaign.currency)

    return Promises(
        on_the_way=money(ON_THE_WAY),
        monthly=money(Interval.MONTH),
        yearly=money(Interval.YEAR),
        next_payments=money(Interval.MONTH, 1) + money(Interval.YEAR, 1),
    )


def _gifts(campaign: Campaign) -> QuerySet[Gift, tuple[str, int, int]]:
    # To announce a transfer costs nothing: one above the whole goal is not believed before it comes (attack K16).
    is_believed = Q(state=GiftState.PENDING) | Q(state=GiftState.PROMISED, amount_minor__lte=campaign.goal_minor)
    gifts = Gift.objects.filter(is_believed, campaign=campaign, currency=campaign.currency, is_trial=False).order_by()
    return gifts.values_list(Value(ON_THE_WAY)).annotate(whole=Sum("amount_minor"), due=Sum("amount_minor"))


def _pledges(campaign: Campaign) -> QuerySet[Pledge, tuple[str, int, int]]:
    pledges = Pledge.objects.filter(campaign=campaign, currency=campaign.currency, is_trial=False, state__in=RUNNING)
    is_due = _falls_before(campaign.ends_on)
    return (
        pledges.order_by()
        .values_list(F("interval"))
        .annotate(whole=Sum("amount_minor"), due=Sum("amount_minor", filter=is_due))
    )


def _falls_before(end: date | None) -> Q:
    """Of what a processor has told no next day, we do not know that it comes too late."""
    return Q(next_on__isnull=True) | Q(next_on__lte=end) if end else ~Q(pk=None)
