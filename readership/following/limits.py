"""How often somebody may be asked by mail, and how often one network may ask (attack G03)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from readership.following.errors import TooFast
from readership.following.models import Follow
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow
from readership.readers.address_links import LASTS, Purpose
from readership.readers.models import MailAddress

ONE_IN, DAY, HOUR = timedelta(minutes=15), timedelta(days=1), timedelta(hours=1)
MOST_A_DAY = 5
# From everybody to everybody: far above a busy day, far below what makes a mail server suspect us.
MOST_AN_HOUR_OVERALL = 600
ASKING = ((6, 60), (40, 3600))  # forms from one network
LINKS = ((1, 15 * 60), (5, 24 * 3600))  # links to one address


def may_ask(address: MailAddress, *, now: datetime) -> bool:
    """Whether one more question may go to this address. Counted in rows, so that a restart forgets nothing."""
    if address.stopped_at is not None:
        return False
    asked = Follow.objects.filter(address=address)
    if asked.filter(question_at__gt=now - ONE_IN).exists():
        return False
    if _questions(asked.filter(question_at__gt=now - DAY).values("question_at")) >= MOST_A_DAY:
        return False
    overall = Follow.objects.filter(question_at__gt=now - HOUR)
    return _questions(overall.values("address", "question_at")) < MOST_AN_HOUR_OVERALL


def _questions(follows: QuerySet[Follow, Any]) -> int:
    """One question may be about several follows."""
    return follows.distinct().count()


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
