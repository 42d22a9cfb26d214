"""A browser may show news, or may no more."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from readership.following.models import PushSubscription
from readership.following.models.push_subscription import LONGEST_ENDPOINT
from readership.following.push_services import is_push_service
from readership.readers.models import MailAddress

MOST = 10  # browsers of one address
# A point on the curve P-256, and 16 bytes, as browsers write them.
P256DH, AUTH = re.compile(r"[\w-]{86,88}=?", re.ASCII), re.compile(r"[\w-]{21,24}={0,2}", re.ASCII)


@transaction.atomic
def subscribe(address: MailAddress, *, endpoint: str, p256dh: str, auth: str, now: datetime) -> bool:
    """False for what no browser sends. The latest browsers stay; who has the browser now has its news."""
    fits = len(endpoint) <= LONGEST_ENDPOINT and P256DH.fullmatch(p256dh) and AUTH.fullmatch(auth)
    if not fits or not is_push_service(endpoint):
        return False
    keys = {"address": address, "p256dh": p256dh, "auth": auth, "created_at": now}
    PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=keys)
    kept = PushSubscription.objects.filter(address=address).order_by("-created_at", "-pk").values_list("pk", flat=True)
    PushSubscription.objects.filter(address=address).exclude(pk__in=list(kept[:MOST])).delete()
    return True


def unsubscribe(address: MailAddress) -> None:
    PushSubscription.objects.filter(address=address).delete()
