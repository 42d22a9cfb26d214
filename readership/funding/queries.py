"""What is asked of the money: the meter, the ledger, the months. Each tells the page cache what it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from readership import pagecache
from readership.funding import drawing
from readership.funding.choosing import campaign_for
from readership.funding.counting import GIVER
from readership.funding.models import COUNTED, Campaign, CampaignMark, LedgerEntry
from readership.funding.money import Money
from readership.funding.parts import LedgerLine, LedgerPage, LedgerState, Meter, MeterMark, MonthSum, Promises
from readership.funding.promises import promises_to
from readership.funding.wording import amount_text, month_text, promised_text, sentence, value_text

LINES_PER_PAGE = 50


def current_campaign() -> Campaign | None:
    """The campaign of the whole site that runs today; of several, the one that began last."""
    return campaign_for()


def current_meter(page: object = None) -> Meter | None:
    """The meter of the campaign that `page` shows, in the active language; without a page, of the whole site's."""
    campaign = campaign_for(page)
    return remembered_meter(campaign) if campaign else None


def remembered_meter(campaign: Campaign) -> Meter:
    """Nearly every page shows it, so it is asked for once in a process until its money or a campaign changes: no query
    then, three otherwise."""
    key = ("meter", campaign.pk, get_language())
    return pagecache.remembered(key, lambda: meter(campaign), tags=("campaigns", f"campaign:{campaign.pk}"))


def meter(campaign: Campaign) -> Meter:
    """The ledger's sum for `campaign`, net of reversals, against its goal; beside it what is promised. Three queries.

    A reader counts once for each e-mail, and once for each gift without one. A reversed gift has no giver.
    """
    pagecache.depends_on(f"campaign:{campaign.pk}")
    totals = _totals(campaign)
    raised = Money(totals["raised"] or 0, campaign.currency)
    marks = tuple(_mark(mark, campaign.goal) for mark in campaign.marks.order_by("at_minor"))
    promised = promises_to(campaign)
    return Meter(
        campaign_id=campaign.pk,
        slug=campaign.slug,
        url=reverse("funding:support") if campaign.is_for_site else campaign.get_absolute_url(),
        title=campaign.title,
        ask=campaign.ask,
        raised=raised,
        goal=campaign.goal,
        promised=promised,
        marks=marks,
        givers_count=totals["givers_count"],
        is_reached=raised >= campaign.goal,
        is_over=raised > campaign.goal,
        ends_on=campaign.ends_on,
        **_said(campaign.goal, raised, promised, marks, totals),
        **_drawn(campaign.goal, raised, promised, marks),
    )


def _said(
    goal: Money, raised: Money, promised: Promises, marks: tuple[MeterMark, ...], totals: dict[str, int]
) -> dict[str, Any]:
    """What the meter says in words, and to who hears it."""
    said = sentence(
        raised=raised,
        goal=goal,
        givers_count=totals["givers_count"],
        has_opening=bool(totals["openings_count"]),
    )
    still_to_come = promised_text(promised)
    value_max = goal.units + goal.has_fraction
    return {
        "promised_text": still_to_come,
        "raised_text": amount_text(raised),
        "value_max": value_max,
        "value_now": value_max if raised >= goal else max(raised.units, 0),
        "sentence": said,
        "value_text": value_text("; ".join(filter(None, [said, still_to_come])), raised=raised, marks=marks),
    }


def _drawn(goal: Money, raised: Money, promised: Promises, marks: tuple[MeterMark, ...]) -> dict[str, Any]:
    """Where everything stands on the rule, from the side on which the language begins."""
    is_rtl = get_language_bidi()
    start_text, goal_text = amount_text(Money(0, goal.currency)), amount_text(goal)
    ticks = drawing.ticks(start_text, goal_text, marks, goal.minor, is_rtl=is_rtl)
    drawn = drawing.place(raised.minor, goal.minor)
    promised_from, promised_to = drawing.stretch(raised, promised.coming, goal, is_rtl=is_rtl)
    return {
        "start_text": start_text,
        "goal_text": goal_text,
        "percent": drawn // 100,
        "raised_width": drawing.percent(drawn),
        "raised_x": drawing.percent(drawing.FULL - drawn if is_rtl else 0),
        "promised_from": promised_from,
        "promised_to": promised_to,
        "ticks": ticks,
        "height": drawing.height(ticks),
    }


def _totals(campaign: Campaign) -> dict[str, int]:
    stands = Q(kind="gift", reversal__isnull=True)
    return (
        LedgerEntry.objects.counted()
        .filter(campaign=campaign)
        .aggregate(
            raised=Sum("amount_minor"),
            openings_count=Count("pk", filter=Q(kind="opening")),
            givers_count=Count(GIVER, distinct=True, filter=stands),
        )
    )


def _mark(mark: CampaignMark, goal: Money) -> MeterMark:
    return MeterMark(
        at_minor=mark.at_minor,
        label=mark.label,
        text=amount_text(Money(mark.at_minor, goal.currency)),
        percent=drawing.place(mark.at_minor, goal.minor) // 100,
    )


def ledger_state() -> LedgerState:
    """One query."""
    pagecache.depends_on("ledger")
    last = LedgerEntry.objects.order_by("-number").values_list("number", "hash", "booked_at").first()
    # Numbers have no gaps, which the audit proves: the last one is the count.
    number, last_hash, booked_at = last or (0, "", None)
    return LedgerState(entries_count=number, last_number=number, last_hash=last_hash, last_booked_at=booked_at)


def ledger_page(*, before: int | None = None, campaign: Campaign | None = None) -> LedgerPage:
    """Newest first, with the campaign's sum after each entry. Two queries, however long the ledger."""
    pagecache.depends_on("ledger")
    entries = LedgerEntry.objects.filter(campaign=campaign) if campaign else LedgerEntry.objects.all()
    if before:
        entries = entries.filter(number__lt=before)
    entries = entries.select_related("campaign", "gift", "booked_by", "reverses").order_by("-number")
    shown = list(entries[: LINES_PER_PAGE + 1])
    lines = _lines(shown[:LINES_PER_PAGE])
    has_more = len(shown) > LINES_PER_PAGE
    return LedgerPage(lines=lines, older_before=lines[-1].number if has_more else None, is_first=before is None)


def _lines(entries: list[LedgerEntry]) -> tuple[LedgerLine, ...]:
    if not entries:
        return ()
    sums = _sums_up_to(entries[0].number, {entry.campaign_id for entry in entries if entry.campaign_id})
    lines = []
    for entry in entries:
        # A fee of the account and a payout belong to no campaign, and move no meter.
        campaign = entry.campaign
        after = Money(sums.get(campaign.pk, 0), campaign.currency) if campaign else None
        lines.append(_line(entry, after))
        if campaign and entry.kind in COUNTED:
            sums[campaign.pk] -= entry.amount_minor
    return tuple(lines)


def _sums_up_to(number: int, campaigns: set[int]) -> dict[int, int]:
    rows = LedgerEntry.objects.counted().filter(number__lte=number, campaign__in=campaigns).order_by()
    return dict(rows.values_list("campaign").annotate(Sum("amount_minor")))


def _line(entry: LedgerEntry, after: Money | None) -> LedgerLine:
    return LedgerLine(
        number=entry.number,
        booked_at=entry.booked_at,
        campaign=entry.campaign.title if entry.campaign else "",
        kind=entry.kind,
        kind_text=entry.get_kind_display(),
        reference=entry.gift.reference if entry.gift else "",
        amount=entry.amount,
        amount_text=amount_text(entry.amount),
        sum_text=amount_text(after) if after else "",
        reason=entry.reason,
        booked_by=str(entry.booked_by) if entry.booked_by else "",
        reverses_number=entry.reverses.number if entry.reverses else None,
        short_hash=entry.hash[:12],
    )


def gifts_by_month(campaign: Campaign, *, months: int = 12) -> list[MonthSum]:
    """At most `months` months, oldest first, empty ones too: none before the campaign's first, none after its last.

    One query. A gift that came before the campaign began or after it was over has its month all the same.
    """
    pagecache.depends_on(f"campaign:{campaign.pk}")
    today = timezone.localdate()
    sums = {row["month"]: row for row in _by_month(campaign)}
    first = min([campaign.starts_on.replace(day=1), *sums])
    last = max([min(campaign.ends_on or today, today).replace(day=1), *sums])
    wanted = [month for month in last_months(last, months) if month >= first]
    return [month_sum(month, sums.get(month, {}), campaign.currency) for month in wanted]


def _by_month(campaign: Campaign) -> Iterable[Mapping[str, Any]]:
    entries = LedgerEntry.objects.counted().filter(campaign=campaign, gift__isnull=False).order_by()
    by_month: Iterable[Mapping[str, Any]] = entries.values(month=TruncMonth(F("gift__received_on"))).annotate(
        sum_minor=Sum("amount_minor"),
        gifts_count=Count("pk", filter=Q(kind="gift", reversal__isnull=True)),
    )
    return by_month


def month_sum(month: date, row: Mapping[str, Any], currency: str) -> MonthSum:
    money = Money(row.get("sum_minor", 0), currency)
    return MonthSum(
        month=month,
        label=month_text(month),
        sum=money,
        text=amount_text(money),
        gifts_count=row.get("gifts_count", 0),
    )


def last_months(today: date, count: int) -> list[date]:
    """The first days of the last `count` months up to this one, oldest first."""
    newest = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(newest - count + 1, newest + 1)]
