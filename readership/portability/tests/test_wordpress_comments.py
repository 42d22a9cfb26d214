"""Comments of WordPress and of wpDiscuz keep their state, their votes and their place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from readership.portability.records import CommentRecord, PingbackRecord, Record, SkippedRecord
from readership.portability.tests.wordpress_exports import comment, item, meta, records_of


def last(folder: Path, *parts: str) -> Record:
    return records_of(folder, item(7, *parts))[-1]


def only(folder: Path, *parts: str) -> CommentRecord:
    record = last(folder, *parts)
    assert isinstance(record, CommentRecord)
    return record


def test_a_comment_keeps_who_when_and_what(tmp_path: Path) -> None:
    assert only(tmp_path, comment(3, content="One\ntwo\n\nthree", author="Bo &amp; Co", parent=2)) == CommentRecord(
        source_id="3",
        story_id="7",
        parent_id="2",
        author_name="Bo & Co",
        author_email="bo@readers.example",
        author_url="https://linking.example/page/",
        text="<p>One<br>two</p><p>three</p>",
        written_at=datetime(2020, 3, 2, 8, tzinfo=UTC),
    )


STATES = [
    ("1", "comment", "published"),
    ("1", "", "published"),
    ("0", "comment", "held"),
    ("spam", "comment", "removed"),
    ("trash", "comment", "removed"),
    ("post-trashed", "comment", "removed"),
    # A state that an extension invented must not publish anything.
    ("maybe", "comment", "held"),
    ("1", "wpdiscuz_sticky", "published"),
    # Only its writer and the newsroom could read it.
    ("1", "private", "held"),
    ("trash", "private", "removed"),
]


@pytest.mark.parametrize(("approved", "kind", "state"), STATES)
def test_each_state_has_ours(tmp_path: Path, approved: str, kind: str, state: str) -> None:
    assert only(tmp_path, comment(approved=approved, kind=kind)).state == state


VOTES = [
    ([("wpdiscuz_votes_seperate", 'a:2:{s:4:"like";i:5;s:7:"dislike";i:2;}')], (5, 2)),
    ([("wpdiscuz_votes_seperate", 'a:2:{s:4:"like";s:1:"5";s:7:"dislike";i:-2;}')], (5, 2)),
    # The two sides are exacter than the net number beside them.
    ([("wpdiscuz_votes", "3"), ("wpdiscuz_votes_seperate", 'a:2:{s:4:"like";i:5;s:7:"dislike";i:2;}')], (5, 2)),
    ([("wpdiscuz_votes", "4")], (4, 0)),
    ([("wpdiscuz_votes", "-3")], (0, 3)),
    ([("wpdiscuz_votes", "many")], (0, 0)),
    ([("wpdiscuz_votes", "9" * 40)], (0, 0)),
    ([("wpdiscuz_votes_seperate", 'O:8:"stdClass":1:{s:4:"like";i:5;}')], (0, 0)),
    ([("wpdiscuz_votes_seperate", 'a:1:{s:4:"like";i:999999999999;}')], (1_000_000, 0)),
    ([], (0, 0)),
]


@pytest.mark.parametrize(("metas", "votes"), VOTES)
def test_votes_of_wpdiscuz_come_along(tmp_path: Path, metas: list[tuple[str, str]], votes: tuple[int, int]) -> None:
    found = only(tmp_path, comment(1, *(meta(key, value, of="comment") for key, value in metas)))

    assert (found.up_count, found.down_count) == votes


def test_pinned_comments_and_closed_threads_stay_so(tmp_path: Path) -> None:
    found = only(tmp_path, comment(1, meta("wpdiscuz_closed", "1", of="comment"), kind="wpdiscuz_sticky"))

    assert (found.is_pinned, found.closes_thread) == (True, True)


@pytest.mark.parametrize("kind", ["pingback", "trackback"])
def test_links_of_other_sites_are_kept_apart(tmp_path: Path, kind: str) -> None:
    assert last(
        tmp_path, comment(4, kind=kind, author="Their &amp; post", content="[…] <b>see</b> […]")
    ) == PingbackRecord(
        source_id="4",
        story_id="7",
        title="Their & post",
        url="https://linking.example/page/",
        excerpt="[…] see […]",
        sent_at=datetime(2020, 3, 2, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [("order_note", "Paid."), ("comment", ""), ("comment", "  \n ")],
)
def test_what_is_no_comment_is_skipped_with_a_reason(tmp_path: Path, kind: str, content: str) -> None:
    record = last(tmp_path, comment(4, kind=kind, content=content))

    assert isinstance(record, SkippedRecord)
    assert (record.kind, record.source_id, bool(record.reason)) == ("comment", "4", True)


def test_guests_without_a_name_or_an_address_get_none_invented(tmp_path: Path) -> None:
    found = only(tmp_path, comment(author="", email="5f1a@example.com"))

    assert (found.author_name, found.author_email) == ("Unknown reader", "")


def test_a_comment_without_a_date_takes_its_storys(tmp_path: Path) -> None:
    assert only(tmp_path, comment(date_gmt="0000-00-00 00:00:00")).written_at == datetime(2020, 3, 1, 9, tzinfo=UTC)


def test_the_writer_of_a_story_is_known_under_it(tmp_path: Path) -> None:
    author = "<wp:author><wp:author_id>5</wp:author_id><wp:author_login>ada</wp:author_login></wp:author>"
    by = [
        comment(number, f"<wp:comment_user_id>{user}</wp:comment_user_id>") for number, user in enumerate((5, 6, 0), 1)
    ]

    records = records_of(tmp_path, author, item(7, *by))

    assert [one.is_by_author for one in records if isinstance(one, CommentRecord)] == [True, False, False]
