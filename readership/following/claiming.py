"""A guest who confirms an address has said yes to what they asked for with it and were not asked about yet."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from readership.following.models import Follow
from readership.readers.claims import Claim, claims


@claims("follows")
class ClaimFollows:
    """Follows wait without a question where one mail had gone to the address a moment before (attack G03)."""

    def count(self, claim: Claim) -> int:
        return self._unasked(claim).count()

    def take(self, claim: Claim, *, now: datetime) -> int:
        return self._unasked(claim).update(confirmed_at=now)

    @staticmethod
    def _unasked(claim: Claim) -> QuerySet[Follow]:
        if claim.address is None:
            return Follow.objects.none()
        return Follow.objects.filter(address=claim.address, confirmed_at=None, question_at=None)
