"""What the pages of the newsletter show. Each read names what it depends on, so that changes reach the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from readership.lib.languages import has_several
from readership.newsletter.contents import Contents, contents_of
from readership.newsletter.editions import TAG, editions_on, plan_of
from readership.newsletter.links import issue_path
from readership.newsletter.models import Edition, Issue, Subscription, Weekday
from readership.newsletter.wishes import Wishes, wishes_of
from readership.pagecache import depends_on, remembered
from readership.readers.models import MailAddress
from readership.stories.listing import page_number
from readership.stories.models import Section, Story, Topic
from readership.stories.openness import readable

PER_PAGE = 30
MOST_TOPICS = 24
MOST_SECTIONS = 24


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Choices:
    """What a reader can choose, and has chosen. Without editions, there is no newsletter."""

    editions: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    topics: tuple[Choice, ...]

    @property
    def has_wishes(self) -> bool:
        return any(one.is_chosen for one in (*self.sections, *self.topics))


def choices(chosen: Wishes | None = None) -> Choices:
    """With nothing said yet, the first edition is chosen."""
    on = editions_on()
    wishes = chosen or Wishes(editions=on[:1])
    # Who has an edition keeps seeing it, also after the newsroom switched it off.
    shown = [edition for edition in Edition if edition in on or edition in wishes.editions]
    return Choices(
        editions=tuple(Choice(one.value, str(one.label), _when(one), one in wishes.editions) for one in shown),
        sections=tuple(Choice(str(pk), name, "", pk in wishes.sections) for pk, name in _sections()),
        topics=tuple(Choice(str(pk), name, "", pk in wishes.topics) for pk, name in _topics(wishes.topics)),
    )


def _when(edition: Edition) -> str:
    plan = plan_of(edition)
    if edition == Edition.LETTERS:
        return _("when there is something to tell")
    hour = f"{plan.hour:02d}:00"
    if edition == Edition.WEEKLY:
        return _("%(day)s at %(hour)s, when there is something new") % {
            "day": Weekday(plan.weekday).label,
            "hour": hour,
        }
    return _("each day at %(hour)s, when there is something new") % {"hour": hour}


def _sections() -> list[tuple[int, str]]:
    return remembered("newsletter sections", _load_sections, tags=("site", "sections"))


def _load_sections() -> list[tuple[int, str]]:
    rows = readable(Section.objects.live())
    # Letters are in the site's own language.
    own = rows.filter(locale__language_code=settings.LANGUAGE_CODE) if has_several() else rows
    shown = own.order_by("path")[:MOST_SECTIONS]
    return list(shown.values_list("pk", "title"))


def _topics(chosen: Collection[int] = ()) -> list[tuple[int, str]]:
    """Those with most stories, by name; and those that somebody chose before."""
    depends_on("stories")
    by_use = (
        Topic.objects.filter(stories__in=readable(Story.objects.live()).values("pk"))
        .annotate(used=Count("stories"))
        .order_by("-used", "name")
    )
    found = dict(by_use.values_list("pk", "name")[:MOST_TOPICS])
    if missing := set(chosen) - set(found):
        found |= dict(Topic.objects.filter(pk__in=missing).values_list("pk", "name"))
    depends_on(*(f"topic:{pk}" for pk in found))
    return sorted(found.items(), key=lambda item: item[1].casefold())


def those_there_are(sections: Collection[int], topics: Collection[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What was sent may be made up."""
    found = readable(Section.objects.live()).filter(pk__in=sections).values_list("pk", flat=True)
    return tuple(found), tuple(Topic.objects.filter(pk__in=topics).values_list("pk", flat=True))


def wishes_at(address: MailAddress) -> Wishes:
    return wishes_of(list(Subscription.objects.active().filter(address=address).order_by("pk")))


@dataclass(frozen=True)
class IssueLine:
    subject: str
    url: str
    edition: str
    at: datetime | None


@dataclass(frozen=True)
class ArchivePage:
    issues: tuple[IssueLine, ...]
    newer_url: str
    older_url: str


def archive_page(number: str | None, *, url: str) -> ArchivePage:
    """What was sent to everybody, the newest first."""
    depends_on(TAG)
    page = page_number(number)
    start = (page - 1) * PER_PAGE
    rows = list(public_issues()[start : start + PER_PAGE + 1])
    if page > 1 and not rows:
        raise Http404
    return ArchivePage(
        issues=tuple(map(_line, rows[:PER_PAGE])),
        newer_url="" if page == 1 else (url if page == 2 else f"{url}?page={page - 1}"),  # noqa: PLR2004  the first has one address
        older_url=f"{url}?page={page + 1}" if len(rows) > PER_PAGE else "",
    )


def public_issues() -> QuerySet[Issue]:
    return Issue.objects.public().order_by("-started_at", "-pk")


def _line(issue: Issue) -> IssueLine:
    return IssueLine(str(issue.subject), issue_path(issue), str(Edition(issue.edition).label), issue.started_at)


@dataclass(frozen=True)
class IssuePage:
    """An issue in the archive: what of it may still be read, without the meter, which has moved on."""

    subject: str
    edition: str
    at: datetime | None
    contents: Contents


def issue_page(edition: str, day: str) -> IssuePage:
    depends_on(TAG)
    issue = Issue.objects.public().filter(edition=edition, slug=day).first()
    if issue is None:
        raise Http404
    # Stories that were taken down meanwhile are named too: what is published again comes back.
    depends_on(*(f"story:{pk}" for pk in issue.chosen.values_list("story_id", flat=True)))
    depends_on(*(f"thread:{pk}" for pk in issue.picks.values_list("comment__thread_id", flat=True)))
    return IssuePage(
        subject=str(issue.subject),
        edition=str(Edition(issue.edition).label),
        at=issue.started_at,
        contents=contents_of(issue, with_meter=False),
    )
