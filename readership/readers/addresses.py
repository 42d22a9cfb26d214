"""Addresses that mail may go to: known, confirmed, stopped, and let go again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from readership.outbox.mail import validate_address
from readership.readers.models import Guest, MailAddress, Reader, StopReason


def address_known_by(given: str, *, language: str = "") -> MailAddress:
    """The address, stored in lower case when it is new. Raises ValidationError for what is none."""
    address = given.strip().lower()
    validate_address(address)
    return MailAddress.objects.get_or_create(address=address, defaults={"language": language})[0]


def confirm_address(address: MailAddress, *, now: datetime) -> None:
    """Its owner has shown that mail to it arrives. An address that was stopped may be written to again."""
    MailAddress.objects.filter(pk=address.pk, confirmed_at=None).update(confirmed_at=now)
    MailAddress.objects.filter(pk=address.pk).update(stopped_at=None, stopped_because="", bounces_count=0)
    address.refresh_from_db()


@transaction.atomic
def give_address_to_reader(address: MailAddress, reader: Reader, *, now: datetime) -> None:
    """The account's own address, after its owner confirmed it for that account; another one is let go."""
    MailAddress.objects.filter(reader=reader).exclude(pk=address.pk).update(reader=None)
    MailAddress.objects.filter(pk=address.pk).update(reader=reader)
    confirm_address(address, now=now)


def give_address_to_guest(address: MailAddress, guest: Guest) -> None:
    """From now on a verified guest: this device was used to confirm the address."""
    guest.address = address
    guest.save(update_fields=["address"])


def stop_address(address: MailAddress, *, because: StopReason, now: datetime) -> None:
    """Nothing is sent there any more, until its owner confirms it again. The first reason stays."""
    MailAddress.objects.filter(pk=address.pk, stopped_at=None).update(stopped_at=now, stopped_because=because)
    address.refresh_from_db()


def end_old_links(address: MailAddress) -> None:
    """Every signed link that was mailed there before is dead from here on."""
    MailAddress.objects.filter(pk=address.pk).update(link_version=F("link_version") + 1)
