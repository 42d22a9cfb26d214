"""What an editor finds on the first page of the admin: the next steps, and what goes live by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, Site
from wagtail.permissions import policy_registry

from readership.readers.models import Reader
from readership.stories.models import Author, Section, Story

SCHEDULED_SHOWN = 5
SCHEDULED_LOOKED_AT = 200
DRAFTS_COUNTED = 100


@dataclass(frozen=True)
class Step:
    sentence: str | Promise
    label: str | Promise
    url: str


@dataclass(frozen=True)
class Scheduled:
    headline: str
    url: str
    goes_live_at: datetime


def next_steps(reader: Reader) -> list[Step]:
    """The first things first: a section, then people, then stories; later, the reader's own drafts."""
    return [*_first_steps(reader), *_own_drafts(reader)]


def _first_steps(reader: Reader) -> Iterator[Step]:
    root = _root()
    section = Section.objects.order_by("path").first()
    if section is None:
        if root.permissions_for_user(reader).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["stories", "section", root.pk])
            yield Step(_("Stories stand in sections, such as News or Culture."), _("Make the first section"), address)
        return
    if reader.has_perm("stories.add_author") and not Author.objects.exists():
        address = reverse("wagtailsnippets_stories_author:add")
        yield Step(_("Bylines name the people who make the stories."), _("Add the first author"), address)
    if not Story.objects.exists() and section.permissions_for_user(reader).can_add_subpage():
        address = reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])
        yield Step(_("No story is written yet."), _("Write the first story"), address)


def _own_drafts(reader: Reader) -> Iterator[Step]:
    drafts = Story.objects.filter(owner=reader, has_unpublished_changes=True).order_by("-latest_revision_created_at")
    ids = list(drafts.values_list("pk", flat=True)[:DRAFTS_COUNTED])
    if ids:
        sentence = ngettext(
            "You have %(count)d draft that readers do not see yet.",
            "You have %(count)d drafts that readers do not see yet.",
            len(ids),
        )
        address = reverse("wagtailadmin_pages:edit", args=[ids[0]])
        yield Step(sentence % {"count": len(ids)}, _("Go on with the newest"), address)


def scheduled_stories(reader: Reader) -> list[Scheduled]:
    """What goes live next, of the stories that the reader may edit."""
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    moments = {int(row.object_id): row.approved_go_live_at for row in waiting[:SCHEDULED_LOOKED_AT]}
    may_edit = policy_registry.get_by_type(Page).instances_user_has_permission_for(reader, "change")
    rows = Story.objects.filter(pk__in=moments).filter(pk__in=may_edit.values("pk")).in_bulk()
    shown = [(rows[pk], moment) for pk, moment in moments.items() if pk in rows][:SCHEDULED_SHOWN]
    return [
        Scheduled(story.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[story.pk]), moment)
        for story, moment in shown
    ]


def _root() -> Page:
    site: Site = Site.objects.select_related("root_page").get(is_default_site=True)
    return site.root_page
