"""How much one place may do in a short time. Readers of the page are never slowed by it (attacks F01, F05, E05)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from readership.discussion.errors import TooFast, TooManyPictures
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow
from readership.readers.networks import network_hash

PREVIEWS = ((30, 60), (300, 3600))  # enough for whoever mends a comma at a time
PICTURES = ((6, 60), (40, 3600), (100, 86_400))  # each is drawn anew, and stays on our disk
VOTE_SPIKE = ((60, 60),)  # votes of guests on one comment, seconds


def network(request: HttpRequest, *, purpose: str, at: datetime) -> str:
    return network_hash(client_network(request.META), purpose=purpose, at=at)


def is_flood(request: HttpRequest) -> bool:
    """Whether this place has commented more than the limits allow: then it is read first, not refused."""
    return not allow(f"comment:{client_network(request.META)}", limits=settings.COMMENT_LIMITS).is_allowed


def allow_vote(request: HttpRequest) -> None:
    """Raises TooFast when this place votes faster than people do."""
    verdict = allow(f"vote:{client_network(request.META)}", limits=settings.VOTE_LIMITS)
    if not verdict.is_allowed:
        raise TooFast(verdict.retry_after)


def allow_preview(request: HttpRequest) -> None:
    """Raises TooFast when this place asks for more previews than one person writes."""
    verdict = allow(f"preview:{client_network(request.META)}", limits=PREVIEWS)
    if not verdict.is_allowed:
        raise TooFast(verdict.retry_after)


def allow_picture(request: HttpRequest) -> None:
    """Raises TooManyPictures when this place sends more than people take (attack B10)."""
    if not allow(f"picture:{client_network(request.META)}", limits=PICTURES).is_allowed:
        raise TooManyPictures


def is_vote_spike(comment_id: int) -> bool:
    return not allow(f"votes-on:{comment_id}", limits=VOTE_SPIKE).is_allowed
