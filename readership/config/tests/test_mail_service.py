from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from readership.config.mail_service import SERVICES, as_anymail


def test_its_keys_become_anymails_and_nothing_of_a_mail_is_followed() -> None:
    assert as_anymail("postmark", '{"server_token": "t"}', "name:word") == {
        "POSTMARK_SERVER_TOKEN": "t",
        "WEBHOOK_SECRET": "name:word",
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
    assert as_anymail("", "", "") == {}


@pytest.mark.parametrize("keys", ["{", "[]", '{"server_token": 7}', '"text"'])
def test_keys_that_are_none_are_refused_without_being_shown(keys: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_MAIL_SERVICE_KEYS must be"):
        as_anymail("postmark", keys, "name:word")


@pytest.mark.parametrize("secret", ["", "word"])
def test_without_a_secret_it_does_not_start(secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_MAIL_WEBHOOK_SECRET must be"):
        as_anymail("postmark", "{}", secret)


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_works_with_what_is_installed(service: str) -> None:
    assert import_string(f"anymail.webhooks.{service}.{SERVICES[service]}TrackingWebhookView")
    assert import_string(f"anymail.backends.{service}.EmailBackend")
