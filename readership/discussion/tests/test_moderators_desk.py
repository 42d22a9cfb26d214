"""Moderators see what waits and let it through or take it away; nobody else does (attacks C16, C17)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from readership.discussion.models import State
from readership.discussion.tests.makers import make_comment, make_reader, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Client:
    reader = make_reader(name="Mo", email="mo@example.org", is_staff=True)
    reader.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        Permission.objects.get(content_type__app_label="discussion", codename="moderate_comment"),
    )
    client = Client()
    client.force_login(reader)
    return client


def test_a_held_comment_is_published_with_one_button(moderator: Client) -> None:
    comment = make_comment(make_thread(), state=State.HELD, text="Waiting words")

    assert "Waiting words" in moderator.get("/admin/comments/").content.decode()
    moderator.post(f"/admin/comments/{comment.pk}/", {"verb": "publish"})

    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED
    assert "Nothing waits." in moderator.get("/admin/comments/").content.decode()


def test_an_empty_queue_says_what_will_appear_in_it(moderator: Client) -> None:
    for state in State.values:
        assert moderator.get(f"/admin/comments/?state={state}").status_code == 200
    assert moderator.get("/admin/comments/?state=nonsense&p=x").status_code == 200


def test_a02_a_writers_markup_is_text_in_the_admin(moderator: Client) -> None:
    make_comment(make_thread(), state=State.HELD, text="<script>alert(1)</script>", name="<img src=x>")

    page = moderator.get("/admin/comments/").content.decode()

    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page


def test_c17_staff_without_the_right_are_refused() -> None:
    comment = make_comment(make_thread(), state=State.HELD)
    reader = make_reader(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    client = Client()
    client.force_login(reader)

    client.post(f"/admin/comments/{comment.pk}/", {"verb": "publish"})

    comment.refresh_from_db()
    assert comment.state == State.HELD
    assert "Waiting" not in client.get("/admin/comments/", follow=True).content.decode()
