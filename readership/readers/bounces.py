"""Mail that came back, and mail that was called spam: after that nothing more is sent there (attack G08)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readership.outbox.fates import Fate, hears_of_fates
from readership.readers.addresses import stop_address
from readership.readers.models import MailAddress, StopReason

# Mails in a row that came back for a reason that may pass.
MOST_SOFT_BOUNCES = 5


@transaction.atomic
def note_bounce(address: str, *, hard: bool, now: datetime) -> None:
    """Mail came back: for good, or for a reason that may pass."""
    found = MailAddress.objects.select_for_update().filter(address=_as_kept(address)).first()
    if found is None:
        return
    found.bounces_count = min(found.bounces_count + 1, MOST_SOFT_BOUNCES)
    found.save(update_fields=["bounces_count"])
    if hard or found.bounces_count >= MOST_SOFT_BOUNCES:
        stop_address(found, because=StopReason.BOUNCED, now=now)


def note_complaint(address: str, *, now: datetime) -> None:
    """Its owner, or their mail provider, called our mail spam, or wants no more of it."""
    found = MailAddress.objects.filter(address=_as_kept(address)).first()
    if found is not None:
        stop_address(found, because=StopReason.COMPLAINED, now=now)


def note_arrival(address: str) -> None:
    MailAddress.objects.filter(address=_as_kept(address), bounces_count__gt=0).update(bounces_count=0)


@hears_of_fates
def note_fate(address: str, fate: Fate) -> None:
    """What the mail server said when it was handed a mail."""
    match fate:
        case Fate.REFUSED | Fate.CAME_BACK:
            note_bounce(address, hard=fate is Fate.REFUSED, now=timezone.now())
        # A mail service takes everything, and tells later what arrived.
        case Fate.ARRIVED if not settings.MAIL_SERVICE:
            note_arrival(address)


def _as_kept(address: str) -> str:
    return address.strip().lower()
