"""What is kept no longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from readership.newsletter.models import Delivery, Subscription
from readership.readers.address_links import LASTS, Purpose

DELIVERIES_KEPT = timedelta(days=90)
STOPPED_KEPT = timedelta(days=90)
BATCH = 5_000


def forget_old(*, now: datetime) -> None:
    """Subscriptions that nobody confirmed while they could, or that were stopped; who was sent what long ago."""
    never_confirmed = Q(confirmed_at=None, asked_at__lt=now - LASTS[Purpose.NEWSLETTER])
    stopped = Q(stopped_at__lt=now - STOPPED_KEPT, asked_at__lt=now - LASTS[Purpose.NEWSLETTER])
    Subscription.objects.filter(never_confirmed | stopped).delete()
    old = Delivery.objects.filter(put_at__lt=now - DELIVERIES_KEPT)
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        Delivery.objects.filter(pk__in=pks).delete()
