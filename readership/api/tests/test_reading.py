"""The JSON shows what a page would show, field by field (attacks C11, I08, L02)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion.models import State
from readership.discussion.tests.makers import make_comment, make_thread, write
from readership.funding.tests.makers import make_campaign, make_gift, make_pledge, make_promise
from readership.stories.tests.makers import make_author, make_story

pytestmark = pytest.mark.django_db


def get(path: str) -> dict[str, object]:
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    shown: dict[str, object] = answer.json()
    return shown


def test_stories_come_newest_first_in_pages() -> None:
    now = timezone.now()
    made = [make_story(title=f"Story {number}", published_at=now - timedelta(hours=number)) for number in range(5)]

    first = get("stories?limit=3")
    second = get(f"stories?limit=3&cursor={first['next']}")

    headlines = [item["headline"] for page in (first, second) for item in page["items"]]  # type: ignore[attr-defined]
    assert headlines == [story.title for story in made]
    assert second["next"] is None


def test_a_story_has_its_words_and_its_people() -> None:
    story = make_story(authors=[make_author(name="Mira Solberg")])

    shown = get(f"stories/{story.pk}")

    assert shown["headline"] == story.title
    assert "The bollards are new." in str(shown["html"])
    assert shown["bylines"] == [
        {"name": "Mira Solberg", "url": "http://127.0.0.1:8000/authors/mira-solberg/", "role": ""}
    ]


def test_drafts_are_nowhere() -> None:
    draft = make_story(title="Canary", live=False)

    assert Client().get(f"/api/v1/stories/{draft.pk}").status_code == 404
    assert get("stories") == {"items": [], "next": None}


def test_comments_come_with_replies_and_a_cursor() -> None:
    thread = make_thread()
    roots = [make_comment(thread, text=f"root {number}", minutes_ago=10 - number) for number in range(5)]
    reply = make_comment(thread, text="reply", answers=roots[0])

    first = get(f"threads/{thread.pk}/comments?sort=oldest&limit=2")
    second = get(f"threads/{thread.pk}/comments?sort=oldest&limit=2&cursor={first['next']}")

    ids = [item["id"] for page in (first, second) for item in page["items"]]  # type: ignore[attr-defined]
    assert ids == [root.pk for root in roots[:4]]
    assert first["items"][0]["replies"][0]["id"] == reply.pk  # type: ignore[index]
    assert first["items"][0]["replies"][0]["parent_id"] == roots[0].pk  # type: ignore[index]


def test_l02_nothing_private_is_shown() -> None:
    thread = make_thread()
    comment = write(thread, name="Old Salt").comment
    comment.author_email = "canary@example.org"
    comment.save()
    make_comment(thread, text="canary held", state=State.HELD)

    answer = Client().get(f"/api/v1/threads/{thread.pk}/comments").content.decode()

    for secret in ("canary", comment.network_hash, "submission", "guest_id", "secret"):
        assert secret not in answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("stories/999999", 404),
        ("stories/x", 400),
        ("stories/99999999999999999999", 400),
        ("stories?cursor=nonsense", 400),
        ("stories?limit=0", 400),
        ("stories?limit=100000", 400),
        ("stories?section=-1", 400),
        ("stories?section=999999", 404),
        ("threads/1/comments?sort=loudest", 400),
        ("threads/999999/comments", 404),
        ("campaigns/999999", 404),
    ],
)
def test_i08_what_makes_no_sense_gets_a_sentence(path: str, status: int) -> None:
    answer = Client().get(f"/api/v1/{path}")

    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_campaign_shows_its_meter() -> None:
    campaign = make_campaign()

    shown = get(f"campaigns/{campaign.pk}")

    assert shown["goal_minor"] == campaign.goal_minor
    assert shown["raised_minor"] == 0


def test_k16_what_is_promised_stands_in_fields_of_its_own() -> None:
    campaign = make_campaign()
    make_gift(campaign, amount_minor=144_000)
    make_promise(campaign, amount_minor=12_000)
    make_pledge(campaign, amount_minor=4_000)

    shown = get(f"campaigns/{campaign.pk}")

    assert (shown["raised_minor"], shown["on_the_way_minor"], shown["pledged_monthly_minor"]) == (
        144_000,
        12_000,
        4_000,
    )
    assert shown["promised_sentence"] == "$120 more is on its way, and $40 a month is pledged"
    assert shown["url"] == f"http://127.0.0.1:8000/support/{campaign.slug}/"


def test_the_campaigns_that_run_are_listed_with_where_they_are_shown() -> None:
    story, draft = make_story(), make_story(live=False)
    make_campaign(title="Site")
    make_campaign(title="Ferry fund", story=story)
    hidden = make_campaign(title="Canary", story=draft)

    shown = get("campaigns")["items"]

    assert {(one["title"], one["story_id"]) for one in shown} == {("Site", None), ("Ferry fund", story.pk)}  # type: ignore[attr-defined]
    assert Client().get(f"/api/v1/campaigns/{hidden.pk}").status_code == 404


def test_the_api_describes_itself() -> None:
    paths = get("openapi.json")["paths"]

    assert {
        "/api/v1/stories", "/api/v1/stories/{story_id}", "/api/v1/threads/{thread_id}/comments",
        "/api/v1/campaigns/{campaign_id}",
    } <= set(paths)  # type: ignore[call-overload]  # fmt: skip
