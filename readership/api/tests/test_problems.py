"""Programs tell problems apart by their address, which leads to a page that says what to do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from readership.api.kinds import KINDS
from readership.api.problems import problem
from readership.discussion.models import Comment
from readership.discussion.tests.makers import make_comment, make_thread

pytestmark = pytest.mark.django_db
JSON = "application/json"


def kind(answer: Any) -> str:
    told = answer.json()
    assert told["type"].startswith(f"{site.SITE_URL}/api/v1/problems#")
    return str(told["type"].partition("#")[2])


@pytest.fixture
def program() -> Client:
    return Client()


def test_each_kind_has_its_own_address_and_a_place_on_the_page(program: Client) -> None:
    page = program.get("/api/v1/problems").content.decode()

    assert re.findall(r'<section class="version" id="([a-z-]+)"', page) == [one.name for one in KINDS]
    assert len({one.name for one in KINDS}) == len(KINDS)


def test_the_description_names_every_kind(program: Client) -> None:
    schema = program.get("/api/v1/openapi.json").json()["components"]["schemas"]["Problem"]["properties"]["type"]

    assert schema["format"] == "uri"
    assert schema["examples"] == [one.address for one in KINDS]


def test_a_refusal_says_of_which_kind_it_is(program: Client) -> None:
    thread, closed = make_thread(), make_thread(is_open=False)
    comments = f"/api/v1/threads/{thread.pk}/comments"
    whole = {"text": "The pier is new.", "name": "Old Salt"}
    own = program.post(comments, whole, content_type=JSON).json()["id"]
    Comment.objects.filter(pk=own).update(created_at=timezone.now() - timedelta(hours=2))
    paused = make_comment(thread)
    Comment.objects.filter(pk=paused.pk).update(votes_frozen_at=timezone.now())

    kinds = {
        "closed": program.post(f"/api/v1/threads/{closed.pk}/comments", whole, content_type=JSON),
        "refused": program.post(comments, {"text": "x"}, content_type=JSON),
        "wrong-shape": program.post(comments, {"words": "x"}, content_type=JSON),
        "not-json": program.post(comments, "x", content_type="text/plain"),
        "too-large": program.post(comments, "x" * 70_000, content_type=JSON),
        "other-site": program.post(comments, whole, content_type=JSON, headers={"Sec-Fetch-Site": "cross-site"}),
        "too-late": program.patch(f"/api/v1/comments/{own}", {"text": "x"}, content_type=JSON),
        "vote-refused": program.put(f"/api/v1/comments/{own}/vote", {"value": 1}, content_type=JSON),
        "votes-paused": program.put(f"/api/v1/comments/{paused.pk}/vote", {"value": 1}, content_type=JSON),
        "not-found": program.get("/api/v1/comments/999999"),
        "bad-cursor": program.get(f"{comments}?cursor=x"),
        "method": program.delete(comments),
    }

    assert {name: kind(answer) for name, answer in kinds.items()} == {name: name for name in kinds}


def test_who_comes_too_often_is_told_so_by_its_address(program: Client, settings: object) -> None:
    settings.VOTE_LIMITS = ((1, 60),)  # type: ignore[attr-defined]
    address = f"/api/v1/comments/{make_comment(make_thread()).pk}/vote"

    answers = [program.put(address, {"value": 1}, content_type=JSON) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert kind(answers[1]) == "too-fast"


def test_a_status_that_no_kind_has_is_still_a_problem() -> None:
    assert b'"type": "about:blank"' in problem(501, "No.").content
