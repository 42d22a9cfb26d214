"""Gifts come along when somebody with an account has confirmed the address that they were given from."""

from __future__ import annotations

from datetime import datetime

from readership.funding.giver_wishes import supporters_among
from readership.funding.givers import adopt_gifts
from readership.funding.models import Gift, Giver
from readership.readers.claims import Claim, claims
from readership.readers.standing import mark_supporter


@claims("gifts")
class ClaimGifts:
    def count(self, claim: Claim) -> int:
        giver = _giver(claim)
        return Gift.objects.filter(giver=giver).count() if giver else 0

    def take(self, claim: Claim, *, now: datetime) -> int:
        giver = _giver(claim)
        if giver is None or claim.reader is None:
            return 0
        Giver.objects.filter(pk=giver.pk, reader=None).update(reader=claim.reader)
        adopt_gifts(giver)
        mark_supporter(claim.reader, claim.reader.pk in supporters_among({claim.reader.pk}))
        return Gift.objects.filter(giver=giver).count()


def _giver(claim: Claim) -> Giver | None:
    """A giver who is nobody's yet; a reader who is joined to one already has what is theirs."""
    if claim.reader is None or claim.address is None or claim.address.confirmed_at is None:
        return None
    if Giver.objects.filter(reader=claim.reader).exists():
        return None
    return Giver.objects.filter(email=claim.address.address, reader=None).first()
