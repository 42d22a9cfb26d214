"""A program writes through the real server: door, admission and cookies included."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.journeys.newsroom import Newsroom

JSON = "application/json"


def ask(newsroom: Newsroom, method: str, path: str, body: object = None, **headers: str) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    kind = {} if body is None else {"Content-Type": JSON}
    return newsroom.server.ask(path, method=method, body=sent, **kind, X_Forwarded_For="10.9.0.1", **headers)


def thread_of(newsroom: Newsroom, story: str) -> int:
    found = re.search(rb"/discuss/threads/(\d+)/comments/", newsroom.server.ask(story).body)
    assert found
    return int(found[1])


def test_a_program_posts_votes_edits_and_withdraws(newsroom: Newsroom) -> None:
    story = newsroom.fresh_story()
    comments = f"/api/v1/threads/{thread_of(newsroom, story)}/comments"

    made = ask(newsroom, "POST", comments, {"text": "Low water at six.", "name": "Tide Table"})

    assert made.status == 201
    secret = re.search(r"guest=[^;]+", made.headers["set-cookie"])
    assert secret
    comment = made.headers["location"]
    own = {"Cookie": secret[0]}
    assert json.loads(ask(newsroom, "GET", comments).body)["items"][0]["name"] == "Tide Table"
    assert ask(newsroom, "PUT", f"{comment}/vote", {"value": 1}, **own).status == 403
    vote = newsroom.server.ask(
        f"{comment}/vote", method="PUT", body=b'{"value": 1}', Content_Type=JSON, X_Forwarded_For="10.9.0.2"
    )
    assert json.loads(vote.body)["up_count"] == 1
    assert ask(newsroom, "PATCH", comment, {"text": "Low water at seven."}, **own).status == 200
    assert b"Low water at seven." in newsroom.server.ask(f"{story}?own=1").body
    assert ask(newsroom, "DELETE", comment).status == 404
    assert ask(newsroom, "DELETE", comment, **own).status == 204
    assert ask(newsroom, "GET", comment).status == 404


def test_what_a_program_does_wrong_is_said_as_a_problem(newsroom: Newsroom) -> None:
    comments = f"/api/v1/threads/{thread_of(newsroom, newsroom.fresh_story())}/comments"

    for body, kind, status in (
        (b"{", JSON, 400),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b'"' + b"x" * 70_000 + b'"', JSON, 413),
        (b'{"text": "x"}', JSON, 422),
    ):
        answer = newsroom.server.ask(comments, method="POST", body=body, Content_Type=kind)
        assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
        assert json.loads(answer.body)["status"] == status
