"""A giver sets out for the processor's page. Nothing is counted yet: that waits for the processor's word."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.funding.errors import CampaignOver, CurrenciesDiffer
from readership.funding.givers import customer_of
from readership.funding.models import (
    Campaign,
    Frequency,
    Gift,
    GiftKind,
    GiftState,
    Giver,
    Interval,
    Pledge,
    ProcessorName,
)
from readership.funding.money import Money
from readership.funding.offering import check_limits
from readership.funding.processors.base import Order, Processor, Tags

# How long the processor keeps its page open for one giver.
SESSION_LASTS = timedelta(hours=23)


@dataclass(frozen=True)
class Words:
    """What a giver wishes with it: the fields of models.Wishes."""

    public_name: str = ""
    is_anonymous: bool = False
    dedication: str = ""
    message: str = ""
    language: str = ""


@dataclass(frozen=True)
class Intent:
    campaign: Campaign
    amount: Money
    cover: Money
    frequency: Frequency
    words: Words
    submission_key: str
    giver: Giver | None = None


def begin(intent: Intent, *, processor: Processor, now: datetime) -> str:
    """The address of the processor's page. The same `submission_key` again leads to the same session.

    Raises FundingError. The row is there before the processor is asked, so whatever it tells us finds its gift.
    """
    _check(intent, timezone.localdate(now))
    row = _gift(intent, processor) if intent.frequency == Frequency.ONCE else _pledge(intent, processor)
    begun = processor.begin(_order(intent, row, processor))
    type(row).objects.filter(pk=row.pk, session_ref=None).update(session_ref=begun.session_ref)
    return begun.url


def _check(intent: Intent, today: date) -> None:
    if not intent.campaign.is_running_on(today):
        raise CampaignOver
    if intent.amount.currency != intent.campaign.currency:
        raise CurrenciesDiffer
    check_limits(intent.amount)


@transaction.atomic
def _gift(intent: Intent, processor: Processor) -> Gift:
    gift, _is_new = Gift.objects.get_or_create(
        submission_key=intent.submission_key,
        defaults={**_common(intent, processor), "state": GiftState.STARTED, "kind": GiftKind.ONLINE},
    )
    return gift


@transaction.atomic
def _pledge(intent: Intent, processor: Processor) -> Pledge:
    pledge, _is_new = Pledge.objects.get_or_create(
        submission_key=intent.submission_key,
        defaults={**_common(intent, processor), "interval": Interval(intent.frequency.value)},
    )
    return pledge


def _common(intent: Intent, processor: Processor) -> dict[str, object]:
    return {
        "campaign": intent.campaign,
        "amount_minor": intent.amount.minor,
        "cover_minor": intent.cover.minor,
        "currency": intent.amount.currency,
        "is_trial": processor.is_trial,
        "processor": processor.name,
        "giver": intent.giver,
        **asdict(intent.words),
    }


def _order(intent: Intent, row: Gift | Pledge, processor: Processor) -> Order:
    """The same for the same row at any time: a key that is sent again must bring the same order."""
    is_gift = isinstance(row, Gift)
    begun_at = row.entered_at if isinstance(row, Gift) else row.begun_at
    giver = row.giver
    known = customer_of(giver, processor=ProcessorName(row.processor), is_trial=row.is_trial) if giver else ""
    return Order(
        key=f"{row.reference}-session",
        tags=Tags(
            gift=row.reference if is_gift else "", pledge="" if is_gift else row.reference, site=settings.SITE_HOST
        ),
        amount=row.amount,
        cover=Money(row.cover_minor, row.currency),
        frequency=intent.frequency,
        title=_title(intent),
        language=row.language,
        success_url=f"{settings.SITE_URL}{reverse('gifts:thanks')}?session={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{settings.SITE_URL}{reverse('funding:support')}",
        expires_at=begun_at + SESSION_LASTS,
        email=giver.email if giver and not known else "",
        customer_ref=known,
    )


def _title(intent: Intent) -> str:
    titles = {
        Frequency.ONCE: _("Gift to %(site)s"),
        Frequency.MONTH: _("Monthly gift to %(site)s"),
        Frequency.YEAR: _("Yearly gift to %(site)s"),
    }
    return titles[intent.frequency] % {"site": settings.SITE_NAME}
