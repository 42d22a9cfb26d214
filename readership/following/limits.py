"""How often one network may ask, and how often a link goes to one address; questions are counted by readers.asking
(attack G03)."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from readership.following.errors import TooFast
from readership.following.models import Follow
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow
from readership.readers.address_links import LASTS, Purpose
from readership.readers.models import MailAddress

ASKING = ((6, 60), (40, 3600))  # forms from one network
LINKS = ((1, 15 * 60), (5, 24 * 3600))  # links to one address


def is_waiting(address: MailAddress, about: str, *, now: datetime) -> bool:
    """Whether a question about the same thing lies in that mailbox and can still be answered."""
    pending = Follow.objects.pending().filter(address=address, about=about)
    return pending.filter(question_at__gt=now - LASTS[Purpose.CONFIRM]).exists()


def allow_asking(request: HttpRequest) -> None:
    """Raises TooFast when this network asks more than people do."""
    verdict = allow(f"follow:{client_network(request.META)}", limits=ASKING)
    if not verdict.is_allowed:
        raise TooFast(verdict.retry_after)


def may_link(address: str) -> bool:
    """Whether one more link may be mailed to `address`, whoever asks."""
    name = salted_hmac("readership.following.limits", address, algorithm="sha256").hexdigest()
    return allow(f"follow-link:{name}", limits=LINKS).is_allowed
