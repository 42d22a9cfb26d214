"""`readership import`, through the door that its user uses: files, addresses, exit and words."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from readership.discussion.models import Comment, State, Thread
from readership.funding.models import Campaign, LedgerEntry
from readership.funding.queries import current_meter, meter
from readership.portability.models import ImportedItem, ImportRun
from readership.portability.tests.page_texts import NO_THREAD, WHOLE
from readership.portability.tests.wordpress_exports import item, write_export
from readership.stories.models import Section, StandingPage, Story
from readership.stories.tests.makers import make_front_page

pytestmark = pytest.mark.django_db
SMALL_TOWN = Path(__file__).parent / "fixtures" / "small-town.xml"
THEME_TEST = Path(__file__).resolve().parents[4] / "shared" / "data" / "wordpress-theme-test.xml"


def bring(*arguments: object) -> str:
    out = StringIO()
    call_command("import_site", *(str(argument) for argument in arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def reported(path: Path) -> dict[str, dict[str, Any]]:
    items: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return items


def write_broken(folder: Path) -> Path:
    file = folder / "broken.xml"
    file.write_text("<rss><channel>", encoding="utf-8")
    return file


def row_counts() -> list[int]:
    return [model.objects.count() for model in (Page, Section, Story, StandingPage, Thread, Comment, ImportedItem)]


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(WHOLE, encoding="utf-8")
    return file


def test_every_item_of_an_export_is_accounted_for(tmp_path: Path) -> None:
    make_front_page()

    bring("wordpress", SMALL_TOWN, "--report", tmp_path / "report.json")

    items = reported(tmp_path / "report.json")
    assert items["story"]["created"] > 0
    for tally in items.values():
        assert tally["in_file"] == tally["created"] + tally["unchanged"] + tally["skipped"] + tally["failed"]
        assert tally["skipped"] == sum(tally["skipped_because"].values())


def test_names_that_only_stories_tell_are_said_in_the_report(tmp_path: Path) -> None:
    make_front_page()

    told = bring("wordpress", write_export(tmp_path, item(7, creator="nobody-listed")))

    assert "1 × author: named by stories only" in told


def test_the_same_export_again_changes_nothing() -> None:
    make_front_page()
    bring("wordpress", SMALL_TOWN)
    before = row_counts()

    bring("wordpress", SMALL_TOWN)

    assert row_counts() == before


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    make_front_page()
    before = row_counts()

    told = bring("wordpress", SMALL_TOWN, "--dry-run", "--report", tmp_path / "report.json")

    assert row_counts() == before
    assert not ImportRun.objects.exists()
    assert "nothing was changed" in told
    assert reported(tmp_path / "report.json")["story"]["created"] > 0


def test_every_live_page_opens_and_old_addresses_lead_to_it(client: Client, tmp_path: Path) -> None:
    make_front_page()

    bring("wordpress", write_export(tmp_path, item(7), item(8, name="about", post_type="page", title="About")))

    for page in (Story.objects.get(), StandingPage.objects.get()):
        assert client.get(page.get_url()).status_code == 200
    old = client.get("/2020/03/a-bridge-opens/")
    assert old.status_code == 301
    assert old["Location"].endswith(Story.objects.get().get_url())


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ("<?xml version='1.0'?>\n<rss><channel>\n<item></channel></rss>", r"line 3, column 9"),
        ("Dear editors,\n", r"line 1, column 1"),
        ("<html><body/></html>", "not an export of WordPress"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "document type"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_writes_nothing(
    tmp_path: Path, stored: str, sentence: str
) -> None:
    make_front_page()
    before = row_counts()
    file = tmp_path / "old.xml"
    file.write_text(stored, encoding="utf-8")

    with pytest.raises(CommandError, match=sentence) as refusal:
        bring("wordpress", file)

    assert "\n" not in str(refusal.value)
    assert row_counts() == before


def test_an_export_that_breaks_near_its_end_leaves_nothing_behind(tmp_path: Path) -> None:
    make_front_page()
    before = row_counts()
    whole = write_export(tmp_path, *(item(number, name=f"story-{number}") for number in range(1, 200)))
    whole.write_text(whole.read_text(encoding="utf-8").removesuffix("</channel></rss>\n"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"line \d+, column \d+"):
        bring("wordpress", whole)

    assert row_counts() == before


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        bring("wordpress", tmp_path / "nothing.xml")
    with pytest.raises(CommandError, match="is a folder, not a file"):
        bring("wordpress", tmp_path)
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="readership init"):
        bring("wordpress", SMALL_TOWN)


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(tmp_path: Path) -> None:
    make_front_page()
    before = row_counts()

    with pytest.raises(CommandError, match="report cannot be written"):
        bring("wordpress", SMALL_TOWN, "--report", tmp_path)

    assert row_counts() == before


def test_a_refused_file_leaves_an_older_report_as_it_was(tmp_path: Path) -> None:
    make_front_page()
    report = tmp_path / "report.json"
    report.write_text("older")

    with pytest.raises(CommandError, match="whole XML"):
        bring("wordpress", write_broken(tmp_path), "--report", report)

    assert report.read_text() == "older"


def test_a_saved_page_says_how_sure_it_is_and_names_its_file_in_the_ledger(page_file: Path) -> None:
    make_front_page()

    told = bring("page", page_file)

    assert re.search(r"pieces of the page were read: \d+ surely, \d+ likely, 1 unsure", told)
    assert LedgerEntry.objects.get().reason == "Brought along from page.txt."


def test_a_saved_page_lands_as_a_draft_with_its_thread_and_a_campaign_that_nobody_sees(page_file: Path) -> None:
    make_front_page()

    told = bring("page", page_file)

    story = Story.objects.get()
    assert not story.live
    assert {comment.state for comment in Comment.objects.filter(thread__page=story)} == {State.HELD}
    assert Comment.objects.count() == 5
    assert meter(Campaign.objects.get()).sentence.startswith("$1,440 of $5,000")
    assert current_meter() is None
    assert "Gull 10" in told
    assert "UNSURE" in told


def test_what_a_saved_page_was_taken_for_is_in_the_report(page_file: Path, tmp_path: Path) -> None:
    make_front_page()

    bring("page", page_file, "--report", tmp_path / "report.json")

    findings = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert {"what": "meter: goal", "text": "5,000 $", "certainty": "sure"}.items() <= {
        key: value for finding in findings if finding["what"] == "meter: goal" for key, value in finding.items()
    }.items()


def test_the_same_page_again_under_another_name_changes_nothing(page_file: Path, tmp_path: Path) -> None:
    make_front_page()
    bring("page", page_file)
    before = row_counts()

    bring("page", page_file.rename(tmp_path / "again.txt"))

    assert row_counts() == before


def test_two_pages_are_two_stories(page_file: Path, tmp_path: Path) -> None:
    make_front_page()
    other = tmp_path / "other.txt"
    other.write_text(NO_THREAD, encoding="utf-8")

    bring("page", page_file)
    bring("page", other)

    assert Story.objects.count() == 2


if THEME_TEST.exists():

    def test_the_theme_test_comes_in_whole(client: Client, tmp_path: Path) -> None:
        make_front_page()

        bring("wordpress", THEME_TEST, "--report", tmp_path / "report.json")

        items = reported(tmp_path / "report.json")
        assert (items["story"]["created"], items["standing_page"]["created"]) == (58, 21)
        assert (items["comment"]["created"], items["pingback"]["created"]) == (29, 4)
        assert all(not tally["failed"] for tally in items.values())
        for page in [*Story.objects.live(), *StandingPage.objects.live()]:
            assert client.get(page.get_url()).status_code == 200, page.title
        nested = Thread.objects.get(page__title="Template: Comments").comments
        assert nested.count() == 20
        assert sorted(nested.filter(depth__gt=0).values_list("depth", flat=True)) == list(range(1, 10))
