"""A guest confirms an address and is a verified guest from then on: the name is theirs, on this device and on others.

The mail says under which name something was written, and asks. Its link shows a page with one button; only the button
confirms, so that no program that looks into mail does it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from readership.readers import claims
from readership.readers.address_links import Purpose, claim_of, token_of
from readership.readers.addresses import (
    address_known_by,
    confirm_address,
    end_old_links,
    give_address_to_guest,
    stop_address,
)
from readership.readers.asking import may_ask, was_asked_lately
from readership.readers.letters import Letter, WayOut, send_letter
from readership.readers.models import Guest, MailAddress, StopReason

__all__ = ["Asked", "ask_to_confirm", "asked_by", "confirm", "may_ask", "refuse", "refused_by"]


@dataclass(frozen=True)
class Asked:
    """What a genuine link from such a mail is about."""

    address: MailAddress
    guest: Guest

    @property
    def is_done(self) -> bool:
        return self.guest.address_id == self.address.pk


@transaction.atomic
def ask_to_confirm(given: str, guest: Guest, *, why: str, now: datetime, is_needed: bool = True) -> bool:
    """Ask the owner of this address whether the guest is them. `why` is one sentence on what the guest just did; unless
    something waits for the answer (`is_needed`), whoever was asked lately is left in peace.

    Whether a mail goes out is for limits to say; what the guest is told must be the same (attack E01).
    """
    try:
        address = address_known_by(given)
    except ValidationError:
        return False
    if guest.address_id == address.pk or (not is_needed and was_asked_lately(address)):
        return False
    if not may_ask(address, now):
        return False
    token, not_me = token_of(Purpose.VERIFY, address, guest.pk), token_of(Purpose.NOT_ME, address)
    letter = Letter(
        subject=_("Is this your address? %(site)s asks") % {"site": settings.SITE_NAME},
        paragraphs=(
            why,
            _("If it was you, confirm it: the name is yours alone from then on, and what you wrote carries a mark."),
        ),
        button=_("Yes, that was me"),
        link=_link("guest_confirm", token),
        why=_("You get this mail because somebody typed your address on our page. If it was not you, do nothing."),
        ways=(WayOut(_("This was not me: write to me no more"), _link("guest_not_me", not_me)),),
    )
    send_letter(address.address, letter, key=f"confirm-{secrets.token_hex(16)}")
    return True


def asked_by(token: str) -> Asked | None:
    claim = claim_of(Purpose.VERIFY, token)
    guest = Guest.objects.filter(pk=claim.about[0]).first() if claim else None
    # Who confirmed another address with this device meanwhile is somebody else.
    if claim is None or guest is None or guest.address_id not in {None, claim.address.pk}:
        return None
    return Asked(claim.address, guest)


@transaction.atomic
def confirm(asked: Asked, *, now: datetime) -> None:
    """The second time changes nothing."""
    confirm_address(asked.address, now=now)
    verify_guest(asked.guest, asked.address, now=now)


def verify_guest(guest: Guest, address: MailAddress, *, now: datetime) -> None:
    """The guest has shown that the address is theirs: what waited for it appears, what was written before carries the
    mark."""
    give_address_to_guest(address, guest)
    devices = tuple(Guest.objects.filter(address=address))
    claims.take(claims.Claim(devices=devices, address=address, guest=guest), now=now)


def refused_by(token: str) -> MailAddress | None:
    claim = claim_of(Purpose.NOT_ME, token)
    return claim.address if claim else None


@transaction.atomic
def refuse(address: MailAddress, *, now: datetime) -> None:
    """It was somebody else who typed it: nothing is sent there any more, and what was asked there is void."""
    stop_address(address, because=StopReason.REFUSED, now=now)
    end_old_links(address)
    Guest.objects.filter(address=address).update(address=None)


def _link(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"
