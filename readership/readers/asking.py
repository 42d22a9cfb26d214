"""How often somebody may be asked by mail whether an address is theirs: whoever asks, for whatever (attack G03).

Counted in rows, so that a restart forgets nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from readership.readers.models import Asking, MailAddress

ONE_IN = timedelta(minutes=15)
MOST_A_DAY = 5
# From everybody to everybody: far above a busy day, far below what makes a mail server suspect us.
MOST_AN_HOUR_OVERALL = 600
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEPT = timedelta(days=2)


@transaction.atomic
def may_ask(address: MailAddress, now: datetime) -> bool:
    """Whether one more mail may ask there; counted when so. Not where its owner told us to stop.

    Locks the address: two who ask at once must not both be the first.
    """
    locked = MailAddress.objects.select_for_update().get(pk=address.pk)
    if locked.stopped_at is not None:
        return False
    asked = Asking.objects.filter(address=locked)
    if asked.filter(asked_at__gt=now - ONE_IN).exists() or asked.filter(asked_at__gt=now - DAY).count() >= MOST_A_DAY:
        return False
    if Asking.objects.filter(asked_at__gt=now - HOUR).count() >= MOST_AN_HOUR_OVERALL:
        return False
    Asking.objects.create(address=locked, asked_at=now)
    return True


def was_asked_lately(address: MailAddress) -> bool:
    """Within the two days that we remember."""
    return Asking.objects.filter(address=address).exists()


def forget_askings(*, now: datetime) -> int:
    return Asking.objects.filter(asked_at__lt=now - KEPT).delete()[0]
