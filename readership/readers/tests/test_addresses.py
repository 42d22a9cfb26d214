from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from readership.readers import addresses
from readership.readers.guests import welcome_guest
from readership.readers.models import MailAddress, Reader, StopReason

pytestmark = pytest.mark.django_db


def test_an_address_is_known_once_in_any_case() -> None:
    first = addresses.address_known_by("Ann@Example.org ")

    assert addresses.address_known_by("ann@example.ORG") == first
    assert first.address == "ann@example.org"


@pytest.mark.parametrize(
    "given", ["", "ann", "ann@example.org\nBcc: bob@example.org", "%@%", "ann@example.org,bob@example.org"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    """Attacks G01, G02, G04."""
    with pytest.raises(ValidationError):
        addresses.address_known_by(given)

    assert not MailAddress.objects.exists()


def test_an_address_is_reachable_only_after_its_owner_confirmed_it() -> None:
    ann = addresses.address_known_by("ann@example.org")
    assert not ann.is_reachable

    addresses.confirm_address(ann, now=timezone.now())

    assert ann.is_reachable
    assert list(MailAddress.objects.reachable()) == [ann]


def test_what_was_stopped_is_written_to_again_only_after_another_confirmation() -> None:
    ann, now = addresses.address_known_by("ann@example.org"), timezone.now()
    addresses.confirm_address(ann, now=now)

    addresses.stop_address(ann, because=StopReason.BOUNCED, now=now)
    addresses.stop_address(ann, because=StopReason.REFUSED, now=now)

    assert not ann.is_reachable
    assert ann.stopped_because == StopReason.BOUNCED
    addresses.confirm_address(ann, now=now)
    assert ann.is_reachable


def test_an_account_has_one_address_and_lets_the_old_one_go() -> None:
    reader, now = Reader.objects.create_user("ann@example.org", name="Ann"), timezone.now()
    old, new = addresses.address_known_by("ann@example.org"), addresses.address_known_by("ann@new.example")
    addresses.give_address_to_reader(old, reader, now=now)

    addresses.give_address_to_reader(new, reader, now=now)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.reader, new.reader) == (None, reader)
    assert new.is_reachable


def test_a_guest_who_confirmed_an_address_is_verified() -> None:
    guest = welcome_guest(name="Ann").guest
    assert not guest.is_verified

    addresses.give_address_to_guest(addresses.address_known_by("ann@example.org"), guest)

    guest.refresh_from_db()
    assert guest.is_verified
