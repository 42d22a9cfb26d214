"""The meter and the ask, for every page, and the other campaigns. Each asks one query and returns what its template may
use."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from django import template
from django.http import HttpRequest
from django.template import Context

from readership.funding import choosing
from readership.funding.embedding import Snippets, meter_text, snippets
from readership.funding.models import Campaign
from readership.funding.parts import Meter
from readership.funding.queries import current_meter, meter, remembered_meter

register = template.Library()

# A story page shows the meter three times: strip, ask above, ask below. It is asked for once a request.
_asked: WeakKeyDictionary[HttpRequest, Meter | None] = WeakKeyDictionary()


@register.inclusion_tag("funding/parts/meter.html", takes_context=True)
def meter_strip(context: Context) -> dict[str, Meter | None]:
    return {"meter": _meter(context)}


@register.inclusion_tag("funding/parts/ask.html", takes_context=True)
def ask(context: Context, place: str = "below", text: str = "") -> dict[str, object]:
    return {"meter": _meter(context), "place": place, "text": text}


@register.inclusion_tag("funding/parts/meter.html")
def meter_of(campaign: Campaign) -> dict[str, Meter]:
    return {"meter": meter(campaign)}


@register.inclusion_tag("funding/parts/campaigns.html")
def other_campaigns(shown: Campaign | None = None) -> dict[str, tuple[Meter, ...]]:
    return {"meters": tuple(remembered_meter(campaign) for campaign in choosing.other_campaigns(shown))}


@register.inclusion_tag("funding/parts/elsewhere.html")
def meter_elsewhere(campaign: Campaign) -> dict[str, Snippets]:
    return {"snippets": snippets(campaign)}


@register.simple_tag
def meter_line(page: object = None) -> str:
    """The meter that `page` shows as one line of plain text; "" when no campaign runs."""
    campaign = choosing.campaign_for(page)
    return meter_text(campaign) if campaign else ""


def _meter(context: Context) -> Meter | None:
    request, page = context.get("request"), context.get("page")
    if request is None:
        return current_meter(page)
    if request not in _asked:
        _asked[request] = current_meter(page)
    return _asked[request]
