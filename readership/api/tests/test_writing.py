"""Writing through the JSON API: the same verbs, refusals and limits as the page, and every error in one form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from readership.discussion.models import Comment, State, Vote
from readership.discussion.tests.makers import make_comment, make_reader, make_thread
from readership.stories.tests.makers import make_author, restrict

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def program() -> Client:
    """Says nothing of a site and keeps its cookies."""
    return Client()


def post(program: Client, thread: Any, **fields: Any) -> Any:
    body = {"text": "The pier is new.", "name": "Old Salt", **fields}
    return program.post(f"/api/v1/threads/{thread.pk}/comments", body, content_type=JSON)


def assert_problem(answer: Any, status: int, words: str = "") -> None:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert words in told["detail"]


def test_a_comment_is_posted_read_changed_and_withdrawn(program: Client) -> None:
    thread = make_thread()

    answer = post(program, thread, text="Gravel is *gravel*.")

    assert answer.status_code == 201
    made = answer.json()
    assert (made["html"], made["state"], made["thread_id"]) == (
        "<p>Gravel is <em>gravel</em>.</p>",
        "published",
        thread.pk,
    )
    assert answer["Location"] == f"/api/v1/comments/{made['id']}"
    assert answer["Cache-Control"] == "no-store"
    assert settings.GUEST_COOKIE_NAME in answer.cookies
    address = answer["Location"]
    assert Client().get(address).json()["name"] == "Old Salt"
    changed = program.patch(address, {"text": "Sand."}, content_type=JSON)
    assert (changed.status_code, changed.json()["html"]) == (200, "<p>Sand.</p>")
    assert program.delete(address).status_code == 204
    assert_problem(program.get(address), 404)
    assert Comment.objects.get().state == State.WITHDRAWN


def test_a_reply_stands_below_what_it_answers(program: Client) -> None:
    thread = make_thread()
    above = make_comment(thread)

    made = post(program, thread, parent_id=above.pk).json()

    assert made["parent_id"] == above.pk
    assert Comment.objects.get(pk=made["id"]).root == above


@pytest.mark.parametrize("way", ["field", "header"])
def test_f06_the_same_sent_again_answers_with_the_first(way: str) -> None:
    thread = make_thread()

    def send() -> Any:
        body = {"text": "Once.", "name": "Al"} | ({"submission_key": "k"} if way == "field" else {})
        headers = {"Idempotency-Key": "k"} if way == "header" else {}
        return Client().post(f"/api/v1/threads/{thread.pk}/comments", body, content_type=JSON, headers=headers)

    first, second = send(), send()

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Comment.objects.count() == 1


def test_a_held_comment_says_so_to_its_writer_and_is_there_for_nobody_else(program: Client) -> None:
    answer = post(program, make_thread(), text="Buy at https://spam.example now")

    assert answer.status_code == 201
    assert answer.json()["state"] == "held"
    assert "moderator" in answer.json()["held_sentence"]
    assert program.get(answer["Location"]).status_code == 200
    assert_problem(Client().get(answer["Location"]), 404)


def test_a_vote_is_cast_changed_and_taken_back(program: Client) -> None:
    comment = make_comment(make_thread())
    address = f"/api/v1/comments/{comment.pk}/vote"

    counts = [program.put(address, {"value": value}, content_type=JSON).json() for value in (1, -1, 0)]

    assert [(one["up_count"], one["down_count"], one["own_vote"]) for one in counts] == [
        (1, 0, 1),
        (0, 1, -1),
        (0, 0, 0),
    ]
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"text": "  "}, "text", "empty"),
        ({"text": "x" * 5001}, "text", "5001 characters"),
        ({"name": ""}, "name", "name"),
        ({"name": "Mirа Sоlberg"}, "name", "belongs to somebody"),
        ({"email": "nowhere"}, "email", "e-mail"),
        ({"parent_id": 999_999}, "text", "no longer shown"),
    ],
)
def test_a_refusal_names_its_field(program: Client, fields: dict[str, Any], field: str, words: str) -> None:
    make_author(name="Mira Solberg")

    answer = post(program, make_thread(), **fields)

    assert_problem(answer, 422, words)
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"txet": "x"},
        {"text": 5},
        {"text": None},
        {"parent_id": -1},
        {"parent_id": 2**70},
        {"parent_id": "1; DROP"},
        {"parent_id": True},
        {"state": "published"},
    ],
)
def test_c11_i08_what_nobody_asked_for_is_refused(program: Client, fields: dict[str, Any]) -> None:
    assert_problem(post(program, make_thread(), **fields), 400)


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[]",
        "null",
        '{"text": "a", "name": "Al", "text": "b"}',
        '{"text": NaN, "name": "Al"}',
        "[" * 100_000,
        '"' + "x" * 70_000 + '"',
    ],
)
def test_i_what_is_no_json_object_is_refused(program: Client, body: str) -> None:
    answer = program.post(f"/api/v1/threads/{make_thread().pk}/comments", body, content_type=JSON)

    assert_problem(answer, 413 if len(body) > 65_536 else 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_d01_a_form_of_another_site_cannot_reach_it(program: Client, kind: str) -> None:
    body = '{"text": "x", "name": "Al"}'

    answer = program.post(f"/api/v1/threads/{make_thread().pk}/comments", body, content_type=kind)

    assert_problem(answer, 415)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_d01_a_page_of_another_site_is_refused_whatever_the_method(program: Client, headers: dict[str, str]) -> None:
    thread = make_thread()
    made = post(program, thread)
    address = made["Location"]

    answers = [
        program.post(f"/api/v1/threads/{thread.pk}/comments", {"text": "x"}, content_type=JSON, headers=headers),
        program.patch(address, {"text": "x"}, content_type=JSON, headers=headers),
        program.put(f"{address}/vote", {"value": 1}, content_type=JSON, headers=headers),
        program.delete(address, headers=headers),
    ]

    for answer in answers:
        assert_problem(answer, 403, "another site")
    assert Comment.objects.get().state == State.PUBLISHED


def test_c01_nobody_changes_or_withdraws_what_another_wrote(program: Client) -> None:
    address = post(program, make_thread())["Location"]
    stranger = Client()

    assert_problem(stranger.patch(address, {"text": "Mine."}, content_type=JSON), 404)
    assert_problem(stranger.delete(address), 404)
    stranger.force_login(make_reader())
    assert_problem(stranger.delete(address), 404)


def test_after_the_time_for_editing_it_is_too_late(program: Client) -> None:
    address = post(program, make_thread())["Location"]
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))

    assert_problem(program.patch(address, {"text": "x"}, content_type=JSON), 403, "over")
    assert_problem(program.delete(address), 403, "over")


def test_c02_what_is_not_public_is_not_there(program: Client) -> None:
    held = make_comment(make_thread(), state=State.HELD)
    restricted = make_thread()
    inside = make_comment(restricted)
    assert restricted.page is not None
    restrict(restricted.page)

    for comment in (held, inside):
        assert_problem(program.get(f"/api/v1/comments/{comment.pk}"), 404)
        assert_problem(program.put(f"/api/v1/comments/{comment.pk}/vote", {"value": 1}, content_type=JSON), 404)
    assert_problem(post(program, restricted), 404)
    assert_problem(post(program, make_thread(is_open=False)), 403, "closed")


def test_a_vote_may_be_posted_too(program: Client) -> None:
    comment = make_comment(make_thread())

    answer = program.post(f"/api/v1/comments/{comment.pk}/vote", {"value": 1}, content_type=JSON)

    assert (answer.status_code, answer.json()["up_count"]) == (200, 1)


def test_a_link_put_in_later_is_held_and_the_answer_says_so_and_why(program: Client) -> None:
    address = post(program, make_thread())["Location"]

    answer = program.patch(address, {"text": "See https://spam.example/"}, content_type=JSON).json()

    assert (answer["state"], answer["held_because"]) == ("held", "A guest added a link while editing.")
    assert "moderator" in answer["held_sentence"]


def test_a_closed_thread_does_not_speak_of_a_text_below(program: Client) -> None:
    answer = post(program, make_thread(is_open=False))

    assert answer.json()["detail"] == "Comments on this story are closed."


def test_head_answers_as_get(program: Client) -> None:
    comment = make_comment(make_thread())

    answer = program.head(f"/api/v1/comments/{comment.pk}")

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("value", [2, "1", 1.0, None, True])
def test_a_vote_is_one_of_three_numbers(program: Client, value: Any) -> None:
    comment = make_comment(make_thread())

    answer = program.put(f"/api/v1/comments/{comment.pk}/vote", {"value": value}, content_type=JSON)

    assert_problem(answer, 422 if value == 2 else 400)


def test_f04_nobody_votes_on_an_own_comment(program: Client) -> None:
    address = post(program, make_thread())["Location"]

    assert_problem(program.put(f"{address}/vote", {"value": 1}, content_type=JSON), 403, "own comment")


def test_f01_who_votes_faster_than_people_do_is_told_when_to_come_back(program: Client) -> None:
    comment = make_comment(make_thread())

    for number in range(21):
        answer = program.put(f"/api/v1/comments/{comment.pk}/vote", {"value": (-1) ** number}, content_type=JSON)

    assert_problem(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_f05_a_flood_is_held_as_it_is_from_the_form(program: Client) -> None:
    thread = make_thread()

    states = [post(program, thread, text=f"Number {number}.").json()["state"] for number in range(4)]

    assert states == ["published"] * 3 + ["held"]


def test_even_an_unknown_address_and_a_wrong_method_are_problems(program: Client) -> None:
    assert_problem(program.get("/api/v1/nothing"), 404)
    assert_problem(program.get("/api/v2/"), 404)
    answer = program.post("/api/v1/stories", {}, content_type=JSON)
    assert_problem(answer, 405)


def test_the_description_names_every_address() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]

    assert {path: sorted(verbs) for path, verbs in paths.items() if "comments" in path} == {
        "/api/v1/threads/{thread_id}/comments": ["get", "post"],
        "/api/v1/comments/{comment_id}": ["delete", "get", "patch"],
        "/api/v1/comments/{comment_id}/vote": ["post", "put"],
    }


def test_the_description_calls_errors_problems_and_each_operation_by_a_name_of_its_own() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    operations = [one for verbs in paths.values() for one in verbs.values()]
    errors = [
        kind
        for one in operations
        for status, answer in one["responses"].items()
        if int(status) >= 400
        for kind in answer["content"]
    ]

    assert set(errors) == {"application/problem+json"}
    assert len({one["operationId"] for one in operations}) == len(operations)
