"""A person is erased, and with them the mail that waits for them (attack L12)."""

from __future__ import annotations

from django.db.models import Q

from readership.outbox.mail import line_of
from readership.outbox.models import OutboxItem


def forget_mail_to(address: str) -> int:
    """Delete what waits, and what was given up; of what is done only the key is left. Returns how many went.

    So does what was asked for with the address. A letter that is being sent at this moment still arrives.
    """
    given = address.strip()
    is_about = Q(line=line_of(given)) | Q(payload__to__iexact=given) | Q(payload__address__iexact=given)
    items = OutboxItem.objects.filter(is_about)
    went = items.filter(done_at=None).delete()[0]
    # Were what is done deleted as well, whoever puts the same letter again would have it sent a second time.
    items.update(payload={}, line="", last_error="")
    return went
