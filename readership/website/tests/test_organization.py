"""The front page tells machines who the newsroom is and where it says who pays for it (attack A12)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from readership.website.setting_up import set_up_newsroom

pytestmark = pytest.mark.django_db
EVIL = "</script><script>alert(1)</script>\u2028&"


def _front_page() -> str:
    return Client().get("/").content.decode()


@pytest.fixture(autouse=True)
def _newsroom() -> None:
    set_up_newsroom(name="The Lantern", url="http://testserver", language="en")


def _described(page: str) -> dict[str, str]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described: dict[str, str] = json.loads(text)
    return described


def test_who_pays_for_it_is_on_a_page_that_is_there(settings: Any) -> None:
    described = _described(_front_page())

    assert described["@type"] == "NewsMediaOrganization"
    assert described["name"] == settings.SITE_NAME
    assert described["ownershipFundingInfo"] == f"{settings.SITE_URL}/support/books/"
    assert Client().get("/support/books/").status_code == 200


def test_a12_no_name_can_end_the_script(settings: Any) -> None:
    settings.SITE_NAME = EVIL

    page = _front_page()

    assert _described(page)["name"] == EVIL
    assert "<script>alert" not in page
    assert "\u2028" not in page.partition("ld+json")[2].partition("</script>")[0]
