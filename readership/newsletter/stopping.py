"""To stop an edition, or all of them; to change what one wants. Each works at once, also for mail that waits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from readership.newsletter.joining import subscribe_now
from readership.newsletter.models import Edition, Subscription
from readership.newsletter.wishes import Wishes
from readership.readers.models import MailAddress


def stop_edition(address: MailAddress, edition: Edition, *, now: datetime) -> None:
    Subscription.objects.active().filter(address=address, edition=edition).update(stopped_at=now)


def stop_all(address: MailAddress, *, now: datetime) -> None:
    Subscription.objects.active().filter(address=address).update(stopped_at=now)


@transaction.atomic
def choose(address: MailAddress, wishes: Wishes, *, now: datetime) -> None:
    """Exactly these editions from now on."""
    Subscription.objects.active().filter(address=address).exclude(edition__in=wishes.editions).update(stopped_at=now)
    subscribe_now(address, wishes, now=now)
