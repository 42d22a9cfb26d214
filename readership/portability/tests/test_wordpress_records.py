"""Items of an export become records, and every one of them is accounted for."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readership.portability.records import (
    AuthorRecord,
    BylineRecord,
    PictureRecord,
    Record,
    SectionRecord,
    SiteRecord,
    SkippedRecord,
    StoryRecord,
    TopicRecord,
)
from readership.portability.sources.wordpress import WordPressFile, inspect
from readership.portability.sources.wordpress_xml import WxrReader
from readership.portability.tests.wordpress_exports import (
    SITE,
    attachment,
    comment,
    export,
    item,
    meta,
    records_of,
    write_export,
)

SMALL_TOWN = Path(__file__).parent / "fixtures" / "small-town.xml"
# A large export with one of everything lies beside a developer's copy of the project; it is not ours to give away.
LARGE = sorted((Path(__file__).parents[4] / "shared" / "data").glob("wordpress-*.xml"))


def story(folder: Path, *parts: str) -> StoryRecord:
    return next(record for record in records_of(folder, *parts) if isinstance(record, StoryRecord))


def skipped(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.kind, record.source_id) for record in records if isinstance(record, SkippedRecord)]


def term(domain: str, nicename: str, name: str = "Name") -> str:
    return f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'


@pytest.mark.parametrize("path", [SMALL_TOWN, *LARGE], ids=lambda path: path.stem)
def test_every_item_of_a_file_gives_exactly_one_record(path: Path) -> None:
    records = [record for record in WordPressFile(path).records() if not isinstance(record, SiteRecord)]

    assert sum(inspect(path).in_file.values()) == len(records)


@pytest.mark.parametrize("path", [SMALL_TOWN, *LARGE], ids=lambda path: path.stem)
def test_every_story_with_words_gets_blocks(path: Path) -> None:
    contents = {entry.text("wp:post_id"): entry.text("content:encoded") for entry in WxrReader(path).entries()}

    stories = [record for record in WordPressFile(path).records() if isinstance(record, StoryRecord)]

    assert stories
    assert [one.headline for one in stories if not one.body and contents[one.source_id]] == []
    assert all(one.headline and one.slug for one in stories)


def test_a_small_export_is_told_in_its_order() -> None:
    inspection = inspect(SMALL_TOWN)

    assert inspection.site == SiteRecord("Small Town Post", "https://smalltown.example", "en-GB", "What we saw & heard")
    assert inspection.wxr_version == "1.2"
    assert inspection.in_file == {
        "author": 2, "section": 3, "topic": 1, "term": 1, "picture": 1, "file": 1, "story": 3, "standing_page": 1,
        "comment": 4, "pingback": 1, "trackback": 1, "menu_item": 1, "wp_block": 1, "revision": 1,
    }  # fmt: skip
    kinds = [type(record).__name__ for record in WordPressFile(SMALL_TOWN).records()]
    assert kinds[:4] == ["SiteRecord", "AuthorRecord", "SectionRecord", "SectionRecord"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_each_version_of_the_format_is_read(tmp_path: Path, version: str) -> None:
    path = write_export(tmp_path, item(7, comment()), version=version)

    assert inspect(path).wxr_version == version
    assert inspect(path).in_file == {"author": 1, "story": 1, "comment": 1}


def test_terms_of_the_oldest_format_are_read(tmp_path: Path) -> None:
    twice = "<category><![CDATA[Town Hall]]></category>" + term("category", "town-hall", "Town Hall")
    twice += "<category domain='tag'><![CDATA[Bridges]]></category>" + term("tag", "bridges", "Bridges")

    old = story(tmp_path, item(7, twice))

    assert (old.section_ids, old.topic_ids) == (("town-hall",), ("bridges",))


def test_a_term_that_has_only_a_name_is_a_section(tmp_path: Path) -> None:
    assert story(tmp_path, item(7, "<category>Town Hall</category>")).section_ids == ("town-hall",)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("publish", "live"),
        ("draft", "draft"),
        ("pending", "draft"),
        ("auto-draft", "draft"),
        ("future", "scheduled"),
        ("private", "private"),
        # States of extensions are nobody's permission to publish.
        ("archived", "draft"),
    ],
)
def test_each_status_has_its_state(tmp_path: Path, status: str, state: str) -> None:
    assert story(tmp_path, item(status=status)).state == state


@pytest.mark.parametrize("status", ["trash", "inherit"])
def test_what_was_thrown_away_is_skipped_with_its_comments(tmp_path: Path, status: str) -> None:
    records = records_of(tmp_path, item(7, comment(3), status=status))

    assert skipped(records) == [("story", "7"), ("comment", "3")]
    assert all(record.reason for record in records if isinstance(record, SkippedRecord))


def test_a_password_makes_a_story_private(tmp_path: Path) -> None:
    locked = story(tmp_path, item(7, "<wp:post_password>open</wp:post_password>"))

    assert (locked.state, locked.password) == ("private", "open")


def test_a_story_takes_all_that_the_file_says_of_it(tmp_path: Path) -> None:
    told = story(
        tmp_path,
        attachment(9),
        item(
            7,
            "<excerpt:encoded><![CDATA[It took <b>nine</b> years.]]></excerpt:encoded>",
            "<wp:comment_status>closed</wp:comment_status><wp:is_sticky>1</wp:is_sticky>",
            "<wp:post_modified_gmt>2020-03-05 09:00:00</wp:post_modified_gmt>",
            term("category", "uncategorized") + term("category", "roads") + term("post_tag", "steel"),
            meta("_thumbnail_id", "9") + meta("_wp_old_slug", "bridge"),
            title="The <em>bridge</em> &amp; us",
            name="br%C3%BCcke",
        ),
    )

    assert told == StoryRecord(
        source_id="7",
        headline="The bridge & us",
        slug="brücke",
        body=told.body,
        state="live",
        published_at=datetime(2020, 3, 1, 9, tzinfo=UTC),
        updated_at=datetime(2020, 3, 5, 9, tzinfo=UTC),
        standfirst="It took nine years.",
        bylines=(BylineRecord("ada"),),
        section_ids=("roads", "uncategorized"),
        topic_ids=("steel",),
        lead_picture_id="9",
        old_paths=("/2020/03/br%C3%BCcke/", "/?p=7", "/2020/03/bridge/"),
        is_pinned=True,
        takes_comments=False,
    )


def test_a_standing_page_keeps_its_place_and_number(tmp_path: Path) -> None:
    page = story(tmp_path, item(8, "<wp:post_parent>7</wp:post_parent>", post_type="page"))

    assert (page.is_standing_page, page.parent_id) == (True, "7")
    assert page.old_paths == ("/2020/03/a-bridge-opens/", "/?p=8", "/?page_id=8")


@pytest.mark.parametrize(
    ("name", "date", "headline"),
    [
        ("a-quiet-day", "2020-03-01 10:00:00", "A quiet day"),
        ("417", "2020-03-01 10:00:00", "Without a title, 2020-03-01"),
        ("", "0000-00-00 00:00:00", "Without a title"),
    ],
)
def test_a_story_without_a_title_gets_one_to_press_on(tmp_path: Path, name: str, date: str, headline: str) -> None:
    untitled = story(tmp_path, item(title="", name=name, date=date, date_gmt="0000-00-00 00:00:00"))

    assert untitled.headline == headline
    assert untitled.slug


def test_zeros_instead_of_a_moment_fall_back_on_the_local_one(tmp_path: Path) -> None:
    assert story(tmp_path, item(date_gmt="0000-00-00 00:00:00")).published_at == datetime(2020, 3, 1, 10, tzinfo=UTC)


def test_whom_and_what_only_a_story_names_is_told_before_it(tmp_path: Path) -> None:
    names = term("category", "roads", "Roads") + term("post_tag", "steel", "Steel")

    records = records_of(tmp_path, item(7, names, creator="bo"), item(8, names, creator="bo"))

    told = [
        AuthorRecord("bo", "bo"),
        SectionRecord("roads", "Roads", "roads", old_paths=("/category/roads/",)),
        TopicRecord("steel", "Steel", "steel", old_paths=("/tag/steel/",)),
    ]
    assert records[1:4] == told
    assert len(records) == 6


def test_a_name_the_file_gives_twice_is_skipped_the_second_time(tmp_path: Path) -> None:
    section = "<wp:category><wp:category_nicename>a</wp:category_nicename><wp:cat_name>A</wp:cat_name></wp:category>"

    assert skipped(records_of(tmp_path, section, section)) == [("section", "a")]


def test_sections_know_what_is_above_them(tmp_path: Path) -> None:
    child = (
        "<wp:category><wp:category_nicename>b%C3%BC</wp:category_nicename><wp:category_parent>a</wp:category_parent>"
        "<wp:cat_name>B &amp;amp; C</wp:cat_name></wp:category>"
    )

    assert records_of(tmp_path, child)[1] == SectionRecord(
        "b%C3%BC", "B & C", "bü", parent_id="a", old_paths=("/category/a/b%C3%BC/",)
    )


def test_a_picture_keeps_its_address_and_words(tmp_path: Path) -> None:
    assert records_of(tmp_path, attachment(9))[1] == PictureRecord(
        "9", "Picture 9", url=f"{SITE}/wp-content/uploads/2020/03/picture-9.jpg", alt="A bridge"
    )


def test_what_has_no_place_here_is_skipped_with_a_reason(tmp_path: Path) -> None:
    records = records_of(
        tmp_path,
        attachment(1, f"{SITE}/paper.pdf"),
        item(2, post_type="nav_menu_item"),
        item(3, post_type="revision"),
        item(4, post_type="acme_event"),
        item(5, post_type="comment"),
        "<wp:term><wp:term_id>6</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy></wp:term>",
    )

    assert skipped(records) == [
        ("file", "1"),
        ("menu_item", "2"),
        ("revision", "3"),
        ("acme_event", "4"),
        ("other comment", "5"),
        ("term", "6"),
    ]


def test_pictures_are_found_wherever_in_the_file_they_stand(tmp_path: Path) -> None:
    early = story(tmp_path, item(content=f'<img src="{SITE}/wp-content/uploads/2020/03/picture-9.jpg">'), attachment(9))

    assert [block.kind for block in early.body] == ["image"]


def test_a_story_that_goes_on_after_its_comments_is_read_whole(tmp_path: Path) -> None:
    records = records_of(tmp_path, item(7, comment(1), meta("_thumbnail_id", "9"), comment(2)), item(8))

    assert [type(record).__name__ for record in records[2:]] == [
        "StoryRecord", "CommentRecord", "CommentRecord", "StoryRecord",
    ]  # fmt: skip
    assert [record.lead_picture_id for record in records if isinstance(record, StoryRecord)] == ["9", None]


def test_what_had_no_block_is_counted_over_the_whole_file(tmp_path: Path) -> None:
    file = WordPressFile(write_export(tmp_path, item(7, content="<hr>"), item(8, content="<pre>a</pre><hr>")))

    list(file.records())

    assert file.kept == Counter({"separator, dropped": 2, "<pre>": 1})


def test_memory_stays_flat_under_many_comments(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    words = "It was a long evening at the town hall, and most of us stayed. " * 8
    many = "".join(comment(number, content=words) for number in range(5_000))
    path.write_text(export(item(7, many)), encoding="utf-8")
    del many

    tracemalloc.start()
    counted = sum(1 for _record in WordPressFile(path).records())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert counted == 5_003
    assert path.stat().st_size > 4_000_000
    assert peak < 1_500_000
