"""What is held about people who get newsletters. All of it hangs on the address, and goes with it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from readership.newsletter.models import Delivery, Subscription
from readership.readers.holdings import Holding, Person, hold, hold_nothing
from readership.readers.own_holdings import addresses_of


def subscriptions_of(person: Person) -> QuerySet[Subscription]:
    return Subscription.objects.filter(address__in=addresses_of(person))


def topics_of(person: Person) -> QuerySet[Any]:
    return Subscription.topics.through.objects.filter(subscription__in=subscriptions_of(person))


def sections_of(person: Person) -> QuerySet[Any]:
    return Subscription.sections.through.objects.filter(subscription__in=subscriptions_of(person))


WHY = _("So that you get the newsletters you asked for, and no other.")
KEPT = _("Until ninety days after you stop it, or until you leave. What you never confirmed: three days.")

hold(
    Holding(
        model="newsletter.Subscription",
        title=_("Newsletters you subscribed to"),
        why=WHY,
        kept=KEPT,
        of=subscriptions_of,
        shown=("id", "address", "edition", "asked_at", "confirmed_at", "stopped_at"),
    ),
    Holding(
        model="newsletter.Subscription_topics",
        title=_("Topics you want in your newsletters"),
        why=WHY,
        kept=KEPT,
        of=topics_of,
        shown=("id", "subscription", "topic"),
    ),
    Holding(
        model="newsletter.Subscription_sections",
        title=_("Sections you want in your newsletters"),
        why=WHY,
        kept=KEPT,
        of=sections_of,
        shown=("id", "subscription", "section"),
    ),
    Holding(
        model="newsletter.Delivery",
        title=_("Newsletters that were sent to you"),
        why=_("So that each issue comes to you once. Whether you read it, nobody knows."),
        kept=_("Ninety days."),
        of=lambda person: Delivery.objects.filter(address__in=addresses_of(person)),
        shown=("id", "issue", "address", "put_at", "sent_at", "left_out_at"),
    ),
)
hold_nothing(
    _("what the newsroom sends and plans to send"),
    "newsletter.Issue",
    "newsletter.IssueStory",
    "newsletter.IssuePick",
    "newsletter.EditionPlan",
)
