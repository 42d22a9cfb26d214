"""Funding's rows for tests. Gifts come through the door that everybody uses."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from readership.funding.charging import Person, receive_charge
from readership.funding.givers import adopt_gifts
from readership.funding.giving import open_with, receive_gift
from readership.funding.models import (
    AnyEntry,
    Campaign,
    CampaignMark,
    Gift,
    GiftKind,
    GiftState,
    Giver,
    Interval,
    Outcome,
    Pledge,
    PledgeState,
    ProcessorEvent,
    ProcessorName,
)
from readership.funding.money import Money
from readership.funding.processors.base import Charged, Disputed, Refunded, Tags
from readership.readers.models import Reader
from readership.stories.models import Section, Story

_numbers = itertools.count(1)
ADMIN = ["access_admin"]
GIFTS = ["record_gift", "export_gifts", "refund_gift", "close_period"]
TREASURER = [*ADMIN, *GIFTS, "add_campaign", "change_campaign", "view_campaign"]


def make_reader(*, name: str = "Ann", may: list[str] | None = None) -> Reader:
    reader = Reader.objects.create_user(f"reader{next(_numbers)}@example.org", name=name)
    reader.user_permissions.set(Permission.objects.filter(codename__in=may or []))
    return reader


def make_treasurer() -> Reader:
    return make_reader(name="Tess", may=TREASURER)


def make_campaign(
    *,
    title: str = "Spring fund",
    goal_minor: int = 500_000,
    currency: str = "USD",
    starts_on: date | None = None,
    ends_on: date | None = None,
    is_shown: bool = True,
    marks: tuple[tuple[int, str], ...] = (),
    how_to_give: str = "",
    section: Section | None = None,
    story: Story | None = None,
) -> Campaign:
    campaign: Campaign = Campaign.objects.create(
        title=title,
        slug=f"campaign-{next(_numbers)}",
        ask="It costs money.",
        how_to_give=how_to_give,
        goal_minor=goal_minor,
        currency=currency,
        starts_on=starts_on or timezone.localdate() - timedelta(days=30),
        ends_on=ends_on,
        is_shown=is_shown,
        section=section,
        story=story,
    )
    for at_minor, label in marks:
        CampaignMark.objects.create(campaign=campaign, at_minor=at_minor, label=label)
    return campaign


def make_gift(
    campaign: Campaign | None = None,
    *,
    amount_minor: int = 2_500,
    received_on: date | None = None,
    kind: GiftKind = GiftKind.TRANSFER,
    giver_name: str = "Old Salt",
    is_anonymous: bool = False,
    giver_email: str = "",
    note: str = "",
    entered_by: Reader | None = None,
    submission_key: str = "",
) -> Gift:
    campaign = campaign or make_campaign()
    return receive_gift(
        campaign=campaign,
        amount=Money(amount_minor, campaign.currency),
        received_on=received_on or timezone.localdate(),
        kind=kind,
        giver_name=giver_name,
        is_anonymous=is_anonymous,
        giver_email=giver_email,
        note=note,
        entered_by=entered_by or make_reader(),
        submission_key=submission_key or f"{next(_numbers):032x}",
    )


def make_promise(
    campaign: Campaign, *, amount_minor: int = 2_500, state: GiftState = GiftState.PROMISED, is_trial: bool = False
) -> Gift:
    """A gift that was announced, or is on its way, and has not come."""
    gift: Gift = Gift.objects.create(
        campaign=campaign,
        amount_minor=amount_minor,
        currency=campaign.currency,
        state=state,
        is_trial=is_trial,
        kind=GiftKind.TRANSFER,
        submission_key=f"{next(_numbers):032x}",
    )
    return gift


def make_online_gift(
    campaign: Campaign | None = None,
    *,
    amount_minor: int = 2_500,
    cover_minor: int = 0,
    fee_minor: int = 75,
    paid_at: datetime | None = None,
    email: str = "giver@example.org",
    name: str = "Grete",
    pledge: Pledge | None = None,
    is_trial: bool = False,
    **since: Any,
) -> Gift:
    """A gift as the processor announces it. `since` is what happened to it later: see `charge_of`."""
    campaign = campaign or make_campaign()
    number = next(_numbers)
    gift = Gift.objects.create(
        campaign=campaign,
        amount_minor=amount_minor,
        cover_minor=cover_minor,
        currency=campaign.currency,
        kind=GiftKind.ONLINE,
        state=GiftState.STARTED,
        processor=ProcessorName.STRIPE,
        payment_ref=f"pi_{number}",
        charge_ref=f"ch_{number}",
        pledge=pledge,
        is_trial=is_trial,
        submission_key=f"online-{number}",
    )
    announce_charge(gift, fee_minor=fee_minor, paid_at=paid_at, email=email, name=name, **since)
    gift.refresh_from_db()
    return gift


@transaction.atomic
def announce_charge(
    gift: Gift,
    *,
    fee_minor: int = 75,
    paid_at: datetime | None = None,
    email: str = "",
    name: str = "",
    refunded: int = 0,
    came_back: bool = False,
    disputed: int = 0,
    is_won: bool = False,
) -> None:
    """What the processor says of its charge now. `refunded` and `disputed` are minor units."""

    def of(minor: int) -> Money:
        return Money(minor, gift.currency)

    ref = gift.charge_ref or ""
    refunds = (Refunded(f"re_{ref}", of(refunded), None, came_back, ""),) if refunded else ()
    taken = [Disputed(f"txn_dp_{ref}", of(-disputed), None, of(1_500))] if disputed else []
    back = [Disputed(f"txn_dpw_{ref}", of(disputed), None, None)] if is_won else []
    charge = Charged(
        has_succeeded=True,
        charge_ref=ref,
        payment_ref=gift.payment_ref,
        amount=gift.charged,
        settled=None,
        fee=of(fee_minor),
        paid_at=paid_at or timezone.now(),
        presented=None,
        tags=Tags(gift=gift.reference),
        customer_ref="",
        email=email,
        name=name,
        bill_ref="",
        is_trial=gift.is_trial,
        refunds=refunds,
        disputes=(*taken, *back),
    )
    receive_charge(gift, charge, Person(email=email, name=name))


def make_pledge(
    campaign: Campaign | None = None,
    *,
    amount_minor: int = 1_000,
    interval: Interval = Interval.MONTH,
    state: PledgeState = PledgeState.ACTIVE,
    begun_at: datetime | None = None,
    next_on: date | None = None,
    stopped_at: datetime | None = None,
    name: str = "Grete",
    is_trial: bool = False,
) -> Pledge:
    campaign = campaign or make_campaign()
    number = next(_numbers)
    return Pledge.objects.create(
        campaign=campaign,
        giver=Giver.objects.create(email=f"pledger{number}@example.org", name=name),
        amount_minor=amount_minor,
        currency=campaign.currency,
        interval=interval,
        state=state,
        processor=ProcessorName.STRIPE,
        subscription_ref=f"sub_{number}",
        begun_at=begun_at or timezone.now(),
        next_on=next_on,
        stopped_at=stopped_at or (timezone.now() if state == PledgeState.STOPPED else None),
        is_trial=is_trial,
        submission_key=f"pledge-{number}",
    )


def make_event(
    *,
    outcome: Outcome = Outcome.UNMATCHED,
    said: str = "It fits nothing.",
    body: bytes = b'{"id": "evt_1"}',
    settled_at: datetime | None = None,
) -> ProcessorEvent:
    number = next(_numbers)
    return ProcessorEvent.objects.create(
        processor=ProcessorName.STRIPE,
        event_ref=f"evt_{number}",
        kind="charge.succeeded",
        body=body,
        outcome=outcome,
        said=said,
        settled_at=settled_at,
    )


def make_opening(campaign: Campaign, *, amount_minor: int = 100_000) -> AnyEntry:
    return open_with(campaign=campaign, amount=Money(amount_minor, campaign.currency), reason="From the old site")


def make_giver(*, email: str = "ann@example.org", name: str = "Ann", language: str = "") -> Giver:
    return Giver.objects.create(email=email, name=name, language=language)


def make_own_gift(giver: Giver, campaign: Campaign | None = None, **facts: Any) -> Gift:
    """Recorded by a treasurer with the giver's address, and the giver's from then on."""
    gift = make_gift(campaign, giver_email=giver.email, **{"giver_name": giver.name, **facts})
    adopt_gifts(giver)
    gift.refresh_from_db()
    return gift


def make_own_pledge(giver: Giver, campaign: Campaign | None = None, **facts: Any) -> Pledge:
    """As it stands after its giver came back from the processor's page."""
    campaign = campaign or make_campaign()
    number = next(_numbers)
    known = {
        "amount_minor": 1_000,
        "currency": campaign.currency,
        "interval": Interval.MONTH,
        "state": PledgeState.ACTIVE,
        "processor": ProcessorName.STRIPE,
        "subscription_ref": f"sub_{number}",
        "submission_key": f"pledge-{number}",
    }
    return Pledge.objects.create(giver=giver, campaign=campaign, **{**known, **facts})
