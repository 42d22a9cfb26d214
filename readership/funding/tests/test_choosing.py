"""A page shows one campaign: its story's own, else its nearest section's, else the whole site's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from readership.funding.choosing import campaign_for, other_campaigns, public_campaign, running_campaigns
from readership.funding.models import Campaign
from readership.funding.queries import current_campaign, current_meter
from readership.funding.tests.makers import make_campaign, make_gift
from readership.readers.models import Reader
from readership.stories.models import Section, Story
from readership.stories.tests.makers import make_front_page, make_section, make_standing_page, make_story, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Section:
    return make_section(title="Harbour")


@pytest.fixture
def ferries(harbour: Section) -> Section:
    return make_section(title="Ferries", parent=harbour)


def test_each_page_shows_the_campaign_nearest_to_it(harbour: Section, ferries: Section) -> None:
    town = make_section(title="Town")
    own = make_story(title="Own", section=ferries)
    make_campaign(title="Site")
    make_campaign(title="Harbour fund", section=harbour)
    make_campaign(title="Ferry fund", section=ferries)
    make_campaign(title="One story", story=own)

    pages = [
        *(make_standing_page(title="About"), town, harbour, ferries, own),
        *(make_story(title=f"In {section}", section=section) for section in (town, harbour, ferries)),
    ]

    assert {page.title: str(campaign_for(page)) for page in pages} == {
        "About": "Site",
        "Town": "Site",
        "In Town": "Site",
        "Harbour": "Harbour fund",
        "In Harbour": "Harbour fund",
        "Ferries": "Ferry fund",
        "In Ferries": "Ferry fund",
        "Own": "One story",
    }
    for page in (make_front_page(), None, "no page of the tree"):
        assert str(campaign_for(page)) == "Site"


@pytest.mark.parametrize("change", [{"is_shown": False}, {"ends_on": timezone.localdate() - timedelta(days=1)}])
def test_when_the_nearest_is_over_or_hidden_the_next_one_is_shown(
    harbour: Section, ferries: Section, change: dict[str, object]
) -> None:
    story = make_story(section=ferries)
    make_campaign(title="Site")
    make_campaign(title="Harbour fund", section=harbour)
    own = make_campaign(title="One story", story=story)
    assert campaign_for(story) == own

    Campaign.objects.filter(pk=own.pk).update(**change)

    assert str(campaign_for(story)) == "Harbour fund"


def test_of_two_in_one_place_the_one_that_began_last_is_shown(harbour: Section) -> None:
    today = timezone.localdate()
    make_campaign(title="Older", section=harbour, starts_on=today - timedelta(days=9))
    make_campaign(title="Newer", section=harbour, starts_on=today - timedelta(days=2))
    make_campaign(title="Oldest", section=harbour, starts_on=today - timedelta(days=20))

    assert str(campaign_for(harbour)) == "Newer"


def test_a_campaign_of_one_place_is_not_the_sites(harbour: Section) -> None:
    make_campaign(title="Harbour fund", section=harbour)

    assert current_campaign() is None
    assert current_meter(make_story(section=make_section(title="Town"))) is None


def test_each_gift_is_in_one_meter_only(harbour: Section) -> None:
    site, fund = make_campaign(title="Site"), make_campaign(title="Harbour fund", section=harbour)
    make_gift(site, amount_minor=100_00)
    make_gift(fund, amount_minor=7_00)

    meters = [current_meter(), current_meter(harbour)]

    assert [meter and (meter.title, meter.raised.minor) for meter in meters] == [
        ("Site", 100_00),
        ("Harbour fund", 7_00),
    ]
    assert [meter and meter.url for meter in meters] == ["/support/", f"/support/{fund.slug}/"]


def test_the_pages_lead_to_their_own_campaign(harbour: Section) -> None:
    story = make_story(section=harbour, body=[("support_ask", {"text": "For the harbour."})])
    make_campaign(title="Site")
    fund = make_campaign(title="Harbour fund", section=harbour)

    page = Client().get(story.url).content.decode()

    assert page.count(f'href="/support/{fund.slug}/"') == 4  # strip, above, inside, below
    assert "Site" not in page
    assert f'href="/support/{fund.slug}/"' in Client().get(harbour.url).content.decode()
    assert f'href="/support/{fund.slug}/"' not in Client().get("/search/").content.decode()


def test_many_campaigns_are_one_query(harbour: Section, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _number in range(5):
        make_campaign(section=harbour)
    make_campaign()

    with django_assert_num_queries(1):
        assert len(running_campaigns()) == 6


def test_l01_a_campaign_of_a_page_that_is_still_to_come_is_shown_nowhere(harbour: Section) -> None:
    draft, hidden = make_story(live=False), make_story(title="For members", section=harbour)
    restrict(hidden)
    for page in (draft, hidden):
        campaign = make_campaign(title="Canary fund", story=page)
        assert public_campaign(campaign.slug) is None
        assert Client().get(f"/support/{campaign.slug}/").status_code == 404
    make_campaign(title="Site")

    assert [str(campaign) for campaign in other_campaigns(None)] == ["Site"]


def test_a_campaigns_own_page_shows_it_and_names_the_others(harbour: Section) -> None:
    make_campaign(title="Site <b>")
    fund = make_campaign(title="Harbour fund", section=harbour, how_to_give="IBAN GB33")
    make_gift(fund, amount_minor=7_00)

    page = Client().get(f"/support/{fund.slug}/").content.decode()

    assert "$7 of $5,000 raised by 1 reader" in page
    assert "IBAN GB33" in page
    assert "Site &lt;b&gt;" in page
    assert page.count("Harbour fund") > 1
    assert "other-campaigns" in page


def test_a_campaign_that_is_over_says_so_and_asks_no_more() -> None:
    over = make_campaign(ends_on=timezone.localdate() - timedelta(days=1), how_to_give="IBAN GB33")

    page = Client().get(f"/support/{over.slug}/").content.decode()

    assert "This campaign ended on" in page
    assert "IBAN GB33" not in page


@pytest.mark.parametrize("field", [{"is_shown": False}, {"starts_on": timezone.localdate() + timedelta(days=1)}])
def test_what_is_hidden_or_has_not_begun_has_no_page(field: dict[str, object]) -> None:
    campaign = make_campaign()
    Campaign.objects.filter(pk=campaign.pk).update(**field)

    assert Client().get(f"/support/{campaign.slug}/").status_code == 404


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(Reader.objects.create_superuser("edda@example.org", "nine lanterns"))
    return client


def _deleted(editor: Client, page: Page) -> list[str]:
    """What the admin says when `page` is deleted, by itself and as one of several."""
    sent = {"wagtail_site_name": "The Lantern", "next": "/admin/"}
    said = []
    for address in (f"/admin/pages/{page.pk}/delete/", f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}"):
        answer = editor.post(address, sent)
        assert answer.status_code == 302
        said += [str(message) for message in get_messages(answer.wsgi_request)]
    return said


def test_a_page_with_a_campaign_is_kept_and_the_admin_says_why(editor: Client, harbour: Section) -> None:
    story = make_story(section=harbour)
    make_campaign(title="Ferry fund", story=story)

    for page in (story, harbour):
        for said in _deleted(editor, page):
            assert "Nothing was deleted, because money is raised here: “Ferry fund”." in said
        assert Page.objects.filter(pk=page.pk).exists()


def test_a_page_without_one_goes(editor: Client, harbour: Section) -> None:
    story = make_story(section=harbour)
    make_campaign(title="Site")

    answer = editor.post(f"/admin/pages/{story.pk}/delete/")

    assert answer.status_code == 302
    assert not Story.objects.filter(pk=story.pk).exists()
