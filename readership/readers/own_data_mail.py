"""The link to what is held about somebody, for whoever asks for it with an address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from readership import outbox
from readership.lib.rate_limit import allow
from readership.readers import exporting
from readership.readers.address_links import Purpose, token_of
from readership.readers.addresses import address_known_by
from readership.readers.holdings import person_by_address
from readership.readers.letters import Letter, send_letter, speaking

# For one address, whoever asks (attack G03).
ADDRESS_LIMITS = ((1, 15 * 60), (5, 24 * 3600))


def ask_for_own_data(address: str, *, language: str, asking: str) -> None:
    """The same work for every address, known or not: the rest is done out of the asker's sight (attack E01).

    `asking` names this one asking. More of them than the limits allow do nothing, and nobody is told.
    """
    address = address.strip().lower()
    name = salted_hmac("readership.readers.own_data_mail", address, algorithm="sha256").hexdigest()
    if allow(f"own-data:{name}", limits=ADDRESS_LIMITS).is_allowed:
        outbox.put("own_data_link", key=asking, payload={"to": address, "language": language, "asking": asking})


@outbox.handles("own_data_link")
def send_link(payload: dict[str, Any]) -> None:
    """To nobody of whom nothing is held: a form that writes to any address would be a nuisance (attack L08)."""
    if not exporting.counts(person_by_address(payload["to"])):
        return
    token = token_of(Purpose.OWN_DATA, address_known_by(payload["to"], language=payload["language"]))
    with speaking(payload["language"]):
        letter = Letter(
            subject=_("What %(site)s holds about you") % {"site": settings.SITE_NAME},
            paragraphs=(
                _("Here is the link to all that is held about you. There you can take it along, or have it erased."),
                _("It is good for one day. Whoever holds it can do the same: do not pass it on."),
            ),
            button=_("See what is held about me"),
            link=f"{settings.SITE_URL}{reverse('own_data:shown', args=[token])}",
            why=_("You get this mail because somebody typed your address on our page. If it was not you, do nothing."),
        )
        send_letter(payload["to"], letter, key=f"own-data-{payload['asking']}")
