"""Which editions readers can subscribe to, and the verb that changes that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from readership.newsletter.models import Edition, EditionPlan
from readership.pagecache import changed, remembered

TAG = "newsletter"


def editions_on() -> tuple[Edition, ...]:
    """In the order in which they are shown. Asked for once in a process until the newsroom changes it."""
    return remembered("editions on", _editions_on, tags=(TAG,))


def _editions_on() -> tuple[Edition, ...]:
    on = set(EditionPlan.objects.filter(is_on=True).values_list("edition", flat=True))
    return tuple(edition for edition in Edition if edition in on)


def plan_of(edition: Edition) -> EditionPlan:
    """Not stored yet where the newsroom never said anything about it."""
    return EditionPlan.objects.filter(edition=edition).first() or EditionPlan(edition=edition)


@transaction.atomic
def keep_plan(plan: EditionPlan, *, now: datetime) -> None:
    """A digest whose hour is past when it is switched on comes the next time."""
    if plan.is_on and plan.on_since is None:
        plan.on_since = now
    if not plan.is_on:
        plan.on_since = None
    plan.save()
    changed(TAG)
