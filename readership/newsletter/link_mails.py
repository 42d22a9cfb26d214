"""A new link to the own page, for whoever asks for it with an address that subscribed to something."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from readership import outbox
from readership.following.letters import speaking_to
from readership.following.limits import may_link
from readership.newsletter.links import not_me_link, own_link
from readership.outbox.registry import handles
from readership.readers.letters import Letter, WayOut, send_letter
from readership.readers.models import MailAddress


def ask_for_link(given: str, *, asking: str) -> None:
    """The same work for every address, known or not (attack E01). `asking` names this one asking."""
    address = given.strip().lower()
    if may_link(address):
        outbox.put("newsletter_link", key=asking, payload={"address": address, "asking": asking})


@handles("newsletter_link")
def send_link(payload: dict[str, Any]) -> None:
    """To nobody whom we do not know, nor where mail is not wanted."""
    address = MailAddress.objects.filter(address=payload["address"], stopped_at=None).first()
    if address is None or not address.subscriptions.filter(confirmed_at__isnull=False).exists():
        return
    with speaking_to(address):
        letter = Letter(
            subject=_("The link to your newsletters of %(site)s") % {"site": settings.SITE_NAME},
            paragraphs=(
                _("Here is the link to your own page: which newsletters you get, and what of them."),
                _("It is good for ninety days. Whoever holds it can change what is there: do not pass it on."),
            ),
            button=_("Open my page"),
            link=own_link(address),
            why=_("You get this mail because somebody typed your address on our page. If it was not you, do nothing."),
            ways=(WayOut(_("It was not me: never write to me"), not_me_link(address)),),
        )
        send_letter(address.address, letter, key=f"newsletter-link-{payload['asking']}")
