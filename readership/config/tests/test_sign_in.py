"""Other places to sign in with come from one setting; what is wrong in it is said by name, secrets never."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from readership.config.sign_in import apps, as_allauth, pages, providers

GITHUB = {"with": "github", "client_id": "id", "secret": "hush"}
TOWN = {"with": "openid_connect", "id": "town", "name": "Town card", "client_id": "us", "secret": "hush",
        "server_url": "https://id.town.example/realm"}  # fmt: skip


def test_nothing_named_is_nothing_mounted() -> None:
    assert (providers(""), apps(()), pages(()), as_allauth(())) == ((), [], [], {})


def test_each_place_is_mounted_and_a_form_may_lead_to_its_page() -> None:
    found = providers(json.dumps([GITHUB, TOWN]))

    assert apps(found) == ["allauth.socialaccount.providers.github", "allauth.socialaccount.providers.openid_connect"]
    assert pages(found) == ["https://github.com", "https://id.town.example"]
    town = as_allauth(found)["openid_connect"]["APPS"][0]
    assert (town["provider_id"], town["settings"]["server_url"]) == ("town", "https://id.town.example/realm")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("github", "must be a list in JSON"),
        ('{"with": "github"}', "must be a list in JSON"),
        ('[{"with": "myspace"}]', "not “myspace”"),
        ('[{"with": "github", "client_id": "id"}]', "“github” lacks secret"),
        ('[{"with": "openid_connect", "client_id": "a", "secret": "hush"}]', "lacks id, name, server_url"),
    ],
)
def test_what_is_wrong_is_said(given: str, said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="READERSHIP_SIGN_IN_WITH") as caught:
        providers(given)

    assert said in str(caught.value)
    assert "hush" not in str(caught.value)


def test_the_product_starts_with_every_place_that_it_knows(tmp_path: Path) -> None:
    kinds = ("apple", "facebook", "github", "gitlab", "google", "microsoft", "orcid")
    listed = [{**GITHUB, "with": kind} for kind in kinds]
    surroundings = {
        **os.environ,
        "READERSHIP_HOME": str(tmp_path),
        "READERSHIP_SIGN_IN_WITH": json.dumps([*listed, TOWN]),
        "DJANGO_SETTINGS_MODULE": "readership.config.settings",
    }

    checked = subprocess.run(
        [Path(sys.executable).with_name("readership"), "manage", "check"],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stderr
