"""The reading part: the same queries as the pages; nothing a page would not show."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AwareDatetime

from readership.api.presenting import campaign_out, comments_out, story_out, summaries
from readership.api.problems import BadCursor, NotFound, WrongShape
from readership.api.schemas import CampaignOut, Campaigns, Comments, Problem, Stories, StoryOut
from readership.discussion.access import public_thread
from readership.discussion.paging import Filter, Sort, ThreadView, microseconds, read_cursor
from readership.funding.choosing import other_campaigns, public_campaign_numbered
from readership.stories.models import Section, Story
from readership.stories.openness import readable
from readership.stories.queries import stories, stories_in_all_languages

MAX_ID = 2**63 - 1
Id = Annotated[int, Path(ge=1, le=MAX_ID)]
OptionalId = Annotated[int | None, Query(ge=1, le=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=100)]

router = Router()


@router.get("/stories", response={200: Stories, 400: Problem}, summary="Stories, newest first")
def list_stories(
    request: HttpRequest,
    section: OptionalId = None,
    author: OptionalId = None,
    topic: OptionalId = None,
    cursor: str = "",
    limit: Limit = 20,
) -> Stories:
    rows = _in_section(stories_in_all_languages(), section) if section else stories()
    if author:
        rows = rows.filter(bylines__author=author)
    if topic:
        rows = rows.filter(topics=topic)
    if cursor:
        rows = rows.filter(_older_than(cursor))
    page = list(rows[: limit + 1])
    last = page[limit - 1] if len(page) > limit else None
    return Stories(
        items=summaries(page[:limit]),
        next=f"{microseconds(last.published_at)}_{last.pk}" if last else None,
    )


def _in_section(rows: QuerySet[Story], section_id: int) -> QuerySet[Story]:
    section = readable(Section.objects.live()).filter(pk=section_id).first()
    if section is None:
        raise NotFound
    return rows.filter(Q(path__startswith=section.path) | Q(also_in=section)).distinct()


def _older_than(given: str) -> Q:
    cursor = read_cursor(given)
    if cursor is None:
        raise BadCursor
    moment = cursor.moment()
    return Q(shown_published_at__lt=moment) | Q(shown_published_at=moment, pk__lt=cursor.comment_id)


@router.get("/stories/{story_id}", response={200: StoryOut, 404: Problem}, summary="One story")
def get_story(request: HttpRequest, story_id: Id) -> StoryOut:
    story = stories_in_all_languages().filter(pk=story_id).first()
    if story is None:
        raise NotFound
    return story_out(story)


@router.get(
    "/threads/{thread_id}/comments",
    response={200: Comments, 400: Problem, 404: Problem},
    summary="Comments of a thread with their first replies",
)
def list_comments(
    request: HttpRequest,
    thread_id: Id,
    sort: Sort = Sort.NEWEST,
    filter: Filter = Filter.ALL,  # noqa: A002 - the name that the address has
    cursor: str = "",
    limit: Limit = 20,
    since: AwareDatetime | None = None,
) -> Comments:
    """With `filter` other than `all`, comments come one by one, the latest first, whatever the `sort`.

    `since` asks for the filter `new`: only what was written at that moment or later. Say the time zone.
    """
    after = read_cursor(cursor) if cursor else None
    if cursor and after is None:
        raise BadCursor
    if since and filter not in {Filter.ALL, Filter.NEW}:
        raise WrongShape({"since": "Goes with the filter “new” only."})
    chosen = Filter.NEW if since else filter
    view = ThreadView(sort=sort, filter=chosen, since=since, after=after, limit=limit)
    return comments_out(public_thread(thread_id), view)


@router.get("/campaigns", response={200: Campaigns}, summary="The campaigns that run, and their meters")
def list_campaigns(request: HttpRequest) -> Campaigns:
    return Campaigns(items=[campaign_out(campaign) for campaign in other_campaigns(None)])


@router.get("/campaigns/{campaign_id}", response={200: CampaignOut, 404: Problem}, summary="A campaign and its meter")
def get_campaign(request: HttpRequest, campaign_id: Id) -> CampaignOut:
    campaign = public_campaign_numbered(campaign_id)
    if campaign is None:
        raise NotFound
    return campaign_out(campaign)
