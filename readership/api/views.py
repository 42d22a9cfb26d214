"""The reading part of the JSON API, under /api/v1/. The same queries as the pages; nothing a page would not show."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from readership.api.presenting import campaign_out, comments_out, story_out, summaries
from readership.api.schemas import CampaignOut, Comments, Problem, Stories, StoryOut
from readership.discussion.access import public_thread
from readership.discussion.errors import NotThere
from readership.discussion.paging import Sort, ThreadView, microseconds, read_cursor
from readership.funding.models import Campaign
from readership.stories.models import Section, Story
from readership.stories.openness import readable
from readership.stories.queries import stories

MAX_ID = 2**63 - 1
Id = Annotated[int, Path(ge=1, le=MAX_ID)]
OptionalId = Annotated[int | None, Query(ge=1, le=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=100)]

api = NinjaAPI(title="Readership", version="1", docs_url=None, openapi_url="openapi.json", urls_namespace="api")


class NotFound(Exception):
    """There is no such thing for everybody to read: never was, not yet, or not any more."""


class BadCursor(Exception):
    """The cursor was not one of ours."""


@api.exception_handler(NotFound)
@api.exception_handler(NotThere)
def not_found(request: HttpRequest, _error: Exception) -> HttpResponse:
    return api.create_response(request, {"message": "There is no such thing here."}, status=404)


@api.exception_handler(BadCursor)
def bad_cursor(request: HttpRequest, _error: Exception) -> HttpResponse:
    message = "That cursor is not one of ours. Leave it out for the first page."
    return api.create_response(request, {"message": message}, status=400)


@api.exception_handler(ValidationError)
def bad_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in error.errors)
    return api.create_response(request, {"message": wrong}, status=400)


@api.get("/stories", response={200: Stories, 400: Problem}, summary="Stories, newest first")
def list_stories(
    request: HttpRequest,
    section: OptionalId = None,
    author: OptionalId = None,
    topic: OptionalId = None,
    cursor: str = "",
    limit: Limit = 20,
) -> Stories:
    rows = _in_section(stories(), section) if section else stories()
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


@api.get("/stories/{story_id}", response={200: StoryOut, 404: Problem}, summary="One story")
def get_story(request: HttpRequest, story_id: Id) -> StoryOut:
    story = stories().filter(pk=story_id).first()
    if story is None:
        raise NotFound
    return story_out(story)


@api.get(
    "/threads/{thread_id}/comments",
    response={200: Comments, 400: Problem, 404: Problem},
    summary="Comments of a thread with their first replies",
)
def list_comments(
    request: HttpRequest, thread_id: Id, sort: Sort = Sort.NEWEST, cursor: str = "", limit: Limit = 20
) -> Comments:
    after = read_cursor(cursor) if cursor else None
    if cursor and after is None:
        raise BadCursor
    return comments_out(public_thread(thread_id), ThreadView(sort=sort, after=after, limit=limit))


@api.get("/campaigns/{campaign_id}", response={200: CampaignOut, 404: Problem}, summary="A campaign and its meter")
def get_campaign(request: HttpRequest, campaign_id: Id) -> CampaignOut:
    campaign = Campaign.objects.filter(pk=campaign_id, is_shown=True).first()
    if campaign is None:
        raise NotFound
    return campaign_out(campaign)
