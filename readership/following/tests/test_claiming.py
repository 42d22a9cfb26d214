from __future__ import annotations

import pytest
from django.utils import timezone

from readership.following.models import Follow, Kind
from readership.readers.addresses import address_known_by
from readership.readers.confirming import verify_guest
from readership.readers.guests import welcome_guest

pytestmark = pytest.mark.django_db


def test_who_confirms_an_address_as_a_guest_follows_what_no_mail_had_asked_about() -> None:
    """One mail had gone there a moment before, so the question waited (attack G03)."""
    address, now = address_known_by("ann@example.org"), timezone.now()
    waiting = Follow.objects.create(address=address, kind=Kind.THREAD, target_id=1, about="thread-1")
    asked = Follow.objects.create(address=address, kind=Kind.THREAD, target_id=2, about="thread-2", question_at=now)

    verify_guest(welcome_guest(name="Ann").guest, address, now=now)

    waiting.refresh_from_db()
    asked.refresh_from_db()
    assert waiting.confirmed_at == now
    assert asked.confirmed_at is None
