from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.readers.address_links import LASTS, Claim, Purpose, claim_of, token_of
from readership.readers.addresses import address_known_by, end_old_links
from readership.readers.models import MailAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> MailAddress:
    return address_known_by("ann@example.org")


def later(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    moment = (timezone.now() + passed).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_opens_its_own_purpose_and_no_other(ann: MailAddress, purpose: Purpose) -> None:
    """Attack E14: a link to unsubscribe is not a link to sign in, however it is replayed."""
    token = token_of(purpose, ann, 7)

    assert claim_of(purpose, token) == Claim(ann, (7,))
    assert all(claim_of(other, token) is None for other in Purpose if other is not purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_ends_with_its_time(ann: MailAddress, purpose: Purpose, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(purpose, ann)

    later(monkeypatch, LASTS[purpose] - timedelta(minutes=1))
    assert claim_of(purpose, token)
    later(monkeypatch, LASTS[purpose] + timedelta(minutes=1))
    assert claim_of(purpose, token) is None


def test_old_links_are_dead_when_their_owner_says_so(ann: MailAddress) -> None:
    token = token_of(Purpose.MANAGE, ann)

    end_old_links(ann)

    assert claim_of(Purpose.MANAGE, token) is None
    ann.refresh_from_db()
    assert claim_of(Purpose.MANAGE, token_of(Purpose.MANAGE, ann)) == Claim(ann, ())


def test_a_token_outlives_a_new_secret_key_while_the_old_one_is_named(ann: MailAddress, settings: Settings) -> None:
    token = token_of(Purpose.STOP, ann, 3)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another one, and just as long as it must be",
    )

    assert claim_of(Purpose.STOP, token) == Claim(ann, (3,))
    settings.SECRET_KEY_FALLBACKS = []
    assert claim_of(Purpose.STOP, token) is None


@pytest.mark.parametrize("forged", ["", "1-1", "1-1:x:y", "é" * 50, "a" * 5_000, "1-1.abc.def"])
def test_what_is_forged_opens_nothing(ann: MailAddress, forged: str) -> None:
    assert claim_of(Purpose.MANAGE, forged) is None


def test_what_something_else_signed_opens_nothing(ann: MailAddress) -> None:
    """Attack C08."""
    token = TimestampSigner(salt="readership.funding.giver.mailed", sep=".").sign(f"{ann.pk}-1")

    assert claim_of(Purpose.MANAGE, token) is None


def test_a_token_tells_no_address(ann: MailAddress) -> None:
    assert "ann" not in token_of(Purpose.MANAGE, ann)
