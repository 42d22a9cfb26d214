"""Records of an older site for tests: each fills in what the test does not care about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from readership.portability.loading import Plan, load
from readership.portability.records import (
    AuthorRecord,
    BlockRecord,
    CommentRecord,
    PictureRecord,
    Record,
    SectionRecord,
    SiteRecord,
    StoryRecord,
    TopicRecord,
)
from readership.portability.reporting import Report

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
THEN = datetime(2019, 5, 4, 9, 30, tzinfo=UTC)
SITE = SiteRecord("The Old Lantern", "https://old.example/news")


def take(records: Iterable[Record], **plan: Any) -> Report:
    return load(records, plan=Plan(**{"kind": "test", "file_name": "old.xml", "source": "old", "now": NOW, **plan}))


def story(source_id: str = "1", **fields: Any) -> StoryRecord:
    usual = {
        "headline": "The second ferry",
        "slug": f"ferry-{source_id}",
        "body": (BlockRecord("text", "<p>It never came.</p>"),),
        "state": "live",
        "published_at": THEN,
    }
    return StoryRecord(source_id=source_id, **{**usual, **fields})


def comment(source_id: str, **fields: Any) -> CommentRecord:
    """Written as many minutes after the story as its number says."""
    minutes = int(source_id) if source_id.isdecimal() else 0
    usual = {
        "story_id": "1",
        "author_name": "Old Salt",
        "text": f"Comment {source_id}.",
        "written_at": THEN + timedelta(minutes=minutes),
    }
    return CommentRecord(source_id=source_id, **{**usual, **fields})


def small_site() -> list[Record]:
    return [
        SITE,
        AuthorRecord("mira", "Mira Solberg", email="mira@old.example"),
        SectionRecord("harbour", "Harbour", "harbour"),
        TopicRecord("ferries", "Ferries", "ferries"),
        story(section_ids=("harbour",), topic_ids=("ferries",)),
        comment("1"),
        comment("2", parent_id="1"),
        comment("3"),
    ]


def picture(folder: Path, *, name: str = "pier.png", size: tuple[int, int] = (64, 36)) -> PictureRecord:
    Image.new("RGB", size, "#6d6a60").save(folder / name)
    return PictureRecord("p1", "Pier", url=f"https://old.example/files/{name}", path=folder / name, alt="A pier")
