"""Parts and rows as the JSON shows them."""

from __future__ import annotations

from collections.abc import Iterable

from readership.api.schemas import (
    BylineOut,
    CampaignOut,
    CommentOut,
    Comments,
    MarkOut,
    Named,
    OwnComment,
    PictureOut,
    StoryOut,
    StorySummary,
)
from readership.discussion.models import Comment, Thread
from readership.discussion.paging import ThreadView
from readership.discussion.parts import Addresses, CommentPart, OwnMarks, comment_part
from readership.discussion.picture_part import PicturePart
from readership.discussion.queries import thread_part
from readership.discussion.showing import story_url
from readership.funding.models import Campaign
from readership.funding.queries import remembered_meter
from readership.stories.models import Story
from readership.stories.parts import Link, StoryCard
from readership.stories.queries import absolute, cards, story_part


def summaries(rows: Iterable[Story]) -> list[StorySummary]:
    """One query more than the rows' own, for all their threads."""
    shown = cards(rows)
    threads = Thread.objects.in_bulk([card.id for card in shown], field_name="page_id")
    return [_summary(card, threads.get(card.id)) for card in shown]


def _summary(card: StoryCard, thread: Thread | None) -> StorySummary:
    return StorySummary(
        id=card.id,
        headline=card.headline,
        standfirst=card.standfirst,
        url=absolute(card.url),
        section=_named(card.section),
        published_at=card.published_at,
        updated_at=card.updated_at,
        comments_count=thread.comments_count if thread else 0,
        thread_id=thread.pk if thread else None,
    )


def _named(link: Link) -> Named:
    return Named(name=link.name, url=absolute(link.url))


def story_out(story: Story) -> StoryOut:
    part = story_part(story)
    thread = Thread.objects.filter(page_id=story.pk).first()
    return StoryOut(
        id=part.id,
        headline=part.headline,
        standfirst=part.standfirst,
        url=part.canonical_url,
        section=_named(part.section),
        published_at=part.published_at,
        updated_at=part.updated_at,
        comments_count=thread.comments_count if thread else 0,
        thread_id=thread.pk if thread else None,
        dateline=part.dateline,
        bylines=[BylineOut(name=b.name, url=absolute(b.url), role=b.role) for b in part.bylines],
        topics=[_named(topic) for topic in part.topics],
        html=story.body.render_as_block(),
    )


def comments_out(thread: Thread, view: ThreadView) -> Comments:
    part = thread_part(thread, story_url=story_url(thread), view=view)
    return Comments(
        thread_id=part.id,
        comments_count=part.comments_count,
        is_open=part.is_open,
        sort=part.sort,
        filter=view.filter,
        items=[_comment(comment, None) for comment in (*part.pinned, *part.comments)],
        next=part.next_cursor or None,
    )


def _comment(part: CommentPart, parent_id: int | None) -> CommentOut:
    return CommentOut(
        id=part.id,
        parent_id=part.in_reply_to_id or parent_id,
        name=part.name,
        badge=part.badge,
        written_at=part.written_at,
        edited_at=part.edited_at,
        html=part.html,
        picture=_picture(part.picture),
        up_count=part.up_count,
        down_count=part.down_count,
        is_gone=part.is_gone,
        is_pinned=part.is_pinned,
        is_featured=part.is_featured,
        is_agreed=part.is_agreed,
        url=absolute(part.permalink),
        replies=[_comment(reply, part.id) for reply in part.replies],
        more_replies_count=part.more_replies_count,
    )


def _picture(part: PicturePart | None) -> PictureOut | None:
    if part is None:
        return None
    return PictureOut(url=absolute(part.url), width=part.width, height=part.height, alt=part.alt)


def own_comment_out(comment: Comment) -> OwnComment:
    """The comment by itself, as its writer sees it."""
    addresses = Addresses(story_url(comment.thread))
    part = comment_part(comment, addresses=addresses, own=OwnMarks(), is_open=comment.thread.closed_at is None)
    return OwnComment(
        **_comment(part, comment.parent_id).dict(),
        thread_id=comment.thread_id,
        state=comment.state,
        held_sentence=part.held_sentence,
        held_because=comment.held_because if part.is_held else "",
    )


def campaign_out(campaign: Campaign) -> CampaignOut:
    shown = remembered_meter(campaign)
    return CampaignOut(
        id=campaign.pk,
        title=shown.title,
        url=absolute(campaign.get_absolute_url()),
        section_id=campaign.section_id,
        story_id=campaign.story_id,
        currency=shown.goal.currency,
        goal_minor=shown.goal.minor,
        raised_minor=shown.raised.minor,
        givers_count=shown.givers_count,
        on_the_way_minor=shown.promised.on_the_way.minor,
        pledged_monthly_minor=shown.promised.monthly.minor,
        pledged_yearly_minor=shown.promised.yearly.minor,
        marks=[MarkOut(at_minor=mark.at_minor, label=mark.label) for mark in shown.marks],
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        sentence=shown.sentence,
        promised_sentence=shown.promised_text,
    )
