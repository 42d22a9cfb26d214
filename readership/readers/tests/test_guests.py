"""Guests are held to their device and nothing else (attacks C03, C04, E06, L05, L06)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from readership.readers.guests import guest_of, welcome_guest
from readership.readers.models import Guest, NetworkKey, Reader
from readership.readers.networks import forget_old_keys, network_hash
from readership.readers.speaking import NOBODY, speaker_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


def test_c03_the_cookies_secret_finds_the_guest_and_is_not_stored() -> None:
    new = welcome_guest(name="Old Salt")
    request = RequestFactory().get("/")
    request.COOKIES[settings.GUEST_COOKIE_NAME] = new.secret

    assert guest_of(request) == new.guest
    assert new.secret not in str(Guest.objects.values_list().get())


@pytest.mark.parametrize("cookie", ["", "x", "1", "a" * 5000, "\x00", "' OR 1=1 --"])
def test_c03_any_other_cookie_finds_nobody(cookie: str) -> None:
    welcome_guest(name="Old Salt")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.COOKIES[settings.GUEST_COOKIE_NAME] = cookie

    assert speaker_of(request) == NOBODY


def test_l06_hashes_of_two_purposes_and_two_days_cannot_be_joined() -> None:
    def made(purpose: str, day: int) -> str:
        return network_hash("203.0.113.0/24", purpose=purpose, at=NOON.replace(day=day))

    assert made("vote-7", 3) == made("vote-7", 3)
    assert len({made("vote-7", 3), made("vote-8", 3), made("comment", 3), made("vote-7", 4)}) == 4


def test_l05_keys_are_destroyed_after_two_days() -> None:
    for day in (1, 2, 3, 4):
        network_hash("203.0.113.0/24", purpose="x", at=NOON.replace(day=day))

    assert forget_old_keys(today=date(2026, 2, 4)) == 1
    assert set(NetworkKey.objects.values_list("day__day", flat=True)) == {2, 3, 4}


def test_an_address_signs_in_in_any_case_and_exists_once() -> None:
    reader = Reader.objects.create_user(" Ann@Example.org ", "a long password", name="Ann")

    assert reader.email == "ann@example.org"
    assert Reader.objects.get_by_natural_key("ANN@example.ORG") == reader
    with pytest.raises(IntegrityError), transaction.atomic():
        Reader.objects.create_user("ann@EXAMPLE.org", name="Other")
