"""Stories and standing pages of an older site become pages of ours, in the state in which they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import escape

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from readership.discussion.opening import open_thread
from readership.portability.errors import RecordRefused
from readership.portability.loading_addresses import free_page_slug, lead_from_old_paths
from readership.portability.loading_body import raw_body, related_stories
from readership.portability.loading_items import Load, Notes
from readership.portability.loading_people import front_page, news_section, put_in_menu
from readership.portability.records import BlockRecord, StoryRecord
from readership.stories.models import Author, Byline, NewsImage, Section, StandingPage, Story, Topic


def make_story(load: Load, record: StoryRecord, notes: Notes) -> Story:
    _check(record)
    sections = [section for pk in _pks(load, "section", record.section_ids) if (section := _section(pk))]
    parent = sections[0] if sections else news_section()
    story = Story(
        title=record.headline[:255],
        slug=free_page_slug(parent, record.slug or record.headline),
        live=False,
        standfirst=record.standfirst,
        dateline=record.dateline[:80],
        lead_image=_lead_image(load, record, notes),
        body=raw_body(load, record, notes),
        shown_published_at=_shown(record, load.now),
        shown_updated_at=record.updated_at,
        is_pinned=record.is_pinned,
        takes_comments=record.takes_comments,
    )
    story.topics = list(Topic.objects.filter(pk__in=_pks(load, "topic", record.topic_ids)))
    story.also_in = sections[1:]
    story.bylines = _bylines(load, record)
    parent.add_child(instance=story)
    _settle(story, record, load.now)
    put_in_menu(parent, story=story)
    open_thread(page=story, takes_comments=record.takes_comments, published_at=story.published_at, now=load.now)
    lead_from_old_paths(story, record.old_paths, notes)
    notes.update(_worth_saying(record, load.now))
    return story


def missing_stories(load: Load, record: StoryRecord) -> list[str]:
    return [name for name in related_stories(record) if load.pk("story", name) is None]


def make_standing_page(load: Load, record: StoryRecord, notes: Notes) -> StandingPage:
    _check(record)
    parent = StandingPage.objects.filter(pk=load.pk("standing_page", record.parent_id)).first() or front_page()
    page = StandingPage(
        title=record.headline[:255],
        slug=free_page_slug(parent, record.slug or record.headline),
        live=False,
        body=raw_body(load, _with_standfirst(record), notes),
        takes_comments=record.takes_comments,
    )
    parent.add_child(instance=page)
    _settle(page, record, load.now)
    lead_from_old_paths(page, record.old_paths, notes)
    notes.update(_worth_saying(record, load.now))
    return page


def missing_page_above(load: Load, record: StoryRecord) -> list[str]:
    return [record.parent_id] if record.parent_id and load.pk("standing_page", record.parent_id) is None else []


def _with_standfirst(record: StoryRecord) -> StoryRecord:
    """A standing page has no standfirst of its own: the words come first in its body."""
    if not record.standfirst:
        return record
    return replace(record, body=(BlockRecord("text", f"<p>{escape(record.standfirst)}</p>"), *record.body))


def _check(record: StoryRecord) -> None:
    if not record.headline.strip():
        raise RecordRefused(_("It has no headline."))
    if any(moment and timezone.is_naive(moment) for moment in (record.published_at, record.updated_at)):
        raise RecordRefused(_("Its date has no time zone."))


def _settle(page: Page, record: StoryRecord, now: datetime) -> None:
    """Live, waiting for its hour, or a draft. Each has a revision, so that editors open it as any other page."""
    is_to_come = record.published_at is not None and record.published_at > now
    if is_to_come and record.state in {"live", "scheduled"} and not record.password:
        page.go_live_at = record.published_at
        page.save_revision(changed=False).publish()
    elif record.state == "live" and not record.password:
        page.save_revision(changed=False).publish()
    else:
        page.save_revision()


def _worth_saying(record: StoryRecord, now: datetime) -> Iterator[str]:
    """Where readers find something else than a page that is simply there."""
    if record.password:
        yield _("stories were behind a password; they are drafts here, which only editors read")
    elif record.state == "draft":
        yield _("stories are drafts, which only editors read")
    elif record.state == "private":
        yield _("stories were private on the old site; they are drafts here, which only editors read")
    elif record.published_at and record.published_at > now:
        yield _("stories wait for their hour")
    if record.is_pinned:
        yield _("stories are kept at the top of their section")
    if not record.takes_comments:
        yield _("stories are closed to comments, as they were")


def _shown(record: StoryRecord, now: datetime) -> datetime | None:
    """A draft has no date yet; what readers saw keeps the one that they saw."""
    if record.state == "live":
        return record.published_at or now
    return record.published_at if record.state in {"private", "scheduled"} else None


def _lead_image(load: Load, record: StoryRecord, notes: Notes) -> NewsImage | None:
    if record.lead_picture_id is None:
        return None
    picture: NewsImage | None = NewsImage.objects.filter(pk=load.pk("picture", record.lead_picture_id)).first()
    if picture is None:
        notes[_("lead pictures did not come along")] += 1
    return picture


def _bylines(load: Load, record: StoryRecord) -> list[Byline]:
    roles = {load.pk("author", byline.author_id): byline.role[:60] for byline in reversed(record.bylines)}
    here = set(Author.objects.filter(pk__in=[pk for pk in roles if pk is not None]).values_list("pk", flat=True))
    pks = list(dict.fromkeys(load.pk("author", byline.author_id) for byline in record.bylines))
    return [Byline(author_id=pk, role=roles[pk], sort_order=order) for order, pk in enumerate(pks) if pk in here]


def _pks(load: Load, kind: str, source_ids: tuple[str, ...]) -> list[int]:
    found = (load.pk(kind, source_id) for source_id in source_ids)
    return list(dict.fromkeys(pk for pk in found if pk is not None))


def _section(pk: int) -> Section | None:
    found: Section | None = Section.objects.filter(pk=pk).first()
    return found
