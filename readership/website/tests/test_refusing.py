"""What is refused before a form sees it is said on a page of ours (attack B05)."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from readership.discussion.models import Comment
from readership.discussion.tests.makers import make_thread

OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


def test_a_form_with_more_fields_than_any_of_ours_is_refused_on_a_page_that_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thread = make_thread()
    address, body = f"/discuss/threads/{thread.pk}/comments/", "text=a&name=b" + "&x=1" * 10_000

    # Both ask for the thread and its story.
    with django_assert_num_queries(2):
        answer = client.post(address, body, content_type=FORM, headers=OURS)

    page = answer.content.decode()
    assert answer.status_code == 413
    assert "<h1>That is more than we can take at once</h1>" in page
    assert "css/site.css" in page
    assert Comment.objects.count() == 0


def test_a_long_story_may_be_saved_in_the_editor(client: Client) -> None:
    body = "text=a&name=b" + "&x=1" * 5_000

    assert client.post("/discuss/threads/9/comments/", body, content_type=FORM, headers=OURS).status_code == 404


def test_a_body_that_cannot_be_read_is_refused_on_a_page(client: Client) -> None:
    thread = make_thread()

    answer = client.post(
        f"/discuss/threads/{thread.pk}/comments/", b"x", content_type="multipart/form-data; boundary=", headers=OURS
    )

    assert answer.status_code == 400
    assert "<h1>We could not read that</h1>" in answer.content.decode()


def test_the_api_refuses_in_its_own_form(client: Client) -> None:
    answer = client.post("/api/v1/threads/1/comments", b"x" * 70_000, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
