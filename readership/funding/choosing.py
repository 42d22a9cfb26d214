"""Which campaign a page shows: its story's own, else the one of the nearest section above, else the whole site's."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from readership import pagecache
from readership.funding.models import Campaign
from readership.stories.openness import is_open


def running_campaigns() -> tuple[Campaign, ...]:
    """All that run today, the one that began last first. Asked for once in a process until a campaign changes."""
    today = timezone.localdate()
    # The places of sections in the tree change with "site".
    return pagecache.remembered(("running campaigns", today), lambda: _running_on(today), tags=("campaigns", "site"))


def _running_on(today: date) -> tuple[Campaign, ...]:
    return tuple(Campaign.objects.running_on(today).select_related("section"))


def campaign_for(page: object = None) -> Campaign | None:
    """`page` is the page of the tree that is shown; anything else shows the campaign of the whole site."""
    running = running_campaigns()
    if isinstance(page, Page):
        own = [campaign for campaign in running if campaign.story_id == page.pk]
        above = [campaign for campaign in running if campaign.section and page.path.startswith(campaign.section.path)]
        # Of the same length, the first: it began last.
        nearest = sorted(above, key=lambda campaign: -len(campaign.section.path) if campaign.section else 0)
        if own or nearest:
            return [*own, *nearest][0]
    return next((campaign for campaign in running if campaign.is_for_site), None)


def public_campaign(slug: str) -> Campaign | None:
    """The campaign that everybody may look at: shown, begun (it may be over), and not of a page that is still to come.
    One query."""
    return _if_public(Q(slug=slug))


def public_campaign_numbered(campaign_id: int) -> Campaign | None:
    return _if_public(Q(pk=campaign_id))


def _if_public(which: Q) -> Campaign | None:
    pagecache.depends_on("campaigns")
    begun = Campaign.objects.begun_on(timezone.localdate()).select_related("section", "story")
    found = begun.filter(which).first()
    return found if found and _is_public(found) else None


def other_campaigns(shown: Campaign | None) -> tuple[Campaign, ...]:
    """Those that run beside `shown`, as far as everybody may look at them. One query."""
    pagecache.depends_on("campaigns")
    running = Campaign.objects.running_on(timezone.localdate()).select_related("section", "story")
    return tuple(campaign for campaign in running if campaign != shown and _is_public(campaign))


def campaigns_below(page: Page) -> list[Campaign]:
    """Those of `page` and of all pages under it. One query."""
    under = Q(section__path__startswith=page.path) | Q(story__path__startswith=page.path)
    return list(Campaign.objects.filter(under))


def _is_public(campaign: Campaign) -> bool:
    page = campaign.story or campaign.section
    if page is None:
        return True
    pagecache.depends_on(f"page:{page.pk}")
    return is_open(page)
