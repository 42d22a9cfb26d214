"""An import may be run again, stopped, tried out: each item comes once, and nothing made here is overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readership.discussion.counting import differences
from readership.discussion.models import Comment, Thread
from readership.portability import loading_comments
from readership.portability.loading import Plan, load
from readership.portability.models import ImportedItem, ImportRun, RunState
from readership.portability.records import AuthorRecord, Record, SkippedRecord, StoryRecord
from readership.portability.reporting import Report
from readership.portability.tests.makers import NOW, comment, small_site, story, take
from readership.stories.models import Author, Section, Story
from readership.stories.tests.makers import make_front_page

pytestmark = pytest.mark.django_db


class Stop(Exception):
    pass


class StopsAfter:
    """Progress that breaks the import off, as a kill between two batches does."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def begin(self, total: int) -> None:
        pass

    def step(self, count: int) -> None:
        self._left -= count
        if self._left <= 0:
            raise Stop


@pytest.fixture(autouse=True)
def _front_page() -> None:
    make_front_page()


def adds_up(report: Report) -> bool:
    return all(
        tally["in_file"] == tally["created"] + tally["unchanged"] + tally["skipped"] + tally["failed"]
        for tally in report.as_json()["items"].values()
    )


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Author, Section, Story, Comment, Thread, ImportedItem))


def test_the_second_time_everything_is_unchanged() -> None:
    take(small_site())
    before = rows()

    report = take(small_site())

    assert rows() == before
    assert {kind: tally.unchanged for kind, tally in report.tallies.items()} == {
        kind: tally.in_file for kind, tally in report.tallies.items()
    }


def test_the_same_id_on_another_site_is_another_item() -> None:
    take(small_site())

    report = take(small_site(), source="another")

    assert report["comment"].created == 3
    assert Story.objects.count() == 2


def test_what_is_here_is_kept_when_the_file_has_another_version() -> None:
    take([story()])
    Story.objects.update(title="Mended here")

    report = take([replace(story(), headline="Changed there")])

    assert Story.objects.get().title == "Mended here"
    assert report["story"].skipped.total() == 1


def test_a_broken_off_import_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading_comments, "PER_BATCH", 2)
    replies = [comment(str(number), parent_id="1") for number in range(2, 8)]
    records: list[Record] = [story(), comment("1"), *replies]
    with pytest.raises(Stop):
        load(records, plan=Plan(kind="test", file_name="old.xml", source="old", now=NOW), progress=StopsAfter(5))
    assert 0 < Comment.objects.count() < 7
    assert ImportRun.objects.get().state == RunState.STOPPED

    report = take(records)

    assert Comment.objects.count() == 7
    assert report["comment"].created + report["comment"].unchanged == 7
    assert report["comment"].unchanged > 0
    assert Thread.objects.get().comments_count == 7
    assert Comment.objects.get(text_source="Comment 1.").replies_count == 6
    assert list(differences()) == []


def test_a_broken_off_import_leaves_right_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading_comments, "PER_BATCH", 2)
    replies = [comment(str(number), parent_id="1") for number in range(2, 8)]

    with pytest.raises(Stop):
        load(
            [story(), comment("1"), *replies],
            plan=Plan(kind="test", file_name="old.xml", source="old", now=NOW),
            progress=StopsAfter(5),
        )

    thread = Thread.objects.get()
    assert thread.comments_count == Comment.objects.count() == 4
    assert Comment.objects.get(text_source="Comment 1.").replies_count == 3


def test_the_report_of_a_broken_off_import_adds_up() -> None:
    with pytest.raises(Stop):
        load(small_site(), plan=Plan(kind="test", file_name="old.xml", source="old", now=NOW), progress=StopsAfter(4))

    items = ImportRun.objects.get().report["items"]

    assert all(t["in_file"] == t["created"] + t["unchanged"] + t["skipped"] + t["failed"] for t in items.values())
    assert items["comment"]["failed"] == 3


def test_a_dry_run_says_what_would_happen_and_writes_nothing() -> None:
    before = rows()

    report = take(small_site(), is_dry_run=True)

    assert rows() == before
    assert not ImportRun.objects.exists()
    assert report["comment"].created == 3
    assert report["story"].created == 1


def test_a_source_that_breaks_writes_nothing() -> None:
    def broken() -> list[Record]:
        raise Stop

    before = rows()

    with pytest.raises(Stop):
        take(record for part in (small_site, broken) for record in part())

    assert rows() == before


def test_every_item_of_the_file_is_accounted_for() -> None:
    records: list[Record] = [
        *small_site(),
        comment("3"),  # twice
        comment("4", story_id="nowhere"),
        comment("5", text="  "),
        comment("6", written_at=NOW.replace(tzinfo=None)),
        story("2", headline=" "),
        SkippedRecord("menu_item", "9", "Menus are set up anew."),
    ]

    report = take(records)

    assert adds_up(report)
    assert report["comment"].as_json()["skipped"] == 2
    assert report["comment"].as_json()["failed"] == 1
    assert report["story"].as_json()["failed_because"] == {"It has no headline.": 1}
    assert report.failures == ["story 2: It has no headline.", "comment 6: Its date has no time zone."]
    assert "menu_item skipped: 1 × Menus are set up anew." in report.as_text()


def test_the_source_is_named_after_the_old_site() -> None:
    take(small_site(), source="")

    assert ImportRun.objects.get().source == "old.example/news"


def test_an_author_of_the_same_name_is_used_and_gets_no_public_email() -> None:
    mira = Author.objects.create(name="Mira Solberg", slug="mira")

    take([*small_site(), AuthorRecord("jo", "Jo Lind", email="jo@old.example")])

    assert Author.objects.filter(name="Mira Solberg").get() == mira
    assert Author.objects.get(name="Jo Lind").email == ""


def test_what_one_item_does_wrong_leaves_the_others_alone() -> None:
    bad: StoryRecord = replace(story("2"), headline="")

    report = take([bad, story("3"), story("4")])

    assert report["story"].created == 2
