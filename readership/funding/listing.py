"""The list of gifts at the treasurer's desk: filters, pages, and what each row shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from readership.funding.ledger import ledger_of
from readership.funding.models import COUNTED, Campaign, EntryKind, Gift, GiftKind, GiftState, Interval
from readership.funding.money import Money
from readership.funding.wording import amount_text

# A filter of its own: trials are no money, and stand in no other list.
TRIALS = "trials"
COVERS = (EntryKind.COVER, EntryKind.COVER_BACK)
COSTS = (EntryKind.FEE, EntryKind.FEE_BACK)
GIFTS_PER_PAGE = 50
CHUNK = 1_000


@dataclass(frozen=True)
class GiftFilter:
    """Empty fields do not filter."""

    campaign: Campaign | None = None
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self == GiftFilter()


@dataclass(frozen=True)
class GiftLine:
    """One gift, whoever gave it: for the desk and its downloads only."""

    reference: str
    campaign: str
    amount: Money
    amount_text: str
    received_on: date
    kind_text: str
    giver_name: str
    is_anonymous: bool
    giver_email: str
    note: str
    entered_by: str
    entered_at: datetime
    reversed_at: datetime | None
    reversal_reason: str
    state_text: str
    frequency_text: str
    is_online: bool
    is_trial: bool
    # What the campaign counts of it today; with what was added for the fee, and less the fee, what is left of it.
    counted: Money
    cover: Money
    fee: Money | None
    net: Money | None

    @property
    def is_whole(self) -> bool:
        """Nothing was paid back or taken of it."""
        return self.counted == self.amount

    @property
    def counted_text(self) -> str:
        return amount_text(self.counted)


def gifts_page(wanted: GiftFilter, number: str | None) -> tuple[Page[dict[str, Any]], list[GiftLine]]:
    """Two queries: how many there are, and one page of them."""
    page = Paginator(_rows(wanted), GIFTS_PER_PAGE).get_page(number)
    return page, [_line(row) for row in page]


def every_gift(wanted: GiftFilter) -> Iterator[GiftLine]:
    """In memory that does not grow with the list."""
    for row in _rows(wanted).iterator(chunk_size=CHUNK):
        yield _line(row)


def gift_line(reference: str) -> GiftLine:
    """One query. Whatever its state: a page of one gift is also asked for what never came, or was a trial."""
    gift = Gift.objects.filter(reference=reference)
    is_trial = gift.filter(is_trial=True).exists()
    return _line(_with_sums(gift, is_trial=is_trial).get())


def _rows(wanted: GiftFilter) -> QuerySet[Any, Any]:
    is_trial = wanted.state == TRIALS
    gifts = Gift.objects.filter(state=GiftState.RECEIVED, is_trial=True) if is_trial else Gift.objects.received()
    rows = _with_sums(gifts, is_trial=is_trial)
    return rows.filter(*_conditions(wanted)).order_by("-received_on", "-pk")


def _with_sums(gifts: QuerySet[Gift], *, is_trial: bool) -> QuerySet[Any, Any]:
    # At most one row joins: a gift is reversed once.
    undone = gifts.annotate(undoing=FilteredRelation("entries", condition=Q(entries__kind="reversal")))
    return undone.annotate(
        reversed_at=F("undoing__booked_at"),
        reversal_reason=F("undoing__reason"),
        counted_minor=_sum_of(COUNTED, is_trial=is_trial),
        covered_minor=_sum_of(COVERS, is_trial=is_trial),
        fee_minor=_sum_of(COSTS, is_trial=is_trial),
        # A fee is taken in the currency of the processor's balance, which may be another.
        fee_currency=Subquery(_entries(COSTS, is_trial=is_trial).values("currency")[:1]),
    ).values(
        "reference",
        "amount_minor",
        "currency",
        "state",
        "is_trial",
        "received_on",
        "kind",
        "giver_name",
        "is_anonymous",
        "giver_email",
        "note",
        "entered_at",
        "reversed_at",
        "reversal_reason",
        "counted_minor",
        "covered_minor",
        "fee_minor",
        "fee_currency",
        interval=F("pledge__interval"),
        campaign_title=F("campaign__title"),
        entered_by_name=F("entered_by__name"),
    )


def _entries(kinds: tuple[EntryKind, ...], *, is_trial: bool) -> QuerySet[Any, Any]:
    entries: QuerySet[Any, Any] = ledger_of(is_trial=is_trial).objects.filter(gift=OuterRef("pk"), kind__in=kinds)
    return entries.order_by()


def _sum_of(kinds: tuple[EntryKind, ...], *, is_trial: bool) -> Subquery:
    sums = _entries(kinds, is_trial=is_trial).values("gift").annotate(sum_minor=Sum("amount_minor"))
    return Subquery(sums.values("sum_minor"))


def _conditions(wanted: GiftFilter) -> list[Q]:
    exact = {
        "campaign": wanted.campaign,
        "kind": wanted.kind,
        "received_on__gte": wanted.since,
        "received_on__lte": wanted.until,
    }
    conditions = [Q(**{name: value}) for name, value in exact.items() if value]
    if wanted.state and wanted.state != TRIALS:
        conditions.append(Q(reversed_at__isnull=wanted.state != "reversed"))
    if wanted.words:
        conditions.append(_says(wanted.words))
    return conditions


def _says(words: str) -> Q:
    return Q(giver_name__icontains=words) | Q(giver_email__icontains=words) | Q(reference__iexact=words)


def _line(row: dict[str, Any]) -> GiftLine:
    amount = Money(row["amount_minor"], row["currency"])
    counted = Money(row["counted_minor"] or 0, row["currency"])
    cover = Money(row["covered_minor"] or 0, row["currency"])
    fee = Money(row["fee_minor"], row["fee_currency"]) if row["fee_minor"] else None
    return GiftLine(
        reference=row["reference"],
        campaign=row["campaign_title"],
        amount=amount,
        amount_text=amount_text(amount),
        received_on=row["received_on"],
        kind_text=str(GiftKind(row["kind"]).label),
        giver_name=row["giver_name"],
        is_anonymous=row["is_anonymous"],
        giver_email=row["giver_email"],
        note=row["note"],
        entered_by=row["entered_by_name"] or "",
        entered_at=row["entered_at"],
        reversed_at=row["reversed_at"],
        reversal_reason=row["reversal_reason"] or "",
        state_text=_state_text(row, amount, counted),
        frequency_text=str(Interval(row["interval"]).label) if row["interval"] else _("once"),
        is_online=row["kind"] == GiftKind.ONLINE,
        is_trial=row["is_trial"],
        counted=counted,
        cover=cover,
        fee=fee,
        net=_net(counted + cover, fee),
    )


def _state_text(row: dict[str, Any], amount: Money, counted: Money) -> str:
    if row["state"] != GiftState.RECEIVED:
        return str(GiftState(row["state"]).label)
    if row["is_trial"]:
        return _("trial")
    if row["reversed_at"]:
        return _("reversed")
    if counted == amount:
        return str(GiftState.RECEIVED.label)
    return _("partly paid back") if counted.minor > 0 else _("paid back")


def _net(brought: Money, fee: Money | None) -> Money | None:
    """None when the fee is in another currency: two currencies never add."""
    if fee is None:
        return brought
    return brought + fee if fee.currency == brought.currency else None
