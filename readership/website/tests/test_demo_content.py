"""The demo's newsroom is whole: what its pages promise is there, and its numbers add up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readership.portability.records import (
    AuthorRecord,
    BlockRecord,
    CampaignRecord,
    CommentRecord,
    PictureRecord,
    Record,
    SectionRecord,
    SiteRecord,
    StoryRecord,
    TopicRecord,
)
from readership.website.demo.painting import SCENES, paint, paint_all
from readership.website.demo.reading import demo_gifts, demo_records

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PICTURES = Path("pictures")
TAG = re.compile(r"<[^>]+>")
# What editors can put into a story; only imports make kept_html.
KINDS = {
    "text", "heading", "image", "gallery", "quote", "pull_quote", "fact_box", "table", "embed", "support_ask",
    "related_story",
}  # fmt: skip


def records() -> list[Record]:
    return list(demo_records(now=NOW, pictures=PICTURES))


def stories() -> list[StoryRecord]:
    return [record for record in records() if isinstance(record, StoryRecord) and not record.is_standing_page]


def comments() -> list[CommentRecord]:
    return [record for record in records() if isinstance(record, CommentRecord)]


def words_read(block: BlockRecord) -> int:
    """Words of the story itself, without tables, captions and bylines."""
    match block.value:
        case str() as html:
            return len(TAG.sub(" ", html).split())
        case {"text": str() as text, **others}:
            return len(TAG.sub(" ", f"{others.get('title', '')} {text}").split())
    return 0


def test_there_are_twelve_stories_of_300_to_900_words() -> None:
    lengths = {story.slug: sum(words_read(block) for block in story.body) for story in stories()}

    assert len(lengths) == 12
    assert {slug: count for slug, count in lengths.items() if not 300 <= count <= 900} == {}


def test_four_sections_and_four_authors_all_have_stories() -> None:
    sections = {record.source_id for record in records() if isinstance(record, SectionRecord)}
    authors = {record.source_id for record in records() if isinstance(record, AuthorRecord)}

    assert len(sections) == 4
    assert {section for story in stories() for section in story.section_ids} == sections
    assert len(authors) == 4
    assert {byline.author_id for story in stories() for byline in story.bylines} == authors


def test_one_story_is_pinned_and_every_kind_of_block_is_used() -> None:
    used = {block.kind for story in stories() for block in story.body}

    assert [story.slug for story in stories() if story.is_pinned] == ["sea-wall-metres"]
    assert used == KINDS


def test_every_topic_is_known_and_used() -> None:
    topics = {record.source_id for record in records() if isinstance(record, TopicRecord)}

    assert {topic for story in stories() for topic in story.topic_ids} == topics


def test_every_picture_and_story_that_a_record_names_comes_before_it() -> None:
    seen: set[str] = set()
    for record in records():
        missing = {name for name in _names(record) if name not in seen}
        assert missing == set()
        if not isinstance(record, SiteRecord):
            seen.add(record.source_id)


def _names(record: Record) -> list[str]:
    if not isinstance(record, StoryRecord):
        return []
    in_blocks = re.findall(r"'((?:picture|story):[^']+)'", repr([block.value for block in record.body]))
    lead = [record.lead_picture_id] if record.lead_picture_id else []
    return [*in_blocks, *lead, *record.topic_ids, *record.section_ids]


def test_tables_have_rows_of_one_length() -> None:
    tables = [block.value for story in stories() for block in story.body if block.kind == "table"]

    assert tables
    for table in tables:
        assert isinstance(table, dict)
        assert len({len(row) for row in table["data"]}) == 1


def test_about_three_hundred_comments_stand_under_six_stories() -> None:
    under = Counter(comment.story_id for comment in comments())

    assert 280 <= under.total() <= 320
    assert len(under) == 6


def test_no_two_records_have_the_same_source_id() -> None:
    ids = Counter(record.source_id for record in records() if not isinstance(record, SiteRecord))

    assert [name for name, count in ids.items() if count > 1] == []


def test_every_reply_answers_an_older_comment_under_the_same_story() -> None:
    by_id = {comment.source_id: comment for comment in comments()}

    for comment in comments():
        if comment.parent_id is not None:
            parent = by_id[comment.parent_id]
            assert parent.story_id == comment.story_id
            assert parent.written_at < comment.written_at


def test_some_replies_run_deep() -> None:
    parents = {comment.source_id: comment.parent_id for comment in comments()}

    assert max(_depth(name, parents) for name in parents) >= 6


def _depth(name: str, parents: dict[str, str | None]) -> int:
    parent = parents[name]
    return 0 if parent is None else 1 + _depth(parent, parents)


def test_every_comment_was_written_between_its_story_and_now() -> None:
    published = {story.source_id: story.published_at for story in stories()}

    for comment in comments():
        at = published[comment.story_id]
        assert at is not None
        assert at < comment.written_at <= NOW


def test_only_authors_of_a_story_answer_under_it_as_its_authors() -> None:
    names = {record.source_id: record.name for record in records() if isinstance(record, AuthorRecord)}
    bylines = {story.source_id: {names[byline.author_id] for byline in story.bylines} for story in stories()}
    answers = [comment for comment in comments() if comment.is_by_author]

    assert len(answers) > 10
    assert all(comment.author_name in bylines[comment.story_id] for comment in answers)


def test_no_guest_writes_under_the_name_of_an_author() -> None:
    names = {record.name for record in records() if isinstance(record, AuthorRecord)}

    assert {comment.author_name for comment in comments() if not comment.is_by_author}.isdisjoint(names)


def test_a_few_comments_are_held_and_two_removed() -> None:
    states = Counter(comment.state for comment in comments())

    assert 3 <= states["held"] <= 4
    assert states["removed"] == 2


def test_votes_are_those_of_a_small_town() -> None:
    assert all(0 <= comment.up_count <= 60 and 0 <= comment.down_count <= 60 for comment in comments())


def test_the_gifts_add_up_to_the_cent() -> None:
    gifts = demo_gifts()

    assert sum(gift.amount_minor for gift in gifts) == 144000
    assert len(gifts) == 87
    assert all(gift.amount_minor > 0 and gift.kind in {"cash", "transfer"} for gift in gifts)


def test_the_campaign_began_before_its_first_gift() -> None:
    (campaign,) = [record for record in records() if isinstance(record, CampaignRecord)]

    assert campaign.starts_on is not None
    assert campaign.starts_on <= min(NOW.date().fromordinal(NOW.date().toordinal() - g.days_ago) for g in demo_gifts())
    assert (campaign.goal_minor, campaign.raised_minor) == (500000, 0)


def test_there_are_three_standing_pages() -> None:
    pages = [record for record in records() if isinstance(record, StoryRecord) and record.is_standing_page]

    assert {page.slug for page in pages} == {"about", "house-rules", "how-we-are-paid"}
    assert not any(page.takes_comments for page in pages)


def test_every_scene_has_a_picture_with_words_and_every_picture_a_scene() -> None:
    pictures = [record for record in records() if isinstance(record, PictureRecord)]

    assert {picture.source_id for picture in pictures} == {f"picture:{scene}" for scene in SCENES}
    assert all(picture.alt and picture.caption and picture.credit for picture in pictures)


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_paints_in_the_size_asked_for(scene: str) -> None:
    picture = paint(scene, width=320, height=200)

    assert picture.size == (320, 200)
    assert len(picture.getcolors(maxcolors=1 << 20) or []) > 100


def test_the_same_scene_is_the_same_picture() -> None:
    once, twice = (paint("pier", width=320, height=180).tobytes() for _ in range(2))

    assert once == twice


def test_all_scenes_are_painted_where_the_records_say(tmp_path: Path) -> None:
    paint_all(tmp_path, width=160, height=90)

    pictures = [record for record in demo_records(now=NOW, pictures=tmp_path) if isinstance(record, PictureRecord)]
    assert all(picture.path is not None and picture.path.is_file() for picture in pictures)
