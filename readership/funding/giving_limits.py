"""How many gifts may be begun in a short time: thieves try out stolen cards with small gifts (attack K17)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readership.funding.alarming import alarm
from readership.funding.errors import FundingError
from readership.funding.proving import ProofWanted, ask, is_proof, is_storm
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow


class TooManyGifts(FundingError):
    message = gettext_lazy(
        "More gifts were begun from your network than we can take at once. Please wait a minute and send it again."
    )

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def demand_proof(sent: str, *, now: datetime) -> None:
    """Raises ProofWanted while unusually many gifts begin, unless `sent` is one. Tells the treasurers hourly."""
    if not is_storm() or (sent and is_proof(sent, now=now)):
        return
    alarm(
        key=f"storm-{now:%Y%m%d%H}",
        said=_("Unusually many gifts are being begun on the giving page: somebody may be trying out stolen cards.")
        + " "
        + _("Browsers have to prove themselves now, and you need do nothing. Refund what you do not trust."),
    )
    raise ProofWanted(ask(now))


def allow_gift(request: HttpRequest) -> None:
    """Raises TooManyGifts: from one network, or from all together."""
    for key, limits in (
        (f"gift:{client_network(request.META)}", settings.GIFT_LIMITS),
        ("gifts", settings.SITE_GIFT_LIMITS),
    ):
        verdict = allow(key, limits=limits)
        if not verdict.is_allowed:
            raise TooManyGifts(verdict.retry_after)
