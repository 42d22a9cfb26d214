"""What goes when a subscriber leaves: subscriptions, what was sent and what waits to be sent."""

from __future__ import annotations

from readership.newsletter.holding import subscriptions_of
from readership.newsletter.models import Delivery
from readership.outbox.models import OutboxItem
from readership.readers.erasing import Erasure, erases
from readership.readers.own_holdings import addresses_of


@erases
def leave_newsletters(erasure: Erasure) -> None:
    """A mail whose delivery is gone is not sent (newsletter.sending)."""
    ids = list(addresses_of(erasure.person).values_list("pk", flat=True))
    OutboxItem.objects.filter(kind="newsletter_mail", payload__address__in=ids).delete()
    Delivery.objects.filter(address__in=addresses_of(erasure.person)).delete()
    subscriptions_of(erasure.person).delete()
