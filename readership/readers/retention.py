"""What nobody needs any longer: addresses that were never confirmed, devices that were of no use for a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from readership.readers.models import Guest, MailAddress

UNCONFIRMED = timedelta(days=30)
DEVICES = timedelta(days=365)
AT_ONCE = 500


def forget_unconfirmed_addresses(*, now: datetime) -> int:
    """Addresses whose owner never answered. One that said “it was not me” is remembered: it must stay left alone."""
    old = MailAddress.objects.filter(confirmed_at=None, stopped_at=None, reader=None, created_at__lt=now - UNCONFIRMED)
    return old.delete()[0]


def forget_devices(*, now: datetime) -> int:
    """Guests with whom nothing is connected any more. Returns how many; at most some hundreds at a time."""
    connected = Q()
    for relation in Guest._meta.related_objects:
        connected |= Q(**{f"{relation.name}__isnull": False})
    old = Guest.objects.filter(created_at__lt=now - DEVICES, address=None).exclude(connected)
    return Guest.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:AT_ONCE])).delete()[0]
