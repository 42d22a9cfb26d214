"""The first page of the admin, its name, and its accounts: readers have one name and sign in by e-mail."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from readership.discussion.models import State
from readership.discussion.tests.makers import make_comment, make_thread
from readership.readers.models import Reader
from readership.stories.models import Author, Section, Story
from readership.website.models import FrontPage
from readership.website.setting_up import set_up_newsroom

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def admin(client: Client) -> Client:
    set_up_newsroom(
        name="The Lantern",
        url="http://testserver",
        language="en",
        editor_email="ed@example.org",
        editor_password=PASSWORD,
    )
    client.force_login(Reader.objects.get())
    return client


def home(admin: Client) -> str:
    return admin.get(reverse("wagtailadmin_home")).content.decode()


def test_the_admin_carries_the_name_of_the_newsroom(admin: Client) -> None:
    inside = home(admin)
    admin.logout()
    door = admin.get(reverse("wagtailadmin_login")).content.decode()

    assert f"Dashboard - {settings.SITE_NAME}</title>" in inside
    assert f"Sign in to {settings.SITE_NAME}" in door


def test_one_signs_in_by_e_mail_in_any_case(admin: Client) -> None:
    admin.logout()

    answer = admin.post(reverse("wagtailadmin_login"), {"username": "ED@example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert admin.get(reverse("wagtailadmin_home")).status_code == 200


def test_the_first_page_teaches_the_next_step(admin: Client) -> None:
    assert "Make the first section" in home(admin)

    FrontPage.objects.get().add_child(instance=Section(title="News", slug="news"))
    shown = home(admin)
    assert "Add the first author" in shown
    assert "Write the first story" in shown

    Author.objects.create(name="Mira", slug="mira")
    Section.objects.get().add_child(
        instance=Story(title="Mine", slug="mine", live=False, has_unpublished_changes=True, owner=Reader.objects.get())
    )
    shown = home(admin)
    assert "Add the first author" not in shown
    assert "You have 1 draft that readers do not see yet." in shown


def test_the_first_page_says_what_waits_at_each_desk(admin: Client) -> None:
    assert "No comment waits for a moderator." in home(admin)

    make_comment(make_thread(), state=State.HELD)
    shown = home(admin)
    assert "1 comment waits for a moderator." in shown
    assert reverse("funding_desk:record") in shown


def test_the_first_page_shows_nobody_the_desk_of_another(admin: Client) -> None:
    for group, own, other in (
        ("Moderators", "comments-desk", "funding-desk"),
        ("Treasurers", "funding-desk", "comments-desk"),
    ):
        reader = Reader.objects.create_user(f"{group}@example.org", PASSWORD, name=group, is_staff=True)
        reader.groups.add(Group.objects.get(name=group))
        admin.force_login(reader)
        shown = home(admin)
        assert own in shown
        assert other not in shown


@pytest.mark.parametrize(
    "name",
    ["wagtailusers_users:index", "wagtailusers_users:add", "wagtailsnippets_stories_author:add",
     "wagtailsnippets_stories_topic:list", "wagtailadmin_account", "wagtailadmin_explore_root",
     "wagtailadmin_workflows:index", "wagtailadmin_reports:site_history"],
)  # fmt: skip
def test_the_pages_of_the_admin_answer(admin: Client, name: str) -> None:
    assert admin.get(reverse(name)).status_code == 200


def test_an_account_is_added_and_changed_by_its_one_name(admin: Client) -> None:
    writers = Group.objects.get(name="Writers")
    given = {"email": "Ada@Example.org", "name": "Ada Wong", "is_staff": "on", "groups": [writers.pk]}
    admin.post(reverse("wagtailusers_users:add"), {**given, "password1": PASSWORD, "password2": PASSWORD})

    ada = Reader.objects.get(email="ada@example.org")
    assert (ada.name, ada.is_staff, ada.is_superuser, ada.check_password(PASSWORD)) == ("Ada Wong", True, False, True)
    assert list(ada.groups.all()) == [writers]

    changed = {**given, "name": "Ada W.", "is_active": "on", "password1": "", "password2": ""}
    admin.post(reverse("wagtailusers_users:edit", args=[ada.pk]), changed)
    ada.refresh_from_db()
    assert (ada.name, ada.check_password(PASSWORD)) == ("Ada W.", True)


def test_one_e_mail_has_one_account_whatever_its_case(admin: Client) -> None:
    given = {"email": "ED@example.org", "name": "Other", "password1": PASSWORD, "password2": PASSWORD}

    answer = admin.post(reverse("wagtailusers_users:add"), given)

    assert answer.status_code == 200
    assert Reader.objects.count() == 1


def test_accounts_are_found_by_name_and_by_e_mail(admin: Client) -> None:
    Reader.objects.create_user("ada@example.org", name="Zuzana")

    for words in ("zuzana", "ada@"):
        assert "Zuzana" in admin.get(reverse("wagtailusers_users:index"), {"q": words}).content.decode()
    assert "Zuzana" not in admin.get(reverse("wagtailusers_users:index"), {"q": "nobody"}).content.decode()


def test_one_changes_the_own_name(admin: Client) -> None:
    page = admin.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-name"' in page
    assert 'name="name_email-first_name"' not in page
