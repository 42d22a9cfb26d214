"""The meter is true wherever it is shown, soon after the money: through the real server, booked by another process."""

from __future__ import annotations

import json
import subprocess
import time

import pytest

from tests.journeys.newsroom import PROGRAM, Newsroom
from tests.serving.running import environment

WITHIN = 10.0  # seconds on a busy machine; a minute is promised, about one is what it takes
BOOK = """
from readership.funding.models import Campaign
from readership.funding.tests.makers import make_gift
make_gift(Campaign.objects.get(), amount_minor=12_300)
"""
REVERSE = """
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift
gift = Gift.objects.get(amount_minor=12_300)
reverse_gift(gift=gift, reason="A test", reversed_by=gift.entered_by)
"""


def _run(newsroom: Newsroom, code: str) -> None:
    surroundings = environment(
        newsroom.server.home, newsroom.server.port, DJANGO_SETTINGS_MODULE="readership.config.settings"
    )
    subprocess.run([PROGRAM, "manage", "shell", "--no-imports", "--command", code], env=surroundings, check=True)


def _json(newsroom: Newsroom) -> str:
    return f"/api/v1/campaigns/{newsroom.facts['campaign']['id']}"


def _text(newsroom: Newsroom, place: str) -> str:
    return newsroom.server.ask(place).body.decode().replace(" ", "")


@pytest.fixture
def campaign(newsroom: Newsroom) -> str:
    """The address of its page."""
    shown = json.loads(newsroom.server.ask(_json(newsroom)).body)
    return str(shown["url"]).removeprefix(newsroom.url)


def _where_it_is_not_yet(newsroom: Newsroom, places: dict[str, str]) -> set[str]:
    """The places that do not show their text in time."""
    asked_at = time.monotonic()
    missing = set(places)
    while missing and time.monotonic() < asked_at + WITHIN:
        missing = {place for place in missing if places[place] not in _text(newsroom, place)}
    return missing


def test_every_place_shows_a_gift_and_its_reversal_soon(newsroom: Newsroom, campaign: str) -> None:
    pages = ("/", newsroom.path("busy"), newsroom.path("section"), campaign)
    elsewhere = (f"{campaign}meter.svg", f"{campaign}meter.html", "/feed/")

    def places(sum_text: str, minor: int) -> dict[str, str]:
        return {
            **dict.fromkeys((*pages, *elsewhere), f"{sum_text}of"),
            _json(newsroom): f'"raised_minor":{minor},',
            "/support/books/": f"<bdi>{sum_text}</bdi>",
        }

    assert _where_it_is_not_yet(newsroom, places("$1,440", 144_000)) == set()
    etags = {place: newsroom.server.ask(place).headers["etag"] for place in (*pages, *elsewhere)}

    _run(newsroom, BOOK)

    assert _where_it_is_not_yet(newsroom, places("$1,563", 156_300)) == set()
    assert not [place for place, etag in etags.items() if newsroom.server.ask(place).headers["etag"] == etag]

    _run(newsroom, REVERSE)

    assert _where_it_is_not_yet(newsroom, places("$1,440", 144_000)) == set()


def test_the_picture_is_kept_and_asked_for_again(newsroom: Newsroom, campaign: str) -> None:
    picture = newsroom.server.ask(f"{campaign}meter.svg")

    again = newsroom.server.ask(f"{campaign}meter.svg", If_None_Match=picture.headers["etag"])

    assert picture.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert picture.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "x-frame-options" not in picture.headers
    assert (again.status, again.body) == (304, b"")
