"""Digests: once a day, at their hour, of what is new; nothing new, nothing sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from readership.discussion.models import Comment
from readership.discussion.opening import open_thread
from readership.discussion.tests.makers import make_comment
from readership.discussion.visibility import remove_comment
from readership.following.tests.makers import mails_to, make_address
from readership.funding.tests.makers import make_campaign
from readership.newsletter.digesting import make_digests
from readership.newsletter.editions import keep_plan
from readership.newsletter.models import Edition, EditionPlan, Issue
from readership.newsletter.planning import last_moment
from readership.newsletter.sending import spread
from readership.newsletter.tests.makers import make_plan, make_subscription, pump
from readership.stories.models import Story
from readership.stories.tests.makers import make_section, make_story, make_topic

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "weekday", "day", "moment"),
    [
        # Each day at six, in Berlin: five in winter, four in summer, by UTC.
        ("2026-11-25 05:00", None, "2026-11-25", "2026-11-25 05:00"),
        ("2026-11-25 04:59", None, "2026-11-24", "2026-11-24 05:00"),
        ("2026-07-01 04:00", None, "2026-07-01", "2026-07-01 04:00"),
        # The clock goes forward on 29 March 2026, back on 25 October: still six on the wall, once each day.
        ("2026-03-28 05:00", None, "2026-03-28", "2026-03-28 05:00"),
        ("2026-03-29 04:00", None, "2026-03-29", "2026-03-29 04:00"),
        ("2026-10-25 04:59", None, "2026-10-24", "2026-10-24 04:00"),
        ("2026-10-25 05:00", None, "2026-10-25", "2026-10-25 05:00"),
        # Sundays only.
        ("2026-11-25 12:00", 6, "2026-11-22", "2026-11-22 05:00"),
        ("2026-11-29 04:00", 6, "2026-11-22", "2026-11-22 05:00"),
        ("2026-11-29 05:00", 6, "2026-11-29", "2026-11-29 05:00"),
    ],
)
def test_the_last_moment_is_what_the_clock_on_the_wall_says(
    now: str, weekday: int | None, day: str, moment: str
) -> None:
    found = last_moment(hour=6, weekday=weekday, zone=BERLIN, now=_utc(now))

    assert found == (date.fromisoformat(day), _utc(moment))


@pytest.mark.parametrize(
    ("hour", "moment"),
    [
        # On the 29th the hour from two to three is left out; on the 25th of October it comes twice, the first counts.
        (2, "2026-03-29 01:00"),
        (3, "2026-03-29 01:00"),
    ],
)
def test_an_hour_that_is_left_out_is_the_next_one(hour: int, moment: str) -> None:
    assert last_moment(hour=hour, weekday=None, zone=BERLIN, now=_utc("2026-03-29 12:00"))[1] == _utc(moment)


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    assert last_moment(hour=2, weekday=None, zone=BERLIN, now=_utc("2026-10-25 12:00"))[1] == _utc("2026-10-25 00:00")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


TODAY = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def publish(at: datetime, *, title: str = "The pier opens", **fields: Any) -> Story:
    story = make_story(title=title, published_at=at, **fields)
    Story.objects.filter(pk=story.pk).update(first_published_at=at, last_published_at=at)
    return story


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published", "looked_at", "made"),
    [
        # New since yesterday's, looked at in time.
        (TODAY - timedelta(hours=3), TODAY, True),
        (TODAY - timedelta(hours=3), TODAY - timedelta(minutes=1), False),
        # Nothing new; or only after the hour had been looked after.
        (TODAY - timedelta(days=5), TODAY, False),
        (TODAY + timedelta(hours=1), TODAY, False),
        # The server was down at the hour: made up for within twelve hours, not for ever.
        (TODAY - timedelta(hours=3), TODAY + timedelta(hours=11), True),
        (TODAY - timedelta(hours=3), TODAY + timedelta(hours=13), False),
    ],
)
def test_a_digest_is_made_when_its_hour_has_come_and_there_is_news(
    published: datetime, looked_at: datetime, made: bool
) -> None:
    make_plan(Edition.MORNING, hour=6, on_since=TODAY - timedelta(days=9), done_until=TODAY - DAY)
    publish(published)

    assert bool(make_digests(now=looked_at)) is made
    # Once, however often the clock is looked at.
    assert make_digests(now=looked_at + timedelta(seconds=1)) == []


@pytest.mark.django_db
def test_nothing_new_at_its_hour_means_nothing_that_day_though_a_story_comes_later() -> None:
    make_plan(Edition.MORNING, hour=6, on_since=TODAY - timedelta(days=9))
    assert make_digests(now=TODAY) == []

    story = publish(TODAY + timedelta(hours=2))

    assert make_digests(now=TODAY + timedelta(hours=3)) == []
    # It stands in tomorrow's, and not once more on the day after.
    (tomorrow,) = make_digests(now=TODAY + DAY)
    assert list(tomorrow.chosen.values_list("story", flat=True)) == [story.pk]
    assert make_digests(now=TODAY + 2 * DAY) == []


@pytest.mark.django_db
def test_after_days_without_a_server_one_digest_tells_what_was_missed() -> None:
    make_plan(Edition.MORNING, hour=6, on_since=TODAY - timedelta(days=9))
    publish(TODAY - 4 * DAY, title="Long ago")
    missed = publish(TODAY - timedelta(hours=30), title="Missed")
    new = publish(TODAY - timedelta(hours=1), title="New")
    Issue.objects.create(
        edition=Edition.MORNING, subject="Before", digest_on=date(2026, 11, 23), started_at=TODAY - 2 * DAY
    )

    (issue,) = make_digests(now=TODAY)

    assert list(issue.chosen.values_list("story", flat=True)) == [new.pk, missed.pk]


@pytest.mark.django_db
def test_an_edition_that_was_switched_on_after_its_hour_begins_the_next_time() -> None:
    publish(TODAY - timedelta(hours=1))
    keep_plan(EditionPlan(edition=Edition.MORNING, hour=6, is_on=True), now=TODAY + timedelta(hours=2))

    assert make_digests(now=TODAY + timedelta(hours=3)) == []
    publish(TODAY + timedelta(hours=4))
    assert len(make_digests(now=TODAY + DAY)) == 1


@pytest.mark.django_db
def test_what_an_older_site_brought_along_or_nobody_may_read_is_no_news() -> None:
    make_plan(Edition.MORNING, hour=6, on_since=TODAY - timedelta(days=9))
    imported = make_story(title="From 2011", published_at=datetime(2011, 5, 1, tzinfo=UTC))
    Story.objects.filter(pk=imported.pk).update(first_published_at=TODAY - timedelta(hours=1))
    publish(TODAY - timedelta(hours=1), title="Taken down", live=False)

    assert make_digests(now=TODAY) == []


@pytest.mark.django_db
def test_the_weekly_one_comes_on_its_day() -> None:
    make_plan(Edition.WEEKLY, hour=6, weekday=2, on_since=TODAY - timedelta(days=30))
    publish(TODAY - 5 * DAY)

    assert make_digests(now=TODAY - timedelta(minutes=1)) == []
    assert len(make_digests(now=TODAY)) == 1


@pytest.mark.django_db
def test_each_gets_what_they_want_of_it_and_who_wants_none_of_it_gets_nothing() -> None:
    now = timezone.now()
    make_plan(Edition.MORNING, hour=now.hour, on_since=now - 9 * DAY)
    ferries, schools, harbour = make_topic(name="Ferries"), make_topic(name="Schools"), make_section(title="Harbour")
    town = make_section(title="Town")
    publish(now - timedelta(hours=2), title="A ferry", topics=[ferries], section=town)
    publish(now - timedelta(hours=3), title="A crane", section=harbour)
    make_subscription(make_address("all@x.example"), edition=Edition.MORNING)
    make_subscription(make_address("ferry@x.example"), edition=Edition.MORNING, topics=[ferries])
    make_subscription(make_address("crane@x.example"), edition=Edition.MORNING, sections=[harbour])
    make_subscription(make_address("none@x.example"), edition=Edition.MORNING, topics=[schools])

    make_digests(now=now)
    pump()

    told = {letter.to[0].partition("@")[0]: letter.body for letter in mail.outbox}
    assert set(told) == {"all", "ferry", "crane"}
    assert ["A ferry" in told["all"], "A crane" in told["all"]] == [True, True]
    assert ["A ferry" in told["ferry"], "A crane" in told["ferry"]] == [True, False]
    assert ["A ferry" in told["crane"], "A crane" in told["crane"]] == [False, True]
    assert {letter.subject for letter in mail.outbox} == {"This morning: A ferry", "This morning: A crane"}


@pytest.mark.django_db
def test_g05_l12_picks_are_plain_words_and_gone_when_they_were_removed() -> None:
    now = timezone.now()
    make_plan(Edition.MORNING, hour=now.hour, on_since=now - 9 * DAY)
    make_campaign(title="Spring fund")
    story = publish(now - timedelta(hours=2))
    thread = open_thread(page=story, takes_comments=True, now=now)
    stays = make_comment(thread, text="Look at https://evil.example/x now, it <b>pays</b>.", name="evil.example")
    goes = make_comment(thread, text="Gone before the mail.", name="Bo")
    Comment.objects.filter(pk__in=[stays.pk, goes.pk]).update(featured_at=now - timedelta(hours=1))
    subscription = make_subscription(edition=Edition.MORNING)

    (issue,) = make_digests(now=now)
    spread({"issue": issue.pk})
    remove_comment(comment_id=goes.pk)
    pump()

    (letter,) = mails_to(subscription.address.address)
    for said in (letter.body, letter.html):
        assert "Look at … now" in said
        assert "evil.example" not in said
        assert "Gone before the mail" not in said
        assert "Spring fund" in said
    assert "<b>pays</b>" not in letter.html
