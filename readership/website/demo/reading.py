"""The demo's content files become the records that an import would bring.

Times are counted back from `now`, so that the newsroom is always of today.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from readership.portability.records import (
    AuthorRecord,
    BylineRecord,
    CampaignRecord,
    CommentRecord,
    PictureRecord,
    Record,
    SectionRecord,
    SiteRecord,
    StoryRecord,
    TopicRecord,
)
from readership.website.demo.fences import blocks_of, fences_of

CONTENT = Path(__file__).parent / "content"
FRONT_MATTER = re.compile(r"\A\+\+\+\n(?P<head>.*?)^\+\+\+\n(?P<body>.*)\Z", re.MULTILINE | re.DOTALL)

# A section of a TOML file: its shape is what the files in `content/` hold, and the tests read all of them.
Table = dict[str, Any]


@dataclass(frozen=True)
class GiftText:
    """One gift of the demo's campaign, in minor units of the site's currency. No name: none was wanted."""

    amount_minor: int
    name: str
    days_ago: int
    kind: Literal["cash", "transfer"]


@dataclass(frozen=True)
class Page:
    slug: str
    head: Table
    body: str


def demo_records(*, now: datetime, pictures: Path) -> Iterator[Record]:
    """Everything but the gifts, each record after those it names.

    `pictures` is the folder in which every scene has been painted (`painting.paint_all`).
    """
    yield from _site_records(now=now)
    yield from _picture_records(pictures)
    yield from (_standing_page(page, now=now) for page in pages("pages"))
    yield from (_story(page, now=now) for page in stories())
    for page in stories():
        yield from _comments(page, now=now)


def demo_gifts() -> tuple[GiftText, ...]:
    """The gifts behind the campaign's meter. The campaign's record itself has nothing raised."""
    return tuple(GiftText(**gift) for gift in _site()["campaign"]["given"]["gifts"])


def stories() -> tuple[Page, ...]:
    """Oldest first, as they were written."""
    return tuple(sorted(pages("stories"), key=lambda page: -float(page.head["hours_ago"])))


@cache
def pages(folder: str) -> tuple[Page, ...]:
    return tuple(_page(path) for path in sorted((CONTENT / folder).glob("*.md")))


def comments_under(slug: str) -> tuple[Table, ...]:
    """As the file has them, oldest first; a story without a file has none."""
    path = CONTENT / "threads" / f"{slug}.toml"
    if not path.exists():
        return ()
    comments: list[Table] = tomllib.loads(path.read_text("utf-8"))["comments"]
    return tuple(sorted(comments, key=lambda comment: float(comment["hours_after"])))


def picture_path(folder: Path, *, scene: str) -> Path:
    return folder / f"{scene}.jpg"


def _page(path: Path) -> Page:
    match = FRONT_MATTER.match(path.read_text("utf-8"))
    if match is None:
        raise ValueError(f"{path.name} does not begin with front matter between +++ lines.")
    return Page(slug=path.stem, head=tomllib.loads(match["head"]), body=match["body"])


@cache
def _site() -> Table:
    return tomllib.loads((CONTENT / "site.toml").read_text("utf-8"))


def _site_records(*, now: datetime) -> Iterator[Record]:
    site = _site()
    yield SiteRecord(name=site["name"], url=site["url"], language=site["language"], description=site["description"])
    yield from (_author(author) for author in site["authors"])
    yield from (_section(section) for section in site["sections"])
    yield from (_topic(topic) for topic in site["topics"])
    yield _campaign(site["campaign"], currency=site["currency"], now=now)


def _author(author: Table) -> AuthorRecord:
    return AuthorRecord(
        source_id=f"author:{author['slug']}",
        name=author["name"],
        email=author["email"],
        about=author["about"],
        position=author["position"],
    )


def _section(section: Table) -> SectionRecord:
    return SectionRecord(
        source_id=f"section:{section['slug']}",
        name=section["name"],
        slug=section["slug"],
        about=section["about"],
    )


def _topic(topic: Table) -> TopicRecord:
    return TopicRecord(source_id=f"topic:{topic['slug']}", name=topic["name"], slug=topic["slug"])


def _campaign(campaign: Table, *, currency: str, now: datetime) -> CampaignRecord:
    return CampaignRecord(
        source_id="campaign:autumn-fund",
        title=campaign["title"],
        goal_minor=campaign["goal_minor"],
        currency=currency,
        marks=tuple((mark["at_minor"], mark["label"]) for mark in campaign["marks"]),
        ask=campaign["ask"],
        starts_on=(now - timedelta(days=campaign["started_days_ago"])).date(),
        ends_on=(now + timedelta(days=campaign["ends_in_days"])).date(),
    )


def _picture_records(folder: Path) -> Iterator[PictureRecord]:
    """Each scene once; a story that opens with it has the first word on its caption."""
    seen: set[str] = set()
    for scene, fields in (*_lead_pictures(), *_pictures_in_bodies()):
        if scene not in seen:
            seen.add(scene)
            yield _picture(scene, fields, folder)


def _lead_pictures() -> Iterator[tuple[str, Table]]:
    for page in stories():
        names = ("alt", "caption", "credit")
        yield page.head["picture"], {name: page.head[f"picture_{name}"] for name in names}


def _pictures_in_bodies() -> Iterator[tuple[str, Table]]:
    for page in stories():
        for fence in fences_of(page.body, kind="image"):
            yield fence.fields["scene"], dict(fence.fields)


def _picture(scene: str, fields: Table, folder: Path) -> PictureRecord:
    return PictureRecord(
        source_id=f"picture:{scene}",
        title=scene.replace("_", " ").capitalize(),
        path=picture_path(folder, scene=scene),
        alt=fields["alt"],
        caption=fields["caption"],
        credit=fields["credit"],
    )


def _standing_page(page: Page, *, now: datetime) -> StoryRecord:
    return StoryRecord(
        source_id=f"page:{page.slug}",
        headline=page.head["headline"],
        slug=page.slug,
        body=blocks_of(page.body),
        state="live",
        published_at=now - timedelta(days=400),
        standfirst=page.head["standfirst"],
        is_standing_page=True,
        takes_comments=False,
    )


def _story(page: Page, *, now: datetime) -> StoryRecord:
    head = page.head
    return StoryRecord(
        source_id=f"story:{page.slug}",
        headline=head["headline"],
        slug=page.slug,
        body=blocks_of(page.body),
        state="live",
        published_at=published_at(page, now=now),
        updated_at=_hours_before(now, head.get("updated_hours_ago")),
        standfirst=head["standfirst"],
        dateline=head.get("dateline", ""),
        bylines=_bylines(head["authors"]),
        section_ids=(f"section:{head['section']}",),
        topic_ids=tuple(f"topic:{topic}" for topic in head["topics"]),
        lead_picture_id=f"picture:{head['picture']}",
        is_pinned=head.get("is_pinned", False),
    )


def _bylines(authors: list[Table]) -> tuple[BylineRecord, ...]:
    ids = {author["name"]: f"author:{author['slug']}" for author in _site()["authors"]}
    return tuple(BylineRecord(author_id=ids[author["name"]], role=author["role"]) for author in authors)


def published_at(page: Page, *, now: datetime) -> datetime:
    return now - timedelta(hours=float(page.head["hours_ago"]))


def _hours_before(now: datetime, hours: float | None) -> datetime | None:
    return None if hours is None else now - timedelta(hours=float(hours))


def _comments(page: Page, *, now: datetime) -> Iterator[CommentRecord]:
    for comment in comments_under(page.slug):
        yield _comment(comment, slug=page.slug, published_at=published_at(page, now=now))


def _comment(comment: Table, *, slug: str, published_at: datetime) -> CommentRecord:
    reply_to = comment.get("reply_to")
    return CommentRecord(
        source_id=f"comment:{slug}:{comment['key']}",
        story_id=f"story:{slug}",
        author_name=comment["name"],
        text=comment["text"],
        written_at=published_at + timedelta(hours=comment["hours_after"]),
        state=comment.get("state", "published"),
        parent_id=None if reply_to is None else f"comment:{slug}:{reply_to}",
        text_format="markdown",
        up_count=comment["up"],
        down_count=comment["down"],
        is_by_author=comment.get("is_by_author", False),
    )
