"""Fills the home of the journeys through makers and verbs, and prints where everything stands as JSON.

Runs in a process of its own, with the settings and the database of that home.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from readership.discussion import counting
from readership.discussion.models import Comment, State, Thread
from readership.discussion.opening import open_thread
from readership.discussion.tests.makers import make_comment
from readership.funding.models import Gift
from readership.funding.tests.makers import TREASURER, make_campaign, make_gift
from readership.newsletter.editions import keep_plan
from readership.newsletter.links import issue_path
from readership.newsletter.models import Edition, EditionPlan, Issue
from readership.newsletter.sending import send_now
from readership.newsletter.tests.makers import make_issue, make_subscription
from readership.readers.models import Reader
from readership.stories.models import Author, Story
from readership.stories.tests.makers import (
    make_author,
    make_picture,
    make_section,
    make_standing_page,
    make_story,
    make_topic,
)
from tests.journeys.newsroom import PASSWORD

FRESH_STORIES = 140
ROOTS = 65  # four pages of 20
REPLIES = 9
TABLE = {
    "data": [["Pier", "Length"], ["North", "120 m"], ["South", "80 m"]],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_caption": "Piers",
}


def fill() -> dict[str, Any]:
    author = make_author(name="Mira Solberg")
    Author.objects.filter(pk=author.pk).update(about="Mira Solberg writes about the harbour.", position="Reporter")
    author.refresh_from_db()
    topic = make_topic(name="Ferries")
    harbour, town = make_section(title="Harbour"), make_section(title="Town")
    for section in (harbour, town):
        section.show_in_menus = True
        section.save_revision().publish()
    standing = make_standing_page(title="About us")
    standing.body = [("text", "<p>We are nine people and a dog.</p>")]
    standing.show_in_menus = True
    standing.save_revision().publish()
    guestbook = make_standing_page(
        title="The visitors’ book", takes_comments=True, body=[*body()[:6], *body()[:3], *body()[:3]]
    )
    guestbook.save_revision().publish()
    busy = published(
        make_story(
            title="The second ferry that never came",
            standfirst="Nine years, three tenders, no ferry.",
            section=harbour,
            authors=[author],
            lead_image=make_picture(caption="The pier at noon", credit="Mira Solberg"),
            body=body(),
        )
    )
    busy.topics.add(topic)
    busy.save_revision().publish()
    older = timezone.now() - timedelta(days=30)
    quiet = published(make_story(title="A quiet day at the quay", section=town, published_at=older))
    closed = published(
        make_story(title="The old crane comes down", section=town, published_at=older, takes_comments=False)
    )
    make_comment(closed.thread, text="A pity.")
    # Straight into the table: to publish each through Wagtail would take most of the filling.
    fresh = [
        with_thread(make_story(title=f"Notes from the quay {number}", section=town, published_at=older))
        for number in range(FRESH_STORIES)
    ]
    return {
        "busy": busy.url,
        "quiet": quiet.url,
        "closed": closed.url,
        "section": harbour.url,
        "empty_section": published(make_section(title="Letters")).url,
        "standing": standing.url,
        "guestbook": guestbook.url,
        "author": author.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "fresh": [story.url for story in fresh],
        "thread_of": {story.url: story.thread.pk for story in (busy, quiet, closed, *fresh)},
        "busy_id": busy.pk,
        "talk": talk(busy.thread),
        "town_id": town.pk,
        "campaign": campaign(),
        "people": people(),
        "issue": newsletter(busy),
    }


def body() -> list[tuple[str, Any]]:
    return [
        ("text", "<p>The bollards are new. <a href='https://ferries.example/'>The ferry</a> is not there.</p>"),
        ("heading", {"text": "What was promised", "level": "2"}),
        ("quote", {"text": "It will come.", "speaker": "The mayor", "source": "", "source_url": ""}),
        ("pull_quote", {"text": "Nine years, no ferry.", "credit": "A neighbour"}),
        ("fact_box", {"title": "The ferry", "text": "<p>60 seats.</p>"}),
        ("table", TABLE),
        (
            "image",
            {
                "image": make_picture(title="Slip"),
                "caption": "The slip",
                "alt": "An empty slip",
                "is_decorative": False,
            },
        ),
        ("embed", {"url": "https://video.example/1", "title": "A film of the launch"}),
        ("support_ask", {"text": "Reporting like this costs money."}),
    ]


def published(page: Any) -> Any:
    page.save_revision().publish()
    return with_thread(page) if isinstance(page, Story) else page


def with_thread(story: Story) -> Story:
    open_thread(page=story, takes_comments=story.takes_comments, now=timezone.now())
    story.refresh_from_db()
    return story


@transaction.atomic
def talk(thread: Thread) -> dict[str, Any]:
    """65 comments, one an hour; a late one has nine replies of growing depth, the newest was removed."""
    roots = [
        make_comment(
            thread,
            text=f"Comment number {number}.",
            name=f"Neighbour {number}",
            minutes_ago=60 * (ROOTS - number),
            up=(number * 7) % 31,
            down=(number * 3) % 5,
        )
        for number in range(ROOTS)
    ]
    talked_about, answers = roots[62], []
    above: Comment = talked_about
    for number in range(REPLIES):
        above = make_comment(
            thread, text=f"Reply number {number}.", name=f"Answerer {number}", answers=above, minutes_ago=30
        )
        answers.append(above.pk)
    removed = make_comment(thread, text="Gone words.", state=State.REMOVED, minutes_ago=20)
    make_comment(thread, text="An answer to what is gone.", answers=removed, minutes_ago=10)
    counting.recount(thread)
    shown = Comment.objects.filter(thread=thread, parent=None, is_listed=True)
    return {
        "roots": [root.pk for root in roots],
        "shown_count": shown.count(),
        "branch": talked_about.pk,
        "answers": answers,
        "newest": shown.order_by("-created_at", "-pk").values_list("pk", flat=True)[0],
        "oldest": shown.order_by("created_at", "pk").values_list("pk", flat=True)[0],
        "voted": shown.order_by("-net_count", "-pk").values_list("pk", flat=True)[0],
        "discussed": talked_about.pk,
        "best": shown.order_by("-best_rank", "-pk").values_list("pk", flat=True)[0],
    }


def campaign() -> dict[str, Any]:
    running = make_campaign(
        title="Spring fund", goal_minor=500_000, marks=((250_000, "Half a reporter"),), how_to_give="By bank transfer."
    )
    named = make_gift(running, amount_minor=144_000)
    Gift.objects.filter(pk=named.pk).update(public_name="Old Salt")
    return {"id": running.pk, "slug": running.slug, "goal": 5000, "raised": 1440}


def people() -> dict[str, str]:
    """Name → e-mail; all have the same password."""
    editor = reader("Edda Editor", "edda@lantern.example", "Editors")
    moderator = reader("Mo Moderator", "mo@lantern.example", "Moderators")
    treasurer = reader("Tess Treasurer", "tess@lantern.example")
    treasurer.user_permissions.set(Permission.objects.filter(codename__in=TREASURER))
    return {"editor": editor.email, "moderator": moderator.email, "treasurer": treasurer.email}


def newsletter(story: Story) -> str:
    """Two editions are on, and one letter went to everybody. Its address."""
    now = timezone.now()
    for edition in (Edition.WEEKLY, Edition.LETTERS):
        keep_plan(EditionPlan(edition=edition, is_on=True), now=now)
    subscription = make_subscription()
    body = "<p>The tide was low, and <a href='https://ferries.example/'>the ferry</a> did not come.</p>"
    issue = make_issue(subject="Why we went to the harbour", body=body, stories=[story])
    send_now(issue.pk, now=now)
    subscription.delete()
    return issue_path(Issue.objects.get(pk=issue.pk))


def reader(name: str, email: str, *groups: str) -> Reader:
    made = Reader.objects.create_user(email, PASSWORD, name=name, is_staff=True)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def main() -> None:
    json.dump(fill(), sys.stdout)
