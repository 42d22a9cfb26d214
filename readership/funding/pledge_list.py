"""Pledges as the treasurer sees them: who promised what, what comes in by itself, and how it grows or shrinks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from readership.funding.drawing import PairOfBars, pairs
from readership.funding.models import RUNNING, GiftState, Interval, Pledge, PledgeState
from readership.funding.money import Money
from readership.funding.parts import MonthPair
from readership.funding.wording import amount_text, month_text

PER_PAGE = 50
RUNNING_FILTER, BEHIND, PAUSED, STOPPED, TRIALS = "running", "behind", "paused", "stopped", "trials"
FILTERS = (RUNNING_FILTER, BEHIND, PAUSED, STOPPED, TRIALS)
STATES: dict[str, tuple[PledgeState, ...]] = {
    RUNNING_FILTER: RUNNING,
    BEHIND: (PledgeState.BEHIND,),
    PAUSED: (PledgeState.PAUSED,),
    STOPPED: (PledgeState.STOPPED,),
}
# Never begun is no pledge: the giver turned back on the processor's page.
NEVER_BEGUN = (PledgeState.STARTED, PledgeState.EXPIRED)


@dataclass(frozen=True)
class PledgeLine:
    reference: str
    giver_name: str
    giver_email: str
    campaign: str
    amount_text: str
    interval_text: str
    state_text: str
    begun_at: datetime
    next_on: date | None
    failed_since: datetime | None
    stopped_at: datetime | None
    stopped_by_text: str
    stop_reason: str
    gifts_count: int
    is_trial: bool
    can_be_stopped: bool


@dataclass(frozen=True)
class Promised:
    """What running pledges bring: nothing is divided by twelve, each sum is one that is really charged."""

    pledges_count: int
    monthly: tuple[str, ...]
    yearly: tuple[str, ...]


def pledges_page(wanted: str, number: str | None) -> tuple[Page[Pledge], list[PledgeLine]]:
    """Two queries."""
    page = Paginator(_wanted(wanted), PER_PAGE).get_page(number)
    return page, [pledge_line(pledge) for pledge in page]


def _wanted(wanted: str) -> QuerySet[Pledge]:
    pledges = _with_gifts(Pledge.objects.filter(is_trial=wanted == TRIALS).exclude(state__in=NEVER_BEGUN))
    pledges = pledges.order_by("-begun_at", "-pk")
    return pledges.filter(state__in=STATES[wanted]) if wanted in STATES else pledges


def _with_gifts(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    came = Q(gifts__state=GiftState.RECEIVED)
    return pledges.select_related("giver", "campaign").annotate(gifts_count=Count("gifts", filter=came))


def one_pledge(reference: str) -> PledgeLine:
    """One query. For those who passed `may_record_gifts`."""
    return pledge_line(_with_gifts(Pledge.objects.all()).get(reference=reference))


def pledge_line(pledge: Any) -> PledgeLine:
    giver = pledge.giver
    return PledgeLine(
        reference=pledge.reference,
        giver_name=giver.name if giver else "",
        giver_email=giver.email if giver else "",
        campaign=pledge.campaign.title,
        amount_text=amount_text(pledge.charged),
        interval_text=pledge.get_interval_display(),
        state_text=pledge.get_state_display(),
        begun_at=pledge.begun_at,
        next_on=pledge.next_on,
        failed_since=pledge.failed_since,
        stopped_at=pledge.stopped_at,
        stopped_by_text=pledge.get_stopped_by_display() if pledge.stopped_by else "",
        stop_reason=pledge.stop_reason,
        gifts_count=pledge.gifts_count,
        is_trial=pledge.is_trial,
        can_be_stopped=pledge.state in (*RUNNING, PledgeState.PAUSED) and bool(pledge.subscription_ref),
    )


def promised() -> Promised:
    """One query."""
    rows = (
        Pledge.objects.filter(is_trial=False, state__in=RUNNING)
        .order_by("currency")
        .values_list("interval", "currency")
        .annotate(Count("pk"), Sum("amount_minor"))
    )
    texts: dict[str, list[str]] = {Interval.MONTH: [], Interval.YEAR: []}
    count = 0
    for interval, currency, pledges_count, minor in rows:
        texts[interval].append(amount_text(Money(minor, currency)))
        count += pledges_count
    return Promised(count, tuple(texts[Interval.MONTH]), tuple(texts[Interval.YEAR]))


def coming_and_going(months: list[date], *, is_rtl: bool) -> tuple[PairOfBars, ...]:
    """How many pledges began and were stopped in each of `months`, drawn side by side. Two queries."""
    real = Pledge.objects.filter(is_trial=False).exclude(state__in=NEVER_BEGUN)
    begun, stopped = _by_month(real, "begun_at", months[0]), _by_month(real, "stopped_at", months[0])
    counted = [MonthPair(month, month_text(month), begun[month], stopped[month]) for month in months]
    return pairs(counted, is_rtl=is_rtl)


def _by_month(pledges: QuerySet[Pledge], moment: str, since: date) -> Counter[date]:
    zone = timezone.get_default_timezone()
    begin = datetime(since.year, since.month, 1, tzinfo=zone)
    rows = pledges.filter(**{f"{moment}__gte": begin}).order_by().values(month=TruncMonth(moment, tzinfo=zone))
    return Counter({row["month"].date(): row["count"] for row in rows.annotate(count=Count("pk"))})
