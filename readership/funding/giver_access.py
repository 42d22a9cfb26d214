"""What of the money one giver may see: the own, and nothing else. Whatever is not theirs is not there (attack K18)."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from readership.funding.models import Gift, Giver, Pledge


def gift_for(giver: Giver, reference: str) -> Gift:
    return get_object_or_404(Gift.objects.select_related("campaign", "giver"), giver=giver, reference=reference)


def pledge_for(giver: Giver, reference: str) -> Pledge:
    return get_object_or_404(Pledge.objects.select_related("campaign", "giver"), giver=giver, reference=reference)
