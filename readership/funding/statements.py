"""What a giver gave in a year: each gift net of what came back, and their sum, for the tax office of wherever it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from readership.funding.models import Gift, Giver, LedgerEntry
from readership.funding.money import Money
from readership.funding.receipts import GIVEN, newsroom, way_of, written_day
from readership.funding.sheets import Sheet, SheetLine
from readership.funding.wording import amount_text


@dataclass(frozen=True)
class StatedGift:
    gift: Gift
    number: int  # of its receipt
    net: Money  # what the giver paid, less what came back until now


@dataclass(frozen=True)
class Statement:
    giver: Giver
    first_day: date
    last_day: date
    gifts: tuple[StatedGift, ...]
    sums: tuple[Money, ...]  # one for each currency


def year_from(first_day: date) -> tuple[date, date]:
    """The twelve months that begin on this day: any fiscal year."""
    try:
        next_first = first_day.replace(year=first_day.year + 1)
    except ValueError:  # 29 February
        next_first = date(first_day.year + 1, 3, 1)
    return first_day, next_first - timedelta(days=1)


def statement_of(giver: Giver, first_day: date, last_day: date) -> Statement:
    """Gifts received in these days, both counted, in the order of their arrival. Trials and what was reversed or paid
    back in full are not in it. Two queries."""
    gifts = Gift.objects.standing().filter(giver=giver, received_on__gte=first_day, received_on__lte=last_day)
    rows = list(gifts.select_related("campaign").order_by("received_on", "pk"))
    entries = LedgerEntry.objects.filter(gift__in=rows, kind__in=GIVEN).order_by()
    nets = dict(entries.values_list("gift").annotate(Sum("amount_minor")))
    numbers = dict(entries.filter(kind="gift").values_list("gift", "number"))
    stated = tuple(
        StatedGift(gift, numbers[gift.pk], Money(nets[gift.pk], gift.currency)) for gift in rows if nets[gift.pk] > 0
    )
    return Statement(giver, first_day, last_day, stated, _sums(stated))


def _sums(stated: tuple[StatedGift, ...]) -> tuple[Money, ...]:
    sums: dict[str, int] = {}
    for one in stated:
        sums[one.net.currency] = sums.get(one.net.currency, 0) + one.net.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def sheet_of(statement: Statement) -> Sheet:
    """In the active language."""
    period = _("%(first)s to %(last)s") % {
        "first": written_day(statement.first_day),
        "last": written_day(statement.last_day),
    }
    count = len(statement.gifts)
    return Sheet(
        title=_("Gifts of a year"),
        sender=newsroom(),
        warning="" if count else _("No gift of yours arrived in these twelve months."),
        facts=(
            (_("From"), statement.giver.name or statement.giver.email),
            (_("Period"), period),
            (_("Gifts"), ngettext("%(count)s gift", "%(count)s gifts", count) % {"count": count}),
        ),
        lines=tuple(_line(one) for one in statement.gifts),
        sums=tuple((_("Total"), amount_text(money)) for money in statement.sums),
        notes=(
            _("What was paid back is taken off the gift it belongs to. Trials are not counted."),
            _("Each number is the number of the gift's entry in our ledger, where numbers have no gaps."),
        ),
        language=get_language() or settings.LANGUAGE_CODE,
        dated=statement.last_day,
        file_name=f"gifts-{statement.first_day.isoformat()}.pdf",
    )


def _line(one: StatedGift) -> SheetLine:
    words = _("No. %(number)s · %(campaign)s · %(way)s") % {
        "number": one.number,
        "campaign": one.gift.campaign.title,
        "way": way_of(one.gift),
    }
    return SheetLine(written_day(one.gift.received_on or one.gift.entered_at.date()), words, amount_text(one.net))
