"""The meter on other sites, in feeds and in mails: the same sum everywhere, and nothing in it acts (attacks A12, D07, D09)."""

from __future__ import annotations

import base64
import html
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from readership.funding.embedding import meter_text
from readership.funding.models import Campaign
from readership.funding.picture import broken, picture
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_gift, make_pledge, make_promise, make_treasurer
from readership.pagecache.collecting import rendering
from readership.stories.tests.makers import make_section, make_story

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
EVIL = "</title><script>alert(1)</script>\x01&\"'"


@pytest.fixture
def campaign() -> Campaign:
    campaign = make_campaign(title="Spring fund", marks=((250_000, "court reporter"),))
    make_gift(campaign, amount_minor=144_000)
    make_promise(campaign, amount_minor=12_000)
    return campaign


def _svg(campaign: Campaign) -> str:
    answer = Client().get(f"/support/{campaign.slug}/meter.svg")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_picture_says_and_draws_what_the_meter_does(campaign: Campaign) -> None:
    root = ElementTree.fromstring(_svg(campaign))

    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts[:3] == ["Spring fund", "$1,440 of $5,000 raised by 1 reader", "$120 more is on its way"]
    assert set(texts[3:]) == {"$0", "$5,000", "$2,500 court reporter"}
    assert root.findtext(f"{SVG}title") == "Spring fund"
    assert "$1,440 of $5,000" in (root.findtext(f"{SVG}desc") or "")
    widths = {element.get("class"): element.get("width") for element in root.iter(f"{SVG}rect")}
    assert widths["raised"] == "28.8%"
    (coming,) = (element for element in root.iter(f"{SVG}line") if element.get("class") == "coming")
    assert (coming.get("x1"), coming.get("x2")) == ("28.8%", "31.2%")


def test_a12_what_editors_type_is_text_in_the_picture() -> None:
    campaign = make_campaign(title=EVIL, marks=((250_000, "<b>\x02"),))

    root = ElementTree.fromstring(_svg(campaign))

    assert root.findtext(f"{SVG}title") == EVIL.replace("\x01", "")
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("name", ["meter.svg", "meter.html"])
def test_d07_anybody_may_frame_it_and_nothing_in_it_acts(campaign: Campaign, name: str) -> None:
    with rendering() as page:
        answer = Client().get(f"/support/{campaign.slug}/{name}")

    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in answer
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert b"<script" not in answer.content
    assert page.is_shared
    assert page.tags >= {"campaigns", f"campaign:{campaign.pk}", "site"}


def test_d07_the_campaigns_own_page_stands_in_no_frame(campaign: Campaign) -> None:
    answer = Client().get(f"/support/{campaign.slug}/")

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_policy_of_the_picture_lets_through_its_own_style_and_no_other(campaign: Campaign) -> None:
    answer = Client().get(f"/support/{campaign.slug}/meter.svg")

    style = re.search(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert style
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("name", ["meter.svg", "meter.html"])
def test_what_is_hidden_is_gone_elsewhere_too_in_words(campaign: Campaign, name: str) -> None:
    Campaign.objects.update(is_shown=False)

    answer = Client().get(f"/support/{campaign.slug}/{name}")

    assert answer.status_code == 404
    assert "no longer shown" in answer.content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_campaign_that_is_over_is_still_shown(campaign: Campaign) -> None:
    Campaign.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert "$1,440" in _svg(campaign)


def test_the_frame_is_the_meter_with_a_way_to_the_campaign(campaign: Campaign) -> None:
    page = Client().get(f"/support/{campaign.slug}/meter.html").content.decode()

    assert 'role="meter"' in page
    assert f'href="{settings.SITE_URL}/support/{campaign.slug}/" target="_blank" rel="noopener"' in page


def test_right_to_left_the_picture_is_mirrored(campaign: Campaign) -> None:
    with translation.override("ar"):
        drawn = picture(meter(campaign), is_rtl=True)

    assert drawn.start == drawn.width - drawn.margin
    assert drawn.meter.raised_x == "71.2%"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("", []),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("ab abcdefghij", ["ab", "abcdefgh", "ij"]),
        ("報道基金の", ["報道基金", "の"]),
    ],
)
def test_lines_are_broken_between_words_where_they_can_be(text: str, lines: list[str]) -> None:
    assert broken(text, 8) == lines


def test_the_picture_grows_with_its_words() -> None:
    short = picture(meter(make_campaign(title="Fund")), is_rtl=False)
    long = picture(meter(make_campaign(title="Fund " * 20)), is_rtl=False)

    assert long.height > short.height
    assert all(line.y < long.rule_y for line in long.lines)


def test_readers_and_editors_find_the_lines_to_copy(campaign: Campaign) -> None:
    desk = Client()
    desk.force_login(make_treasurer())

    for page in (
        Client().get(f"/support/{campaign.slug}/").content.decode(),
        desk.get(f"/admin/funding/campaigns/edit/{campaign.pk}/").content.decode(),
    ):
        lines = html.unescape(html.unescape("".join(re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page))))
        assert f'<iframe src="{settings.SITE_URL}/support/{campaign.slug}/meter.html" title="Spring fund"' in lines
        assert f'<img src="{settings.SITE_URL}/support/{campaign.slug}/meter.svg" alt="Spring fund"' in lines


def test_a12_a_title_cannot_leave_the_lines_to_copy() -> None:
    campaign = make_campaign(title=EVIL)

    page = Client().get(f"/support/{campaign.slug}/").content.decode()

    assert "<script>alert" not in page
    assert "</textarea><" not in page.replace("</textarea></div>", "")


def test_as_text_it_is_one_line_with_a_way_to_give(campaign: Campaign) -> None:
    make_pledge(campaign, amount_minor=4_000)

    assert meter_text(campaign) == (
        "Spring fund: $1,440 of $5,000 raised by 1 reader. $120 more is on its way, and $40 a month is pledged. "
        f"{settings.SITE_URL}/support/"
    )


def test_feeds_say_it_once_for_the_whole_feed_and_each_section_its_own(campaign: Campaign) -> None:
    harbour = make_section(title="Harbour")
    make_story(section=harbour)
    own = make_campaign(title="Harbour fund\x01", section=harbour)

    with rendering() as page:
        feed = Client().get("/feed/").content.decode()
    of_section = Client().get(f"{harbour.url}feed/").content.decode()

    assert feed.count("$1,440 of $5,000 raised by 1 reader. $120 more is on its way.") == 1
    assert f"campaign:{campaign.pk}" in page.tags
    root = ElementTree.fromstring(of_section)
    subtitle = root.findtext("{http://www.w3.org/2005/Atom}subtitle")
    assert subtitle == f"Harbour fund: $0 of $5,000 raised so far. {settings.SITE_URL}/support/{own.slug}/"


def test_without_a_campaign_a_feed_says_nothing_of_money() -> None:
    make_story()

    feed = ElementTree.fromstring(Client().get("/feed/").content)

    assert not feed.findtext("{http://www.w3.org/2005/Atom}subtitle")
