"""The morning and the weekly edition, put together by the clock: once for each day, and only when there is news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from readership.discussion.models import Comment, State
from readership.newsletter.models import DIGESTS, Edition, EditionPlan, Issue, IssuePick, IssueStory
from readership.newsletter.planning import DAY, WEEK, last_moment
from readership.newsletter.sending import begin
from readership.stories.models import Story
from readership.stories.queries import stories

MOST_STORIES = 20
MOST_PICKS = 3
# What an older site brings along, or what is dated back, is no news.
NEWS_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Rhythm:
    """`late`: how long after its hour it may still be made. `reach`: how far back it looks at most."""

    every: timedelta
    late: timedelta
    reach: timedelta


RHYTHMS = {
    Edition.MORNING: Rhythm(every=DAY, late=timedelta(hours=12), reach=3 * DAY),
    Edition.WEEKLY: Rhythm(every=WEEK, late=3 * DAY, reach=2 * WEEK),
}


def make_digests(*, now: datetime) -> list[Issue]:
    """Those whose hour has come. Once a minute; a server that was down at the hour makes it up for some time."""
    on = EditionPlan.objects.filter(is_on=True, edition__in=DIGESTS).values_list("pk", flat=True)
    return [issue for pk in list(on) if (issue := _make_if_due(pk, now))]


@transaction.atomic
def _make_if_due(plan_id: int, now: datetime) -> Issue | None:
    # Locked: several machines look at the clock.
    plan = EditionPlan.objects.select_for_update().get(pk=plan_id)
    edition = Edition(plan.edition)
    day, moment = last_moment(
        hour=plan.hour,
        weekday=plan.weekday if edition == Edition.WEEKLY else None,
        zone=ZoneInfo(settings.TIME_ZONE),
        now=now,
    )
    if not plan.is_on or (plan.done_until and moment <= plan.done_until) or (plan.on_since and moment < plan.on_since):
        return None
    plan.done_until = moment
    plan.save(update_fields=["done_until"])
    is_too_late = now - moment > RHYTHMS[edition].late
    if is_too_late or Issue.objects.filter(edition=edition, digest_on=day).exists():
        return None
    return _make(edition, day, since=_since(edition, moment), now=now)


def _since(edition: Edition, moment: datetime) -> datetime:
    """From the last one on, as far as that is not too long ago."""
    rhythm = RHYTHMS[edition]
    last = Issue.objects.filter(edition=edition, digest_on__isnull=False).order_by("-digest_on").first()
    since = last.started_at if last and last.started_at else moment - rhythm.every
    return max(since, moment - rhythm.reach)


def _make(edition: Edition, day: date, *, since: datetime, now: datetime) -> Issue | None:
    new = new_stories(since=since, now=now)
    if not new:
        return None
    issue: Issue = Issue.objects.create(edition=edition, subject=new[0].title[:150], digest_on=day, send_at=now)
    IssueStory.objects.bulk_create(
        [IssueStory(issue=issue, story=story, sort_order=place) for place, story in enumerate(new)]
    )
    picks = _new_picks(since=since, now=now)
    IssuePick.objects.bulk_create(
        [IssuePick(issue=issue, comment=comment, sort_order=place) for place, comment in enumerate(picks)]
    )
    begin(issue, now=now)
    return issue


def new_stories(*, since: datetime, now: datetime) -> list[Story]:
    """Gone live since then, and dated so: what the newest lists would show, the newest first."""
    new = stories().filter(
        first_published_at__gt=since, first_published_at__lte=now, shown_published_at__gt=since - NEWS_FOR
    )
    return list(new.select_related(None).prefetch_related(None)[:MOST_STORIES])


def _new_picks(*, since: datetime, now: datetime) -> list[Comment]:
    new = Comment.objects.filter(state=State.PUBLISHED, featured_at__gt=since, featured_at__lte=now)
    return list(new.order_by("-featured_at", "pk")[:MOST_PICKS])
