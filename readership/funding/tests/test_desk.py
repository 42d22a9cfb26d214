"""The treasurer's desk: what is typed becomes gifts, once; nobody else gets in (attacks C20, K06, K08)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from readership.funding import urls
from readership.funding.forms import RESERVED
from readership.funding.models import Campaign, CampaignMark, Gift, LedgerEntry
from readership.funding.tests.makers import (
    ADMIN,
    GIFTS,
    make_campaign,
    make_gift,
    make_reader,
    make_treasurer,
)
from readership.stories.models import Section
from readership.stories.tests.makers import make_story

pytestmark = pytest.mark.django_db
PAGES = [
    "/admin/funding/",
    "/admin/funding/record/",
    "/admin/funding/gifts/",
    "/admin/funding/gifts/download.csv",
    "/admin/funding/gifts/download.xlsx",
    "/admin/funding/ledger/",
    "/admin/funding/ledger/check/",
]
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def _typed(campaign: Campaign, /, **changed: str) -> dict[str, str]:
    facts = {
        "campaign": str(campaign.pk),
        "amount": "1,440.50",
        "received_on": timezone.localdate().isoformat(),
        "kind": "cash",
        "giver_name": "Old Salt",
        "giver_email": "",
        "note": "",
        "submission_key": "0" * 32,
    }
    return {**facts, **changed}


@pytest.mark.parametrize("page", PAGES)
def test_c20_who_is_no_treasurer_gets_403_and_no_number(page: str) -> None:
    gift = make_gift()
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    for address in (page, f"/admin/funding/gifts/{gift.reference}/reverse/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert gift.reference not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_c20_readers_and_strangers_are_sent_to_sign_in(page: str) -> None:
    client = Client()
    assert client.get(page)["Location"].startswith("/admin/login/")

    client.force_login(make_reader())
    assert client.get(page)["Location"].startswith("/admin/login/")


def test_c20_recording_and_downloading_are_two_permissions() -> None:
    client = Client()
    client.force_login(make_reader(may=[*ADMIN, "record_gift"]))

    make_gift()
    assert "download" not in client.get("/admin/funding/gifts/").content.decode()
    assert client.get("/admin/funding/gifts/download.csv").status_code == 403


def test_k08_writing_needs_the_permission_too() -> None:
    campaign, gift = make_campaign(), make_gift()
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.post("/admin/funding/record/", _typed(campaign)).status_code == 403
    answer = client.post(f"/admin/funding/gifts/{gift.reference}/reverse/", {"reason": "x"})
    assert answer.status_code == 403
    assert LedgerEntry.objects.count() == 1


def test_the_group_of_treasurers_may_all_this() -> None:
    codenames = Group.objects.get(name="Treasurers").permissions.values_list("codename", flat=True)

    assert set(codenames) >= {"access_admin", *GIFTS, "change_campaign"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_and_without_gifts(desk: Client, page: str) -> None:
    for _time in range(2):
        answer = desk.get(page)
        assert answer.status_code == 200
        assert answer.getvalue()
        make_gift()


def test_a_gift_is_recorded_as_people_type_it(desk: Client) -> None:
    campaign = make_campaign()

    answer = desk.post("/admin/funding/record/", _typed(campaign), follow=True)

    gift = Gift.objects.get()
    assert gift.amount_minor == 144_050
    page = answer.content.decode()
    assert f"Recorded: $1,440.50, reference {gift.reference}." in page
    assert f"/admin/funding/gifts/{gift.reference}/reverse/" in page


def test_the_same_page_sent_twice_is_one_gift(desk: Client) -> None:
    campaign = make_campaign()
    page = desk.get("/admin/funding/record/").content.decode()
    key = re.search(r'name="submission_key" value="([0-9a-f]{32})"', page)
    assert key

    for _time in range(2):
        desk.post("/admin/funding/record/", _typed(campaign, submission_key=key[1]))

    assert Gift.objects.count() == LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "5,00"},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "NaN"},
        {"amount": ""},
        {"received_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
        {"kind": "stripe"},
        {"campaign": "999"},
        {"submission_key": "x"},
        {"giver_email": "nobody"},
    ],
)
def test_k06_what_is_wrong_is_said_and_everything_typed_is_kept(desk: Client, wrong: dict[str, str]) -> None:
    answer = desk.post("/admin/funding/record/", _typed(make_campaign(), **wrong))

    assert answer.status_code == 400
    assert "Old Salt" in answer.content.decode()
    assert not LedgerEntry.objects.exists()


def test_k06_of_two_amounts_none_is_taken(desk: Client) -> None:
    facts = {**_typed(make_campaign()), "amount": ["5", "500"]}

    assert desk.post("/admin/funding/record/", facts).status_code == 400
    assert not LedgerEntry.objects.exists()


def test_without_a_campaign_the_form_says_what_comes_first(desk: Client) -> None:
    assert "Start a campaign" in desk.get("/admin/funding/record/").content.decode()


def test_a_gift_is_reversed_with_its_reason_and_shown_so(desk: Client) -> None:
    gift = make_gift(amount_minor=2_500)
    address = f"/admin/funding/gifts/{gift.reference}/reverse/"
    assert "$25" in desk.get(address).content.decode()

    desk.post(address, {"reason": "typed twice"})
    desk.post(address, {"reason": "again"})

    assert LedgerEntry.objects.aggregate(Sum("amount_minor"))["amount_minor__sum"] == 0
    assert "typed twice" in desk.get("/admin/funding/gifts/").content.decode()
    assert "already reversed" in desk.get(address).content.decode()


def test_a_reversal_without_a_reason_is_not_booked(desk: Client) -> None:
    gift = make_gift()

    answer = desk.post(f"/admin/funding/gifts/{gift.reference}/reverse/", {"reason": " \u200b"})

    assert answer.status_code == 400
    assert LedgerEntry.objects.count() == 1


def test_get_reverses_nothing(desk: Client) -> None:
    gift = make_gift()

    desk.get(f"/admin/funding/gifts/{gift.reference}/reverse/?reason=x")

    assert LedgerEntry.objects.count() == 1
    assert desk.get("/admin/funding/gifts/NOSUCHGIFT/reverse/").status_code == 404


def test_the_list_is_filtered(desk: Client) -> None:
    campaign = make_campaign()
    make_gift(campaign, giver_name="Ann", kind="cash")  # type: ignore[arg-type]
    make_gift(campaign, giver_name="Bert", received_on=timezone.localdate() - timedelta(days=9))

    def names(query: str) -> set[str]:
        page = desk.get(f"/admin/funding/gifts/?{query}").content.decode()
        return {name for name in ("Ann", "Bert") if f"<bdi>{name}</bdi>" in page}

    assert names("") == {"Ann", "Bert"}
    assert names("kind=cash") == {"Ann"}
    assert names(f"until={timezone.localdate() - timedelta(days=1)}") == {"Bert"}
    assert names("words=ber") == {"Bert"}
    assert names("state=reversed") == set()
    assert names(f"campaign={campaign.pk}&state=standing&since=nonsense&kind=x") == {"Ann", "Bert"}


def test_a02_a_name_is_shown_literally_everywhere(desk: Client) -> None:
    gift = make_gift(giver_name=EVIL, note=EVIL)

    for page in ("/admin/funding/gifts/", f"/admin/funding/gifts/{gift.reference}/reverse/"):
        shown = desk.get(page).content.decode()
        assert EVIL not in shown
        assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign, reader = make_campaign(), make_reader()
    for _number in range(55):
        make_gift(campaign, entered_by=reader)

    for page in ("/admin/funding/gifts/", "/admin/funding/gifts/?page=2", "/admin/funding/ledger/"):
        with django_assert_max_num_queries(20):
            desk.get(page)


def test_the_ledger_pages_to_its_beginning(desk: Client) -> None:
    campaign, reader = make_campaign(), make_reader()
    for _number in range(52):
        make_gift(campaign, entered_by=reader, amount_minor=100)

    page = desk.get("/admin/funding/ledger/").content.decode()
    assert "$52" in page
    assert "?before=3" in page
    older = desk.get("/admin/funding/ledger/?before=3").content.decode()
    assert "$2" in older
    assert desk.get("/admin/funding/ledger/?before=x").status_code == 200


def test_c20_each_download_is_written_down(desk: Client) -> None:
    desk.get("/admin/funding/gifts/download.csv?kind=cash")

    written = ModelLogEntry.objects.get(action="funding.export_gifts")
    assert written.data == {"filter": "kind=cash"}


def _campaign_form(**changed: str) -> dict[str, str]:
    facts = {
        "title": "Autumn fund",
        "slug": "autumn",
        "ask": "For the court reporter.",
        "how_to_give": "",
        "goal_minor": "5,000",
        "starts_on": timezone.localdate().isoformat(),
        "ends_on": "",
        "is_shown": "on",
        "marks-TOTAL_FORMS": "1",
        "marks-INITIAL_FORMS": "0",
        "marks-MIN_NUM_FORMS": "0",
        "marks-MAX_NUM_FORMS": "1000",
        "marks-0-id": "",
        "marks-0-ORDER": "1",
        "marks-0-DELETE": "",
        "marks-0-at_minor": "2,500",
        "marks-0-label": "court reporter",
        "section": "",
        "story": "",
        **_lines("amount_choices", changed.pop("offered", "")),
    }
    return {**facts, **changed}


def _lines(name: str, offered: str) -> dict[str, str]:
    """The lines of a part of the form: "month 5; once 25"."""
    lines = [line.split() for line in offered.split(";") if line.strip()]
    facts = {f"{name}-TOTAL_FORMS": str(len(lines)), f"{name}-INITIAL_FORMS": "0"}
    for number, (frequency, amount) in enumerate(lines):
        line = {"id": "", "ORDER": str(number + 1), "DELETE": "", "frequency": frequency, "amount_minor": amount}
        facts |= {f"{name}-{number}-{field}": value for field, value in line.items()}
    return facts


def test_a_campaign_is_made_and_changed_with_amounts_as_people_type_them(desk: Client) -> None:
    answer = desk.post("/admin/funding/campaigns/new/", _campaign_form())

    assert answer.status_code == 302
    campaign = Campaign.objects.get()
    assert (campaign.goal_minor, campaign.currency) == (500_000, "USD")
    mark = CampaignMark.objects.get()
    assert (mark.at_minor, mark.campaign) == (250_000, campaign)

    page = desk.get(f"/admin/funding/campaigns/edit/{campaign.pk}/").content.decode()
    assert 'value="5000.00"' in page
    assert 'value="2500.00"' in page
    assert 'role="meter"' in page
    assert "$5,000" in desk.get("/admin/funding/campaigns/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"goal_minor": "0"}, "more than nothing"),
        ({"goal_minor": "5,00"}, "in figures"),
        ({"marks-0-at_minor": "5,000"}, "must be below it"),
        ({"marks-0-at_minor": "-1"}, "more than nothing"),
        ({"ends_on": "2020-01-01"}, "must not end before it starts"),
        ({"offered": "month 5; once 5; month 5.00"}, "there already"),
        ({"offered": "month 5,00"}, "in figures"),
        ({"slug": "books"}, "taken by a page of ours"),
    ],
)
def test_a_campaign_that_makes_no_sense_is_refused(desk: Client, wrong: dict[str, str], said: str) -> None:
    answer = desk.post("/admin/funding/campaigns/new/", _campaign_form(**wrong))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Campaign.objects.exists()


def test_two_marks_at_one_sum_are_refused_in_words(desk: Client) -> None:
    second = {"marks-1-id": "", "marks-1-ORDER": "2", "marks-1-DELETE": "", "marks-1-label": "again"}
    form = _campaign_form(**{"marks-TOTAL_FORMS": "2", "marks-1-at_minor": "2500", **second})

    answer = desk.post("/admin/funding/campaigns/new/", form)

    assert "there already" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_campaign_offers_sums_by_how_often(desk: Client) -> None:
    desk.post("/admin/funding/campaigns/new/", _campaign_form(offered="once 25; month 5; month 10; year 60"))

    campaign = Campaign.objects.get()
    offered = campaign.amount_choices.values_list("frequency", "amount_minor")
    assert list(offered) == [("once", 2_500), ("month", 500), ("month", 1_000), ("year", 6_000)]
    page = desk.get(f"/admin/funding/campaigns/edit/{campaign.pk}/").content.decode()
    assert 'value="60.00"' in page


def test_a_campaign_may_be_for_one_section_or_one_story_not_for_both(desk: Client) -> None:
    story = make_story(title="The second ferry")
    section = Section.objects.get()
    both = _campaign_form(section=str(section.pk), story=str(story.pk))

    refused = desk.post("/admin/funding/campaigns/new/", both)
    assert "not for both" in refused.content.decode()
    assert not Campaign.objects.exists()

    desk.post("/admin/funding/campaigns/new/", {**both, "section": ""})

    assert Campaign.objects.get().story == story
    assert "The second ferry" in desk.get("/admin/funding/campaigns/").content.decode()


def test_no_word_with_a_page_of_its_own_can_be_a_campaigns_name() -> None:
    words = {str(address.pattern).split("/")[0] for address in urls.urlpatterns}

    assert {word for word in words if word.isalpha()} <= RESERVED


def test_campaigns_of_another_currency_keep_it(desk: Client) -> None:
    campaign = make_campaign(currency="JPY", goal_minor=5_000)
    page = f"/admin/funding/campaigns/edit/{campaign.pk}/"
    assert 'value="5000"' in desk.get(page).content.decode()

    desk.post(page, _campaign_form(goal_minor="6,000", slug=campaign.slug))

    campaign.refresh_from_db()
    assert (campaign.goal_minor, campaign.currency) == (6_000, "JPY")
    assert CampaignMark.objects.get().at_minor == 2_500


def test_campaigns_are_closed_to_others() -> None:
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    try:
        answer = client.get("/admin/funding/campaigns/new/")
    except PermissionDenied:
        return
    assert answer.status_code in {302, 403}
