"""The meter for other sites: a page for their frames, and a picture. Both are the same for everybody."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from readership import pagecache
from readership.funding.choosing import public_campaign
from readership.funding.models import Campaign
from readership.funding.picture import picture
from readership.funding.queries import remembered_meter
from readership.lib.framing import in_any_frame
from readership.stories.queries import absolute

# The look of the picture, in the colours of css/tokens.css: a picture takes nothing from a stylesheet of ours.
STYLE = SafeString(
    ":root{--paper:#fff;--ink:#1a1a18;--muted:#605c53;--hair:#dedad0;--money:#9a3b12}"
    "@media (prefers-color-scheme:dark){"
    ":root{--paper:#141413;--ink:#e9e7e1;--muted:#a6a194;--hair:#37352f;--money:#eb9a6c}}"
    ":root{max-width:100%;height:auto}"
    'text{font:15px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;fill:var(--ink);'
    "font-variant-numeric:tabular-nums lining-nums}"
    ".paper{fill:var(--paper)}.title{font-size:18px;font-weight:650}.promised{fill:var(--muted);font-size:14px}"
    ".drawing,.drawing text{font-size:13px}.drawing text{fill:var(--muted)}"
    ".rule{fill:var(--hair)}.raised{fill:var(--money)}.mark{stroke:var(--ink)}"
    ".coming{stroke:var(--money);stroke-width:.4em;stroke-dasharray:.15em .15em}"
)
STYLE_HASH = f"'sha256-{base64.b64encode(sha256(STYLE.encode()).digest()).decode()}'"
# Control characters, which XML does not know and an older site's titles may hold.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _shown(slug: str) -> Campaign | None:
    pagecache.depends_on("site")
    return public_campaign(slug)


@in_any_frame
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    pagecache.share(request)
    campaign = _shown(slug)
    if campaign is None:
        return render(request, "funding/embed/gone.html", status=404)
    page = {"meter": remembered_meter(campaign), "address": absolute(campaign.get_absolute_url())}
    return render(request, "funding/embed/meter.html", page)


@csp_update({"style-src": STYLE_HASH})  # type: ignore[arg-type]  # Its types know no view with arguments.
@in_any_frame
def picture_file(request: HttpRequest, slug: str) -> HttpResponse:
    """It is kept like any page and comes with its ETag, so a picture is asked for again and seldom sent again."""
    pagecache.share(request)
    campaign = _shown(slug)
    if campaign is None:
        return render(request, "funding/embed/gone.html", status=404)
    drawn = picture(remembered_meter(campaign), is_rtl=get_language_bidi())
    text = render_to_string("funding/embed/meter.svg", {"picture": drawn, "style": STYLE})
    return HttpResponse(NOT_IN_XML.sub("", text), content_type="image/svg+xml; charset=utf-8")
