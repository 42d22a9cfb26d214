"""What is shown on somebody's own page: what they follow, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readership.following.mailing import told_to
from readership.following.models import Follow, Muted, Notice
from readership.following.registry import News, Subject, subjects
from readership.readers.models import MailAddress

FOLLOWS_SHOWN, NEWS_SHOWN = 200, 30


@dataclass(frozen=True)
class FollowPart:
    id: int
    title: str
    url: str  # "" when it is no longer there
    is_confirmed: bool


@dataclass(frozen=True)
class NewsPart:
    news: News
    at: datetime
    is_new: bool
    about: str
    may_mute: bool


@dataclass(frozen=True)
class NewsPage:
    news: tuple[NewsPart, ...]
    older: int | None  # the number that the next page begins below
    new_count: int


def followed_by(address: MailAddress) -> tuple[FollowPart, ...]:
    """As many queries as there are kinds among them."""
    follows = list(Follow.objects.filter(address=address).order_by("-pk")[:FOLLOWS_SHOWN])
    return tuple(_follow_parts(follows))


def _follow_parts(follows: list[Follow]) -> list[FollowPart]:
    kinds = {one.kind for one in follows}
    found = {kind: subjects(kind, [one.target_id for one in follows if one.kind == kind]) for kind in kinds}
    return [_follow_part(one, found[one.kind].get(one.target_id)) for one in follows]


def _follow_part(follow: Follow, subject: Subject | None) -> FollowPart:
    title, url = (subject.title, subject.url) if subject else (str(follow.get_kind_display()), "")
    return FollowPart(follow.pk, title, url, follow.confirmed_at is not None)


def news_for(address: MailAddress, *, below: int | None = None) -> NewsPage:
    """The latest first. What may not be read any more is left out."""
    mine = Notice.objects.filter(address=address).order_by("-pk")
    page = list((mine.filter(pk__lt=below) if below else mine)[: NEWS_SHOWN + 1])
    shown = page[:NEWS_SHOWN]
    muted = set(Muted.objects.filter(address=address).values_list("about", flat=True))
    return NewsPage(
        news=tuple(
            NewsPart(
                news=told.news,
                at=told.notice.created_at,
                is_new=told.notice.seen_at is None,
                about=told.notice.about,
                may_mute=told.notice.about.startswith("thread-") and told.notice.about not in muted,
            )
            for told in told_to(address, shown)
        ),
        older=shown[-1].pk if len(page) > NEWS_SHOWN else None,
        new_count=mine.filter(seen_at=None)[:100].count(),
    )
