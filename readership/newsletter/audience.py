"""Who gets an issue. Asked when it is shown to the editor, and again when it is sent."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from readership.funding.models import Gift, GiftState
from readership.newsletter.models import Audience, Issue, Subscription
from readership.newsletter.models.subscription import SubscriptionQuerySet
from readership.newsletter.wishes import sections_around

_topics = Subscription.topics.through.objects.filter(subscription=OuterRef("pk"))
_sections = Subscription.sections.through.objects.filter(subscription=OuterRef("pk"))
WANTS_ALL = ~Exists(_topics) & ~Exists(_sections)


def subscribers_of(issue: Issue) -> SubscriptionQuerySet:
    """Whoever chose no topics and sections wants all of them."""
    found = Subscription.objects.reachable().filter(edition=issue.edition)
    if issue.audience == Audience.TOPIC:
        return found.filter(WANTS_ALL | Exists(_topics.filter(topic=issue.topic))) if issue.topic else found.none()
    if issue.audience == Audience.SECTION:
        if issue.section is None:
            return found.none()
        return found.filter(WANTS_ALL | Exists(_sections.filter(section__in=sections_around(issue.section))))
    if issue.audience == Audience.SUPPORTERS:
        return found.filter(IS_SUPPORTER)
    return found


# Whose money we hold: given with this address, or with the account it belongs to. The address is confirmed, so nobody
# is told of somebody else's gift.
_gifts = Gift.objects.filter(state=GiftState.RECEIVED, is_trial=False)
IS_SUPPORTER = Exists(
    _gifts.filter(Q(giver__email=OuterRef("address__address")) | Q(giver_email=OuterRef("address__address")))
) | Exists(_gifts.filter(giver__reader=OuterRef("address__reader")))


def count_of(issue: Issue) -> int:
    return subscribers_of(issue).count()
