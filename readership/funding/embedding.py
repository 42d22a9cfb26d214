"""The meter on other sites and in mails: as a frame, as a picture, as a line of text."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from readership.funding.models import Campaign
from readership.funding.picture import WIDTH
from readership.funding.queries import remembered_meter
from readership.lib.text import clean_line
from readership.stories.queries import absolute

# Enough for a long sentence and two rows of labels on a phone.
FRAME_HEIGHT = 280


@dataclass(frozen=True)
class Snippets:
    """HTML to copy into a page of another site. `picture_url` is for where only pictures can be shown."""

    frame: str
    picture: str
    picture_url: str
    page_url: str


def snippets(campaign: Campaign) -> Snippets:
    page_url = absolute(campaign.get_absolute_url())
    picture_url = absolute(reverse("funding:meter_picture", args=[campaign.slug]))
    frame_url = absolute(reverse("funding:meter_frame", args=[campaign.slug]))
    return Snippets(
        frame=format_html(
            '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
            frame_url,
            campaign.title,
            FRAME_HEIGHT,
        ),
        picture=format_html(
            '<a href="{}"><img src="{}" alt="{}" width="{}"></a>', page_url, picture_url, campaign.title, WIDTH
        ),
        picture_url=picture_url,
        page_url=page_url,
    )


def meter_text(campaign: Campaign) -> str:
    """The meter as one line of plain text, with where to give: for feeds and newsletters."""
    meter = remembered_meter(campaign)
    sentences = [_ended(said) for said in (f"{meter.title}: {meter.sentence}", meter.promised_text) if said]
    return clean_line(" ".join([*sentences, absolute(meter.url)]))


def _ended(said: str) -> str:
    return _("%(sentence)s.") % {"sentence": said}
