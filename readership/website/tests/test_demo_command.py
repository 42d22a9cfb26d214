"""`readership demo` plants one newsroom, once, and gives published passwords only to this machine."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from readership.discussion.counting import differences
from readership.discussion.models import Comment, Thread
from readership.funding.auditing import audit
from readership.funding.models import Gift
from readership.funding.queries import current_meter
from readership.newsletter.models import Edition, EditionPlan, Issue
from readership.portability.models import ImportedItem
from readership.readers.models import Reader
from readership.stories.models import Author, NewsImage, Section, StandingPage, Story
from readership.stories.tests.makers import make_story
from readership.website.demo import planting
from readership.website.demo.accounts import ACCOUNTS
from readership.website.demo.planting import plant
from readership.website.management.commands import demo
from readership.website.management.commands.init import keep
from readership.website.models import FrontPage
from readership.website.setting_up import set_up_newsroom

pytestmark = pytest.mark.django_db
SMALL = (160, 90)


@pytest.fixture(autouse=True)
def _home(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    # Large pictures take seconds and show nothing more here.
    monkeypatch.setattr(planting, "SIZE", SMALL)
    monkeypatch.setattr(planting, "ALL_SPECS", ("width-400|format-webp|webpquality-78",))


def planted(*, has_passwords: bool = True) -> None:
    set_up_newsroom(name="The Brinmouth Lantern", url="http://testserver", language="en")
    plant(has_passwords=has_passwords)


def rows() -> tuple[int, ...]:
    models = (Author, Section, Story, StandingPage, NewsImage, Comment, Gift, Reader, ImportedItem, Issue, EditionPlan)
    return tuple(model.objects.count() for model in models)


def test_everything_is_there_and_every_number_agrees() -> None:
    planted()

    assert rows()[:4] == (4, 4, 12, 3)
    assert list(differences()) == []
    assert audit().is_whole
    meter = current_meter()
    assert meter is not None
    assert (meter.value_now, meter.value_max, meter.givers_count) == (1440, 5000, 87)


def test_planting_again_changes_nothing_not_even_the_dates() -> None:
    planted()
    before, dates = rows(), list(Story.objects.order_by("pk").values_list("shown_published_at", "title"))

    planted()

    assert rows() == before
    assert list(Story.objects.order_by("pk").values_list("shown_published_at", "title")) == dates


def test_what_the_editor_changed_stays_when_it_is_planted_again() -> None:
    planted()
    story = Story.objects.get(slug="sea-wall-metres")
    story.title = "Mended"
    story.save_revision().publish()
    front_page = FrontPage.objects.get()
    front_page.leads = front_page.leads.all()[:1]
    front_page.save_revision().publish()
    Reader.objects.get(email=ACCOUNTS[0].email).set_password("another")

    planted()

    assert Story.objects.get(slug="sea-wall-metres").title == "Mended"
    assert FrontPage.objects.get().leads.count() == 1


def test_every_page_opens(client: Client) -> None:
    planted()
    pages = [*FrontPage.objects.all(), *Section.objects.all(), *Story.objects.all(), *StandingPage.objects.all()]

    statuses = {page.url: client.get(page.url).status_code for page in pages}

    assert set(statuses.values()) == {200}, statuses


def test_newsletters_can_be_subscribed_to_and_earlier_letters_read(client: Client) -> None:
    planted()

    archive = client.get("/newsletter/archive/").content.decode()

    assert "Four school notebooks on a windowsill" in archive
    assert "Before the council meets" not in archive
    for path in sorted(set(re.findall(r"/newsletter/archive/letters-[\d-]+/", archive))):
        assert client.get(path).status_code == 200
    assert client.get("/newsletter/").content.decode().count('name="edition"') == len(Edition)


def test_the_front_page_leads_with_the_pinned_story() -> None:
    planted()

    leads = [lead.story for lead in FrontPage.objects.get().leads.order_by("sort_order")]

    assert len(leads) == 3
    assert leads[0].is_pinned


def test_an_author_answers_readers_as_the_storys_author() -> None:
    planted()

    answers = Comment.objects.filter(badge="author")

    assert answers.exists()
    assert all(answer.reader and answer.reader.name == answer.author_name for answer in answers)


def test_every_role_can_sign_in_to_the_admin(client: Client) -> None:
    planted()

    for account in ACCOUNTS:
        assert client.login(username=account.email, password=account.password)
        assert client.get("/admin/").status_code == 200


def test_a_site_that_others_can_reach_gets_no_published_password(client: Client) -> None:
    planted(has_passwords=False)

    assert not any(client.login(username=account.email, password=account.password) for account in ACCOUNTS)


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://127.0.0.1.example.org", False),
        ("http://0.0.0.0:8000", False),
        ("https://news.example.org", False),
    ],
)
def test_only_addresses_of_this_machine_count_as_this_machine(settings: LazySettings, url: str, is_here: bool) -> None:
    settings.SITE_URL = url

    assert demo.is_here_only() == is_here


def test_the_command_says_where_the_site_is_and_who_may_sign_in(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    # As after its own restart with the demo's settings.
    keep_demo_settings(tmp_path, port=8000)
    said = StringIO()

    call_command("demo", no_serve=True, stdout=said)

    assert "http://127.0.0.1:8000/admin/" in said.getvalue()
    assert all(account.password in said.getvalue() for account in ACCOUNTS)
    assert Thread.objects.exists()


def test_a_newsroom_with_stories_of_its_own_is_left_alone() -> None:
    make_story()

    with pytest.raises(CommandError, match="READERSHIP_HOME"):
        call_command("demo", no_serve=True)

    assert Story.objects.count() == 1


def keep_demo_settings(home: Path, *, port: int) -> None:
    site, currency = planting.demo_site()
    keep(
        home,
        {
            "READERSHIP_SITE_NAME": site.name,
            "READERSHIP_URL": f"http://127.0.0.1:{port}",
            "READERSHIP_LANGUAGE": site.language,
            "READERSHIP_CURRENCY": currency,
            "READERSHIP_DEMO_GIVING": "yes",
        },
    )
