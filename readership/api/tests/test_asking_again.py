"""Who reads often asks for what is new, and gets no bytes that it has already (attack B13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion.models import Thread
from readership.discussion.tests.makers import make_comment, make_thread
from readership.funding.tests.makers import make_campaign
from readership.stories.models import Story

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def program() -> Client:
    return Client()


def ask(program: Client, thread: Thread, **query: object) -> Any:
    return program.get(f"/api/v1/threads/{thread.pk}/comments?{urlencode(query)}")


def ids(answer: Any) -> list[int]:
    return [item["id"] for item in answer.json()["items"]]


def test_what_is_known_is_not_sent_again_until_it_changes(program: Client) -> None:
    thread = make_thread()
    first = make_comment(thread)
    address = f"/api/v1/threads/{thread.pk}/comments"
    etag = program.get(address)["ETag"]

    known = program.get(address, headers={"If-None-Match": f'"other", W/{etag}'})

    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    second = make_comment(thread, minutes_ago=1)
    changed = program.get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert ids(changed) == [second.pk, first.pk]
    assert changed["ETag"] != etag


def test_everything_that_reads_alike_for_all_may_be_asked_again(program: Client) -> None:
    thread = make_thread()
    story, campaign = Story.objects.get(pk=thread.page_id), make_campaign()

    for path in ("stories", f"stories/{story.pk}", f"campaigns/{campaign.pk}", "openapi.json"):
        answer = program.get(f"/api/v1/{path}")
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = {"If-None-Match": answer["ETag"]}
        assert program.get(f"/api/v1/{path}", headers=again).status_code == 304
        assert program.head(f"/api/v1/{path}", headers=again).status_code == 304


def test_b13_no_guess_of_an_etag_opens_what_is_closed_and_what_is_personal_has_none(program: Client) -> None:
    draft, thread = make_thread(live=False), make_thread()
    comment = make_comment(thread)

    assert program.get(f"/api/v1/threads/{draft.pk}/comments", headers={"If-None-Match": "*"}).status_code == 404
    personal = program.get(f"/api/v1/comments/{comment.pk}", headers={"If-None-Match": "*"})
    assert (personal.status_code, "ETag" in personal, personal["Cache-Control"]) == (200, False, "no-store")


def test_since_asks_for_what_was_written_at_that_moment_or_later(program: Client) -> None:
    thread = make_thread()
    root = make_comment(thread, minutes_ago=90)
    made = [make_comment(thread, answers=root, minutes_ago=60 - number) for number in range(5)]

    first = ask(program, thread, since=made[1].created_at.isoformat(), limit=3)
    second = ask(program, thread, since=made[1].created_at.isoformat(), limit=3, cursor=first.json()["next"])

    assert ids(first) + ids(second) == [comment.pk for comment in reversed(made[1:])]
    assert first.json()["filter"] == "new"
    assert first.json()["items"][0]["parent_id"] == root.pk
    assert ids(ask(program, thread, filter="new", since=(NOW + timedelta(days=1)).isoformat())) == []


@pytest.mark.parametrize(
    "query",
    [{"since": "yesterday"}, {"since": "2026-11-25T01:00:00"}, {"since": NOW.isoformat(), "filter": "newsroom"}],
)
def test_a_moment_that_is_none_or_goes_with_another_filter_is_refused(program: Client, query: dict[str, str]) -> None:
    answer = ask(program, make_thread(), **query)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["since"]


def test_the_description_says_which_answers_may_be_asked_again(program: Client) -> None:
    paths = program.get("/api/v1/openapi.json").json()["paths"]

    with_304 = {path for path, operations in paths.items() if "304" in operations.get("get", {}).get("responses", {})}

    assert with_304 == {path for path, operations in paths.items() if "get" in operations} - {
        "/api/v1/comments/{comment_id}"
    }
