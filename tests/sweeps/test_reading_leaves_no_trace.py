"""To read sets no cookie, opens no session and changes no row, whoever reads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.sweeps.routes import every_address
from tests.sweeps.rows import fingerprints
from tests.sweeps.site import PRIVATE_ADDRESSES, Site

FORM_KEY = re.compile(rb'name="submission_key" value="[^"]*"')


def test_j03_no_address_sets_a_cookie_for_somebody_who_only_reads(site: Site, client: Client) -> None:
    setting = {path: answer.cookies for path in site.every_public_address() if (answer := client.get(path)).cookies}

    assert setting == {}


def test_j04_what_is_shared_never_looks_at_the_session(site: Site, client: Client) -> None:
    looking = []
    for path in site.shared():
        answer: Any = client.get(path)
        assert answer.status_code == 200, path
        if answer.wsgi_request.session.accessed or "cookie" in answer.headers.get("Vary", "").lower():
            looking.append(path)

    assert looking == []


def test_j04_a_signed_in_editor_gets_the_same_bytes_as_everybody(site: Site, client: Client) -> None:
    anonymous = {path: _bytes(client, path) for path in site.shared()}

    client.force_login(site.editor)

    assert [path for path, body in anonymous.items() if _bytes(client, path) != body] == []


def _bytes(client: Client, path: str) -> bytes:
    # Made anew with each rendering; it tells two forms apart, not two people.
    return FORM_KEY.sub(b"", client.get(path).getvalue())


def test_l02_no_public_address_shows_a_private_e_mail_address(site: Site, client: Client) -> None:
    bodies = {path: _bytes(client, path).decode() for path in site.every_public_address()}

    assert [(path, one) for path, body in bodies.items() for one in PRIVATE_ADDRESSES if one in body] == []


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_d12_a_crawl_of_every_route_by_the_editor_changes_nothing(site: Site, method: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(site.editor)
    addresses = every_address(site)
    before = fingerprints()

    answers = {address: getattr(client, method)(address).status_code for address in sorted(addresses)}

    after = fingerprints()
    assert [table for table in before if before[table] != after[table]] == []
    # The crawl got somewhere: through the desk, the comments, the pages and the settings.
    assert sum(status == 200 for status in answers.values()) > (80 if method == "get" else 30)
    assert {address: status for address, status in answers.items() if status >= 500} == {}
