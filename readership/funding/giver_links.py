"""The key to a giver's own page: a signed link, sent to the address that gave, or fetched with the own account.

It holds nobody's name or address, ends after a while, and dies with every other link of that giver when the giver
says so (`givers.end_old_links`). Each way of coming by it is signed for itself: one cannot pass for the other, and
nothing else that this site signs can pass for either (attacks C08, E14).
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from readership.funding.models import Giver


class Way(Enum):
    MAILED = "mailed"
    # Stays in the history of a browser that may be shared: a day's work, no more.
    ACCOUNT = "account"


LASTS = {Way.MAILED: timedelta(days=90), Way.ACCOUNT: timedelta(hours=12)}
LONGEST_TOKEN = 200


def token_of(giver: Giver, way: Way = Way.MAILED) -> str:
    return _signer(way).sign(f"{giver.pk}-{giver.link_version}")


def page_of(giver: Giver, way: Way = Way.MAILED) -> str:
    """The path of the giver's page."""
    return reverse("gifts:yours", args=[token_of(giver, way)])


def link_to(giver: Giver) -> str:
    """The whole address, for a mail."""
    return f"{settings.SITE_URL}{page_of(giver)}"


def giver_of(token: str) -> Giver | None:
    """None for what is forged, too old or was ended: nobody learns which."""
    if len(token) > LONGEST_TOKEN:
        return None
    for way, lasts in LASTS.items():
        try:
            number, _dash, version = _signer(way).unsign(token, max_age=lasts).partition("-")
        except BadSignature:
            continue
        return Giver.objects.filter(pk=int(number), link_version=int(version)).first()
    return None


def _signer(way: Way) -> TimestampSigner:
    return TimestampSigner(salt=f"readership.funding.giver.{way.value}", sep=".")
