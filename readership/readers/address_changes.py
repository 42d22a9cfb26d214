"""The address of an account: changed back by the owner of the old one, or set by an administrator (attack E10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from readership.readers.address_links import Purpose, claim_of
from readership.readers.addresses import give_address_to_reader
from readership.readers.models import MailAddress, Reader
from readership.readers.sessions import end_sessions


@dataclass(frozen=True)
class Change:
    reader: Reader
    old: MailAddress
    changed_at: datetime


def undone_by(token: str) -> Change | None:
    """None for a link that is over, forged, or was used already."""
    claim = claim_of(Purpose.UNDO, token)
    if claim is None or len(claim.about) != 2:  # noqa: PLR2004  whose, and when
        return None
    reader_id, moment = claim.about
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None or reader.email == claim.address.address:
        return None
    # Meanwhile the old address may have become somebody's: then it is theirs.
    if Reader.objects.filter(email=claim.address.address).exists():
        return None
    return Change(reader, claim.address, datetime.fromtimestamp(moment, tz=UTC))


@transaction.atomic
def undo_change(change: Change) -> None:
    """The account goes back to the old address, and whoever changed it is out: everywhere signed out, the password
    gone, and with it every passkey and every other way in that came since."""
    reader = Reader.objects.select_for_update().get(pk=change.reader.pk)
    reader.email = change.old.address
    reader.set_unusable_password()
    reader.save(update_fields=["email", "password"])
    Authenticator.objects.filter(user=reader, created_at__gte=change.changed_at).delete()
    SocialAccount.objects.filter(user=reader, date_joined__gte=change.changed_at).delete()
    adopt_address(reader)
    EmailAddress.objects.filter(user=reader).update(verified=True)
    give_address_to_reader(change.old, reader, now=timezone.now())


@transaction.atomic
def adopt_address(reader: Reader) -> None:
    """After `reader.email` was changed by whoever may: no other address opens the account, no session lives."""
    EmailAddress.objects.filter(user=reader).exclude(email=reader.email).delete()
    EmailAddress.objects.get_or_create(user=reader, email=reader.email, defaults={"primary": True})
    MailAddress.objects.filter(reader=reader).exclude(address=reader.email).update(reader=None)
    end_sessions(reader)
