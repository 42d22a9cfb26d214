"""Campaigns, the gifts they receive, and the ledger that proves them. What happens is in the verbs."""

from readership.funding.models.campaign import Campaign, CampaignMark
from readership.funding.models.gift import Gift, GiftKind
from readership.funding.models.ledger import EntryKind, LedgerEntry

__all__ = ["Campaign", "CampaignMark", "EntryKind", "Gift", "GiftKind", "LedgerEntry"]
