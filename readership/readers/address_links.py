"""Signed links to the owner of a mail address: each purpose is signed for itself (attacks C08, E14).

A token says for which address, until when, and for which one thing (a story, a mail); a token of one purpose, or about
one thing, opens nothing else. It holds no name and no address, ends after a while, and dies with every other link of
that address when its owner says so (`addresses.end_old_links`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.core.signing import BadSignature, TimestampSigner

from readership.readers.models import MailAddress

LONGEST_TOKEN = 200
MOST_NUMBERS = 4


class Purpose(Enum):
    """What one token is good for, and how long. The values are part of every link that was sent: never change one."""

    CONFIRM = "confirm.1"  # this address is mine, and I asked for this
    NOT_ME = "not-me.1"  # it was not me who gave it
    MANAGE = "manage.1"  # see and change everything that comes to this address
    STOP = "stop.1"  # no more mail of this kind
    VERIFY = "verify-guest.1"  # this address is mine, and so is what one guest wrote
    OWN_DATA = "own-data.1"  # see, take along and erase what is held about its owner
    UNDO = "undo.1"  # the account whose address this was goes back to it
    # As MANAGE, for an account or a device that we know: it stays in the history of a browser that may be shared.
    VISIT = "visit.1"
    NEWSLETTER = "newsletter.1"  # this address is mine, and I asked for these editions
    NEWSLETTER_STOP = "newsletter-stop.1"  # no more of this edition


LASTS = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.NOT_ME: timedelta(days=30),
    Purpose.MANAGE: timedelta(days=90),
    Purpose.OWN_DATA: timedelta(days=1),
    # The law wants an old mail's link to work as well.
    Purpose.STOP: timedelta(days=3650),
    Purpose.VERIFY: timedelta(days=3),
    Purpose.UNDO: timedelta(days=7),
    Purpose.VISIT: timedelta(hours=12),
    Purpose.NEWSLETTER: timedelta(days=3),
    Purpose.NEWSLETTER_STOP: timedelta(days=3650),
}


@dataclass(frozen=True)
class Claim:
    """What a genuine token says: whose, and about which rows (what the numbers mean is the purpose's affair)."""

    address: MailAddress
    about: tuple[int, ...]


def token_of(purpose: Purpose, address: MailAddress, *about: int) -> str:
    """At most four numbers `about`."""
    if len(about) > MOST_NUMBERS:
        raise ValueError("A link is about four rows at most.")
    return _signer(purpose).sign("-".join(str(number) for number in (address.pk, address.link_version, *about)))


def claim_of(purpose: Purpose, token: str) -> Claim | None:
    """None for what is forged, too old, was ended or is for another purpose: nobody learns which."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        signed = _signer(purpose).unsign(token, max_age=LASTS[purpose])
    except BadSignature:
        return None
    pk, version, *about = (int(number) for number in signed.split("-"))
    address = MailAddress.objects.filter(pk=pk, link_version=version).first()
    return Claim(address, tuple(about)) if address else None


def _signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(salt=f"readership.readers.address.{purpose.value}", sep=".")
