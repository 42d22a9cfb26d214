"""Which address is known to be the speaker's own: of the account, or of a device that was used to confirm it."""

from __future__ import annotations

from readership.readers.models import MailAddress
from readership.readers.speaking import Speaker


def own_address(speaker: Speaker) -> MailAddress | None:
    """None where it is not confirmed, or stopped: then its owner is asked by mail."""
    reachable = MailAddress.objects.reachable()
    if speaker.reader:
        return reachable.filter(reader=speaker.reader).first()
    if speaker.guest and speaker.guest.address_id:
        return reachable.filter(pk=speaker.guest.address_id).first()
    return None
