"""The people themselves go: account, address, devices, sessions, and the mail that waits for them."""

from __future__ import annotations

from readership.outbox.forgetting import forget_mail_to
from readership.readers.erasing import Erasure, erases
from readership.readers.own_holdings import addresses_of, guests_of, readers_of


@erases
def leave_readers(erasure: Erasure) -> None:
    """After everything that points at them: what still does is of the newsroom, and stays."""
    addresses = {erasure.person.address, *addresses_of(erasure.person).values_list("address", flat=True)} - {""}
    for address in addresses:
        forget_mail_to(address)
    # With the account go its sessions, passkeys, addresses and accounts elsewhere.
    readers_of(erasure.person).delete()
    guests_of(erasure.person).delete()
    addresses_of(erasure.person).delete()
