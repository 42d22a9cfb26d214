"""What stands in an issue at this moment: as far as it may be read now, and as far as its reader wants it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from readership.discussion.models import Comment, State
from readership.discussion.parts import Addresses
from readership.discussion.showing import story_url
from readership.following.plain import defused
from readership.funding.choosing import campaign_for
from readership.funding.embedding import meter_text
from readership.lib.text import clean_line, excerpt
from readership.newsletter.editions import TAG
from readership.newsletter.models import Issue, Subscription
from readership.newsletter.plain import as_text, with_whole_links
from readership.newsletter.wishes import those_wanted
from readership.pagecache import remembered
from readership.stories import kept_html
from readership.stories.openness import is_open
from readership.stories.parts import StoryCard
from readership.stories.queries import absolute, chosen_stories

SCHEMES = frozenset({"http", "https", "mailto"})
LONGEST_PICK = 320


@dataclass(frozen=True)
class StoryLine:
    id: int
    headline: str
    standfirst: str
    section: str
    by: str
    url: str


@dataclass(frozen=True)
class PickLine:
    """Words of a reader: plain, with nothing in them to click on (attack G05)."""

    name: str
    words: str
    story: str
    url: str


@dataclass(frozen=True)
class Contents:
    """`body` is clean HTML. Addresses are whole."""

    body: str
    stories: tuple[StoryLine, ...]
    picks: tuple[PickLine, ...]
    meter: str

    @property
    def is_empty(self) -> bool:
        return not self.body and not self.stories


def contents_of(issue: Issue, *, with_meter: bool = True) -> Contents:
    """All of it, in the active language."""
    return Contents(
        body=body_of(issue), stories=_stories(issue), picks=_picks(issue), meter=_meter() if with_meter else ""
    )


def contents_for(subscription: Subscription, issue: Issue) -> Contents:
    """What one subscriber wants of an issue that is being sent. Only digests go by wishes: letters are as editors wrote
    them. What is the same for everybody is put together once, until a story changes or is taken down."""
    key = ("issue", issue.pk, get_language())
    body, lines = remembered(key, lambda: (body_of(issue), _stories(issue)), tags=("site", "sections", "stories", TAG))
    if issue.is_digest:
        wanted = set(those_wanted([line.id for line in lines], subscription))
        lines = tuple(line for line in lines if line.id in wanted)
    return Contents(body=body, stories=lines, picks=_picks(issue), meter=_meter())


def _stories(issue: Issue) -> tuple[StoryLine, ...]:
    ids = issue.chosen.order_by("sort_order", "pk").values_list("story_id", flat=True)
    return tuple(map(_line, chosen_stories(ids)))


def _meter() -> str:
    campaign = campaign_for()
    return meter_text(campaign) if campaign else ""


def body_of(issue: Issue) -> str:
    if not issue.body.strip():
        return ""
    html = kept_html.clean(str(RichText(issue.body)), schemes=SCHEMES)
    return with_whole_links(html, site_url=settings.SITE_URL) if as_text(html) else ""


def _line(card: StoryCard) -> StoryLine:
    return StoryLine(
        id=card.id,
        headline=clean_line(card.headline),
        standfirst=clean_line(card.standfirst),
        section=clean_line(card.section.name),
        by=", ".join(byline.name for byline in card.bylines if not byline.role),
        url=absolute(card.url),
    )


def _picks(issue: Issue) -> tuple[PickLine, ...]:
    """Those that are still published, on stories that everybody may read. Letters have none."""
    if not issue.is_digest:
        return ()
    comments = Comment.objects.filter(
        pk__in=issue.picks.values("comment"), state=State.PUBLISHED, featured_at__isnull=False
    )
    found = comments.select_related("thread__page").order_by("-featured_at", "pk")
    return tuple(_pick(one) for one in found if one.thread.page and is_open(one.thread.page))


def _pick(comment: Comment) -> PickLine:
    return PickLine(
        name=defused(clean_line(comment.author_name), link="…"),
        words=excerpt(defused(comment.text_source, link="…"), LONGEST_PICK),
        story=clean_line(comment.thread.page.title) if comment.thread.page else "",
        url=absolute(Addresses(story_url(comment.thread)).permalink(comment.pk)),
    )
