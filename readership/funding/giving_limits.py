"""How many gifts may be begun in a short time: thieves try out stolen cards with small gifts (attack K17)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from readership.funding.errors import FundingError
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow


class TooManyGifts(FundingError):
    message = _(
        "More gifts were begun from your network than we can take at once. Please wait a minute and send it again."
    )

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def allow_gift(request: HttpRequest) -> None:
    """Raises TooManyGifts: from one network, or from all together."""
    for key, limits in (
        (f"gift:{client_network(request.META)}", settings.GIFT_LIMITS),
        ("gifts", settings.SITE_GIFT_LIMITS),
    ):
        verdict = allow(key, limits=limits)
        if not verdict.is_allowed:
            raise TooManyGifts(verdict.retry_after)
