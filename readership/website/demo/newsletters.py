"""The demo's newsletters: all editions can be subscribed to, two letters went out, and one is being written."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.html import format_html_join

from readership.newsletter.editions import editions_on, keep_plan
from readership.newsletter.models import Edition, EditionPlan, Issue, IssueState, IssueStory
from readership.newsletter.sending import free_slug
from readership.stories.models import Story
from readership.website.demo.reading import Page, pages

TO_BE_WRITTEN = "Before the council meets on the pier"


def plant_newsletters(*, now: datetime) -> None:
    """Only where nobody has done anything about newsletters yet. They went to nobody: the demo has no subscribers."""
    if editions_on() or Issue.objects.exists():
        return
    for edition in Edition:
        keep_plan(EditionPlan(edition=edition, is_on=True), now=now)
    for letter in sorted(pages("letters"), key=lambda page: -float(page.head["hours_ago"])):
        _plant(letter, sent_at=now - timedelta(hours=float(letter.head["hours_ago"])))
    Issue.objects.create(subject=TO_BE_WRITTEN, body="<p>Good morning,</p>")


def _plant(letter: Page, *, sent_at: datetime) -> None:
    issue = Issue(
        subject=letter.head["subject"],
        preheader=letter.head["preheader"],
        body=_html(letter.body),
        state=IssueState.SENT,
        send_at=sent_at,
        started_at=sent_at,
        sent_at=sent_at,
        is_spread=True,
    )
    issue.slug = free_slug(issue, sent_at)
    issue.save()
    found = {story.slug: story for story in Story.objects.filter(slug__in=letter.head["stories"])}
    for place, slug in enumerate(letter.head["stories"]):
        IssueStory.objects.create(issue=issue, story=found[slug], sort_order=place)


def _html(text: str) -> str:
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return str(format_html_join("", "<p>{}</p>", ((part,) for part in paragraphs if part)))
