"""How an address wants its mail: what pacing.py asks, and the verb that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction

from readership.following.models import Notice
from readership.following.pacing import Wishes, due_at
from readership.readers.models import MailAddress, Pace

CHOSEN = ["pace", "wants_every", "quiet_from", "quiet_until", "time_zone", "language"]


@dataclass(frozen=True)
class Chosen:
    pace: Pace
    wants_every: bool
    quiet_from: int
    quiet_until: int
    time_zone: str
    language: str


def wishes_of(address: MailAddress) -> Wishes:
    return Wishes(
        pace=Pace(address.pace),
        zone=_zone(address.time_zone or settings.TIME_ZONE),
        wants_every=address.wants_every,
        quiet_from=address.quiet_from,
        quiet_until=address.quiet_until,
    )


@lru_cache(maxsize=700)
def _zone(name: str) -> ZoneInfo:
    """A zone that this machine no longer knows must not keep anybody from their mail."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@transaction.atomic
def choose(address: MailAddress, chosen: Chosen, *, now: datetime) -> None:
    """From now on; what waits already goes by the new wishes too."""
    for name in CHOSEN:
        setattr(address, name, getattr(chosen, name))
    address.save(update_fields=CHOSEN)
    Notice.objects.filter(address=address).waiting().update(due_at=due_at(wishes_of(address), now=now))


def language_of(address: MailAddress) -> str:
    """The one that was chosen, where it is still offered; else the site's."""
    return address.language if address.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
