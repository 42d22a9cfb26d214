"""The people themselves go: account, address, devices, sessions, and the mail that waits for them."""

from __future__ import annotations

from django.db.models import Q

from readership.outbox.models import OutboxItem
from readership.readers.erasing import Erasure, erases
from readership.readers.own_holdings import addresses_of, guests_of, readers_of


@erases
def leave_readers(erasure: Erasure) -> None:
    """After everything that points at them: what still does is of the newsroom, and stays."""
    addresses = {erasure.person.address, *addresses_of(erasure.person).values_list("address", flat=True)} - {""}
    # Mail that waits or was sent, and what somebody asked for with the address.
    OutboxItem.objects.filter(Q(payload__to__in=addresses) | Q(payload__address__in=addresses)).delete()
    # With the account go its sessions, passkeys, addresses and accounts elsewhere.
    readers_of(erasure.person).delete()
    guests_of(erasure.person).delete()
    addresses_of(erasure.person).delete()
