"""What happens when a campaign is made, changed or taken away, or when something is promised to it."""

from __future__ import annotations

from readership import pagecache
from readership.funding.models import Campaign


def announce_change(campaign: Campaign) -> None:
    """Every page that shows this campaign, or asks which one runs, is out of date."""
    pagecache.changed("campaigns", f"campaign:{campaign.pk}")


def announce_promise(campaign: Campaign) -> None:
    """Every page that shows the meter of this campaign is out of date: a promise was made, kept or broken."""
    pagecache.changed(f"campaign:{campaign.pk}")
