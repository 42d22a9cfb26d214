"""A campaign of an older site, with what it had raised as one opening entry of the ledger."""

from __future__ import annotations

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from readership.funding.campaigning import announce_change
from readership.funding.errors import FundingError
from readership.funding.giving import open_with
from readership.funding.models import Campaign, CampaignMark
from readership.funding.models.campaign import LABEL_LENGTH
from readership.funding.money import Money
from readership.portability.errors import RecordRefused
from readership.portability.loading_addresses import free_slug
from readership.portability.loading_items import Load, Notes
from readership.portability.records import CampaignRecord


def make_campaign(load: Load, record: CampaignRecord, notes: Notes) -> Campaign:
    starts_on = record.starts_on or timezone.localdate(load.now)
    campaign = Campaign(
        title=record.title[:120] or _("Support us"),
        slug=free_slug(Campaign, slugify(record.title) or "support"),
        ask=record.ask,
        goal_minor=record.goal_minor,
        currency=record.currency,
        starts_on=starts_on,
        ends_on=max(record.ends_on, starts_on) if record.ends_on else None,
        is_shown=record.is_shown,
    )
    campaign.save()
    for at_minor, label in dict(record.marks).items():
        CampaignMark.objects.create(campaign=campaign, at_minor=at_minor, label=label[:LABEL_LENGTH])
    if record.raised_minor > 0:
        _open(campaign, record, load)
    if not record.ask:
        notes[_("campaigns came without words that ask; please write them")] += 1
    announce_change(campaign)
    return campaign


def _open(campaign: Campaign, record: CampaignRecord, load: Load) -> None:
    reason = _("Brought along from %(site)s.") % {"site": load.origin}
    try:
        open_with(campaign=campaign, amount=Money(record.raised_minor, record.currency), reason=reason)
    except FundingError as refusal:
        raise RecordRefused(refusal.message) from None
