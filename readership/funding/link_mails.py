"""A new link to the giver's page, for whoever asks for it with the address of a gift."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from readership import outbox
from readership.funding.givers import adopt_gifts, giver_known_by
from readership.funding.letters import Letter, send_letter, speaking_to
from readership.funding.models import Gift, Giver
from readership.lib.rate_limit import allow
from readership.outbox.registry import handles

# For one address, whoever asks (attack G03).
ADDRESS_LIMITS = ((1, 15 * 60), (5, 24 * 3600))


def ask_for_link(address: str, *, asking: str) -> None:
    """The same work for every address, known or not: the rest is done later, out of the asker's sight (attack E01).

    `asking` names this one asking. More of them than the limits allow do nothing, and nobody is told.
    """
    address = address.strip().lower()
    name = salted_hmac("readership.funding.link_mails", address, algorithm="sha256").hexdigest()
    if allow(f"giver-link:{name}", limits=ADDRESS_LIMITS).is_allowed:
        outbox.put("giver_link", key=asking, payload={"address": address, "asking": asking})


@handles("giver_link")
def send_link(payload: dict[str, Any]) -> None:
    """To nobody who never gave: a form that writes to any address would be a nuisance."""
    giver = _giver(payload["address"])
    if giver is None:
        return
    facts = {"site": settings.SITE_NAME}
    with speaking_to(giver) as language:
        letter = Letter(
            subject=_("The link to your gifts to %(site)s") % facts,
            paragraphs=(
                _("Here is the link to your own page: your gifts and receipts, and your pledges."),
                _("It is good for ninety days. Whoever holds it can see and change what is there: do not pass it on."),
            ),
            why=_("You get this mail because somebody typed your address on our page. If it was not you, do nothing.")
            % facts,
        )
        send_letter(giver, letter, key=f"giver-link-{payload['asking']}", language=language)


def _giver(address: str) -> Giver | None:
    """Also whose gifts a treasurer recorded before anybody was known by this address."""
    giver = Giver.objects.filter(email=address).first()
    recorded = Gift.objects.filter(giver=None, giver_email=address).order_by("-pk").first()
    if recorded and giver is None:
        giver = giver_known_by(address, name=recorded.giver_name)
    if giver:
        adopt_gifts(giver)
    return giver
