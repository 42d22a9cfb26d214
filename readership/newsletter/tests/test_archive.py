"""The archive holds what went to everybody, and tells of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from readership.newsletter.models import Audience, Issue, IssueState
from readership.newsletter.sending import cancel, schedule, send_now
from readership.newsletter.tests.makers import make_issue, make_subscription
from readership.stories.models import Story
from readership.stories.tests.makers import make_front_page, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    make_front_page()
    return Client()


def sent(**fields: object) -> Issue:
    issue = make_issue(**fields)  # type: ignore[arg-type]
    send_now(issue.pk, now=timezone.now())
    issue.refresh_from_db()
    return issue


def test_what_went_to_everybody_is_listed_shown_and_in_the_feed(reader: Client) -> None:
    make_subscription()
    story = make_story()
    first, second = sent(subject="First", stories=[story]), sent(subject="Second")

    today = timezone.localdate()
    assert (first.slug, second.slug) == (f"{today}", f"{today}-2")
    listed = reader.get("/newsletter/archive/").content.decode()
    assert listed.index("Second") < listed.index("First")
    page = reader.get(f"/newsletter/archive/letters-{today}/").content.decode()
    assert "The tide was low." in page
    assert story.title in page
    feed = reader.get("/newsletter/archive/feed/").content.decode()
    assert f"/newsletter/archive/letters-{today}-2/" in feed
    assert 'type="application/atom+xml"' in listed


def test_drafts_scheduled_and_cancelled_issues_and_those_for_some_are_nowhere(reader: Client) -> None:
    make_subscription()
    now = timezone.now()
    make_issue(subject="Canary draft")
    schedule(make_issue(subject="Canary scheduled").pk, send_at=now + timedelta(hours=1), now=now)
    cancel(sent(subject="Canary cancelled").pk)
    for audience in (Audience.TOPIC, Audience.SECTION, Audience.SUPPORTERS):
        Issue.objects.filter(pk=sent(subject=f"Canary {audience}").pk).update(
            audience=audience, state=IssueState.SENT, sent_at=now
        )

    for slug in Issue.objects.exclude(slug="").values_list("slug", flat=True):
        assert reader.get(f"/newsletter/archive/letters-{slug}/").status_code == 404
    for page in ("archive/", "archive/feed/", ""):
        answer = reader.get(f"/newsletter/{page}")
        assert answer.status_code == 200
        assert "Canary" not in answer.content.decode()


def test_l12_a_story_that_was_taken_down_is_in_no_issue_any_more(reader: Client) -> None:
    make_subscription()
    story = make_story(title="A secret ferry")
    issue = sent(stories=[story])

    Story.objects.get(pk=story.pk).unpublish()

    assert "A secret ferry" not in reader.get(f"/newsletter/archive/letters-{issue.slug}/").content.decode()


@pytest.mark.parametrize("address", ["letters-2020-01-01", "morning-----------", "daily-2020-01-01", "letters-x"])
def test_what_there_is_not_is_not_there(reader: Client, address: str) -> None:
    assert reader.get(f"/newsletter/archive/{address}/").status_code == 404
