"""From a guest to a reader: an address is confirmed, what was written before is offered, a new sign-in is noted.

allauth says when; each receiver does one thing.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed, email_changed, email_confirmed
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from readership.readers.account_letters import letter_of
from readership.readers.address_links import Purpose, token_of
from readership.readers.addresses import address_known_by, give_address_to_reader
from readership.readers.claims import Claim
from readership.readers.devices import device_of
from readership.readers.guests import guest_of
from readership.readers.letters import send_letter
from readership.readers.models import Guest, Reader
from readership.readers.sessions import BEGAN_AT, DEVICE, end_sessions

UNCONFIRMED_FOR = timedelta(days=1)


def claim_of_reader(reader: Reader, request: HttpRequest) -> Claim:
    """What this device, and every device that confirmed the reader's address, did as a guest."""
    address = getattr(reader, "mail_address", None)
    devices = {guest.pk: guest for guest in Guest.objects.filter(address=address)} if address else {}
    here = guest_of(request)
    # A device that somebody else confirmed their address with is not this reader's, even when it is at hand.
    if here and here.address_id in {None, address.pk if address else None}:
        devices[here.pk] = here
    return Claim(devices=tuple(devices.values()), address=address, reader=reader)


@receiver(authentication_step_completed)
def know_address_of_code(sender: type[Reader], user: Reader, method: str, email: str = "", **_more: Any) -> None:
    """Accounts that were made in the admin have no address with allauth yet; a code that arrived confirms it."""
    if method == "code" and email == user.email:
        has_primary = EmailAddress.objects.filter(user=user, primary=True).exists()
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": not has_primary})


@receiver(email_confirmed)
def give_confirmed_address(request: HttpRequest, email_address: EmailAddress, **_more: Any) -> None:
    address = address_known_by(email_address.email)
    give_address_to_reader(address, Reader.objects.get(pk=email_address.user_id), now=timezone.now())


@receiver(email_changed)
def end_other_sessions(
    request: HttpRequest,
    user: Reader,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **_more: Any,
) -> None:
    """The address is what the account is opened with: elsewhere one has to sign in anew (attacks E08, E09, E10)."""
    user.refresh_from_db()
    if request.user.is_authenticated and request.user.pk == user.pk:
        update_session_auth_hash(request, user)
    end_sessions(user, but=request.session.session_key or "")
    if from_email_address and from_email_address.verified:
        tell_old_address(user, from_email_address.email, now=timezone.now())


def tell_old_address(reader: Reader, old: str, *, now: datetime) -> None:
    """With a way back, for whoever did not do this."""
    token = token_of(Purpose.UNDO, address_known_by(old), reader.pk, int(now.timestamp()))
    letter = letter_of(
        "account/email/email_changed", {"undo_url": f"{settings.SITE_URL}{reverse('account_undo', args=[token])}"}
    )
    send_letter(old, letter, key=f"account-{secrets.token_hex(16)}")


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: Reader, **_more: Any) -> None:
    """For the list of sessions. Django gives a session a new key when somebody signs in (attack E08)."""
    request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))
    request.session[BEGAN_AT] = timezone.now().isoformat(timespec="seconds")


def forget_unconfirmed(*, now: datetime) -> int:
    """Accounts that were opened a day ago with an address that nobody confirmed: they keep a name and an address from
    whoever they belong to. Returns how many."""
    begun = Reader.objects.filter(
        joined_at__lt=now - UNCONFIRMED_FOR, last_login=None, is_staff=False, is_superuser=False
    )
    unused = begun.filter(emailaddress__verified=False).exclude(emailaddress__verified=True)
    return unused.delete()[0]
