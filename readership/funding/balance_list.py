"""What our ledger says of the processor's account: its balance, and each month's fees and payouts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from readership.funding.ledger import ledger_of
from readership.funding.models import EntryKind, Payout, Reconciliation
from readership.funding.money import Money
from readership.funding.queries import last_months
from readership.funding.wording import amount_text

# What each column of the table adds up.
COLUMNS: dict[str, tuple[EntryKind, ...]] = {
    "charged": (EntryKind.GIFT, EntryKind.COVER),
    "back": (EntryKind.REFUND, EntryKind.REFUND_FAILED, EntryKind.COVER_BACK),
    "disputed": (EntryKind.DISPUTE, EntryKind.DISPUTE_WON),
    "fees": (EntryKind.FEE, EntryKind.FEE_BACK),
    "payouts": (EntryKind.PAYOUT, EntryKind.PAYOUT_FAILED),
}
# A movement in another currency stands on each of its entries as a whole: counted once, on the one that leads.
LEADS = (EntryKind.GIFT, EntryKind.REFUND, EntryKind.DISPUTE, EntryKind.DISPUTE_WON)
MOST_MONTHS = 24
HISTORY = 30


@dataclass(frozen=True)
class BalanceMonth:
    """In the currency of each entry: a fee may be in another than its gift."""

    label: str
    currency: str
    charged: str
    back: str
    disputed: str
    fees: str
    payouts: str


@dataclass(frozen=True)
class PayoutLine:
    payout_ref: str
    arrives_on: date
    amount_text: str
    state_text: str


@dataclass(frozen=True)
class ComparisonLine:
    pk: int
    ran_at: datetime
    since: datetime
    until: datetime
    movements_count: int
    differences: tuple[str, ...]

    @property
    def is_green(self) -> bool:
        return not self.differences


def balance_months(processor: str, *, is_trial: bool) -> list[BalanceMonth]:
    """Of the last two years, newest first. One query."""
    zone = timezone.get_default_timezone()
    since = datetime.combine(last_months(timezone.localdate(), MOST_MONTHS)[0], time(), tzinfo=zone)
    entries = ledger_of(is_trial=is_trial).objects.filter(processor=processor, booked_at__gte=since)
    month = TruncMonth("booked_at", tzinfo=zone)
    rows = entries.order_by().values("currency", "kind", month=month).annotate(sum_minor=Sum("amount_minor"))
    sums: dict[tuple[datetime, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for column, kinds in COLUMNS.items():
            if row["kind"] in kinds:
                sums[row["month"], row["currency"]][column] += row["sum_minor"]
    newest = sorted(sums, key=lambda key: (key[0], key[1]), reverse=True)
    return [_month(month, currency, sums[month, currency]) for month, currency in newest]


def _month(month: datetime, currency: str, sums: dict[str, int]) -> BalanceMonth:
    texts: dict[str, Any] = {name: amount_text(Money(sums.get(name, 0), currency)) for name in COLUMNS}
    return BalanceMonth(label=date_format(month, "YEAR_MONTH_FORMAT"), currency=currency, **texts)


def balance(processor: str, *, is_trial: bool) -> list[Money]:
    """What should lie in the processor's account by our ledger, in each currency. Two queries."""
    entries = ledger_of(is_trial=is_trial).objects.filter(processor=processor).order_by()
    sums: dict[str, int] = defaultdict(int)
    kept = entries.filter(settled_currency="").values_list("currency").annotate(Sum("amount_minor"))
    changed = entries.exclude(settled_currency="").filter(kind__in=LEADS)
    came = changed.values_list("settled_currency").annotate(Sum("settled_minor"))
    back = entries.exclude(settled_currency="").filter(Q(kind=EntryKind.REFUND_FAILED))
    for currency, minor in (*kept, *came):
        sums[currency] += minor
    # What came back was the refund's own movement, the other way.
    for currency, minor in back.values_list("settled_currency").annotate(Sum("settled_minor")):
        sums[currency] -= minor
    return [Money(minor, currency) for currency, minor in sorted(sums.items())]


def payout_lines(*, is_trial: bool) -> list[PayoutLine]:
    """The newest. One query."""
    return [
        PayoutLine(payout.payout_ref, payout.arrives_on, amount_text(payout.amount), payout.get_state_display())
        for payout in Payout.objects.filter(is_trial=is_trial)[:HISTORY]
    ]


def comparison_lines() -> list[ComparisonLine]:
    """The newest first. One query."""
    return [comparison_line(found) for found in Reconciliation.objects.all()[:HISTORY]]


def comparison_line(found: Reconciliation) -> ComparisonLine:
    return ComparisonLine(
        pk=found.pk,
        ran_at=found.ran_at,
        since=found.since,
        until=found.until,
        movements_count=found.movements_count,
        differences=tuple(found.differences),
    )
