from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from readership.readers import holdings
from readership.readers.holdings import Holding, all_holdings, unregistered
from readership.readers.models import Guest
from readership.readers.privacy_page import cookies


def test_l08_of_every_table_and_field_it_is_said_whether_it_is_about_people() -> None:
    """Add it to the holding.py of its app: as `shown`, as `inner`, or with hold_nothing() and the reason."""
    assert list(unregistered()) == []


def test_l08_a_field_or_a_table_that_nobody_registered_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {holding.model: holding for holding in all_holdings() if holding.model != "discussion.Vote"}
    guest = without["readers.Guest"]
    without["readers.Guest"] = Holding(**{**vars(guest), "shown": ("id", "name", "address", "nonsense")})

    monkeypatch.setattr(holdings._registry, "holdings", without)

    assert list(unregistered()) == ["discussion.Vote", "readers.Guest.created_at", "readers.Guest.nonsense"]


def test_l08_whoever_is_registered_finds_only_what_is_of_that_table() -> None:
    nobody = holdings.Person()
    for holding in all_holdings():
        assert holding.of(nobody).model is apps.get_model(holding.model)


@pytest.mark.django_db
def test_the_page_on_privacy_lists_every_table_and_every_cookie(client: Client) -> None:
    page = client.get("/privacy/").content.decode()

    for holding in all_holdings():
        assert str(holding.title) in page
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.GUEST_COOKIE_NAME):
        assert name in {cookie.name for cookie in cookies()}
        assert f"<code>{name}</code>" in page


@pytest.mark.django_db
def test_the_page_on_privacy_is_the_same_for_everybody(client: Client) -> None:
    client.cookies[settings.GUEST_COOKIE_NAME] = "some secret"
    Guest.objects.create(secret_hash="x", name="Ann")

    answer = client.get("/privacy/")

    assert answer.content == Client().get("/privacy/").content
    assert not answer.cookies
