"""The key to a giver's page: it opens one page, for a while, and for nothing else (attacks C08, E12, E14, K18)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.funding.giver_links import LASTS, Way, giver_of, link_to, page_of, token_of
from readership.funding.givers import end_old_links
from readership.funding.models import Giver
from readership.funding.tests.makers import make_giver, make_reader

pytestmark = pytest.mark.django_db


def later(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    moment = (timezone.now() + passed).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)


@pytest.mark.parametrize("way", list(Way))
def test_a_link_opens_its_givers_page_until_its_time_is_over(monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    giver = make_giver()
    token = token_of(giver, way)
    assert giver_of(token) == giver

    later(monkeypatch, LASTS[way] - timedelta(minutes=1))
    assert giver_of(token) == giver
    later(monkeypatch, LASTS[way] + timedelta(minutes=1))
    assert giver_of(token) is None


def test_old_links_end_and_a_new_one_works() -> None:
    giver = make_giver()
    old = token_of(giver)

    end_old_links(giver)

    assert giver_of(old) is None
    assert giver_of(token_of(Giver.objects.get())) == giver


def test_e14_what_is_signed_for_something_else_opens_nothing() -> None:
    giver = make_giver()
    value = f"{giver.pk}-{giver.link_version}"

    for salt in ("", "readership.funding.giver", "django.core.signing", "readership.readers.guests"):
        assert giver_of(signing.TimestampSigner(salt=salt or None, sep=".").sign(value)) is None


def test_e14_a_key_that_was_replaced_counts_while_it_is_named(settings: Settings) -> None:
    giver = make_giver()
    token, old_key = token_of(giver), settings.SECRET_KEY

    settings.SECRET_KEY = "another key, long enough to sign with it"
    assert giver_of(token) is None
    settings.SECRET_KEY_FALLBACKS = [old_key]
    assert giver_of(token) == giver


@pytest.mark.parametrize("place", ["giver", "version", "time", "signature"])
def test_k18_one_character_changed_opens_nothing(place: str) -> None:
    giver, other = make_giver(), make_giver(email="ben@example.org")
    who, when, signature = token_of(giver).split(".")
    forged = {
        "giver": f"{other.pk}-1.{when}.{signature}",
        "version": f"{giver.pk}-2.{when}.{signature}",
        "time": f"{who}.{when[:-1]}{'a' if when[-1] != 'a' else 'b'}.{signature}",
        "signature": f"{who}.{when}.{signature[:-2]}AA",
    }

    assert giver_of(forged[place]) is None


@pytest.mark.parametrize("token", ["x", "1-1", "1-1.2.3", "é" * 20, "." * 150, "a" * 5_000, "%00", "1-1:x:y"])
def test_nonsense_is_answered_with_the_way_to_a_new_link(token: str) -> None:
    answer = Client().get(f"/gifts/yours/{token}/")

    assert answer.status_code == 404
    assert "/gifts/link/" in answer.content.decode()


def test_a_link_holds_no_name_and_no_address() -> None:
    link = link_to(make_giver(email="zsofia@example.org", name="Zsófia"))

    assert "zsofia" not in link.lower()
    assert "@" not in link


def test_e12_the_page_is_kept_by_nobody_and_tells_no_other_site_its_address() -> None:
    answer = Client().get(page_of(make_giver()))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_the_joined_account_leads_to_the_page_and_another_does_not() -> None:
    giver, owner, other = make_giver(), make_reader(), make_reader()
    Giver.objects.filter(pk=giver.pk).update(reader=owner)
    client = Client()

    assert client.get("/gifts/mine/")["Location"] == "/gifts/link/"
    client.force_login(other)
    assert client.get("/gifts/mine/")["Location"] == "/gifts/link/"
    client.force_login(owner)
    page = client.get("/gifts/mine/")["Location"]
    assert giver.email in client.get(page).content.decode()
    owner.is_active = False
    owner.save()
    assert client.get("/gifts/mine/")["Location"] == "/gifts/link/"
