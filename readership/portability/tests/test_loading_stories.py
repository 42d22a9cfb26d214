"""Stories of an older site: their state, their place, their pictures, and the way from their old addresses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from readership.discussion.models import Thread
from readership.portability.loading_pictures import folder
from readership.portability.records import (
    AuthorRecord,
    BlockRecord,
    BylineRecord,
    PictureRecord,
    SectionRecord,
    StoryState,
    TopicRecord,
)
from readership.portability.tests.makers import NOW, THEN, picture, story, take
from readership.stories.models import NewsImage, Section, StandingPage, Story
from readership.stories.tests.makers import make_front_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _front_page(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    make_front_page()


def only_story() -> Story:
    found: Story = Story.objects.get()
    return found


def kinds() -> list[str]:
    return [block.block_type for block in only_story().body]


@pytest.mark.parametrize(
    ("state", "is_live"), [("live", True), ("draft", False), ("private", False), ("scheduled", False)]
)
def test_only_what_was_live_is_live(state: StoryState, is_live: bool) -> None:
    take([story(state=state, published_at=NOW + timedelta(days=3) if state == "scheduled" else THEN)])

    assert only_story().live == is_live
    assert only_story().latest_revision is not None


def test_a_live_story_keeps_its_dates() -> None:
    take([story(updated_at=THEN + timedelta(hours=2))])

    assert only_story().published_at == THEN
    assert only_story().shown_updated_at == THEN + timedelta(hours=2)


def test_a_scheduled_story_waits_for_its_hour() -> None:
    at = NOW + timedelta(days=3650)

    take([story(state="scheduled", published_at=at)])

    assert only_story().go_live_at == at
    assert only_story().latest_revision.approved_go_live_at == at


def test_a_story_behind_a_password_becomes_a_draft() -> None:
    take([story(password="secret")])

    assert not only_story().live


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "draft"}, "are drafts, which only editors read"),
        ({"state": "private"}, "private on the old site"),
        ({"state": "live", "password": "secret"}, "behind a password"),
        ({"state": "scheduled", "published_at": NOW + timedelta(days=3)}, "wait for their hour"),
        ({"is_pinned": True}, "kept at the top of their section"),
        ({"takes_comments": False}, "closed to comments"),
    ],
)
def test_what_is_not_simply_shown_is_said_in_the_report(fields: dict[str, Any], said: str) -> None:
    report = take([story(**fields)])

    assert [count for note, count in report.notes.items() if said in note] == [1]


def test_a_story_opens_its_thread_and_one_that_took_no_comments_keeps_it_closed() -> None:
    take([story("1"), story("2", takes_comments=False)])

    assert Thread.objects.get(page__slug="ferry-1").closed_at is None
    assert Thread.objects.get(page__slug="ferry-2").closed_at is not None


def test_a_story_without_a_section_goes_to_the_news() -> None:
    take([story()])

    assert only_story().get_parent().slug == "news"


def test_the_menu_shows_only_sections_that_have_something_to_read() -> None:
    take(
        [
            *(SectionRecord(name, name, name) for name in ("harbour", "drafts", "empty")),
            SectionRecord("quay", "Quay", "quay", parent_id="harbour"),
            story("1", section_ids=("harbour", "empty")),
            story("2", section_ids=("drafts",), state="draft"),
        ]
    )

    assert [section.slug for section in Section.objects.in_menu()] == ["harbour"]
    # The next edit of the section starts from its newest revision.
    assert Section.objects.get(slug="harbour").get_latest_revision_as_object().show_in_menus


def test_a_section_that_was_taken_out_of_the_menu_stays_out() -> None:
    take([SectionRecord("harbour", "Harbour", "harbour"), story("1", section_ids=("harbour",))])
    Section.objects.update(show_in_menus=False)

    take([story("2", section_ids=("harbour",)), story("3", section_ids=("harbour",), state="draft")])

    assert not Section.objects.in_menu().exists()


def test_sections_stand_below_their_parents_whatever_the_order() -> None:
    take(
        [
            SectionRecord("deep", "Deep", "deep", parent_id="mid"),
            SectionRecord("mid", "Mid", "mid", parent_id="top"),
            SectionRecord("top", "Top", "top"),
            SectionRecord("lost", "Lost", "lost", parent_id="nowhere"),
            story(section_ids=("deep", "top")),
        ]
    )

    assert only_story().url == "/top/mid/deep/ferry-1/"
    assert [section.slug for section in only_story().also_in.all()] == ["top"]
    assert Section.objects.get(slug="lost").url == "/lost/"


def test_no_page_takes_an_address_of_the_site_or_of_another_page() -> None:
    take(
        [
            SectionRecord("a", "Admin", "admin"),
            SectionRecord("b", "Größe", "größe"),
            story("1", slug="same", section_ids=("b",)),
            story("2", slug="same", section_ids=("b",)),
            story("3", slug="feed", section_ids=("b",)),
        ]
    )

    assert set(Section.objects.values_list("slug", flat=True)) == {"admin-2", "größe"}
    assert set(Story.objects.values_list("slug", flat=True)) == {"same", "same-2", "feed-2"}


def test_old_addresses_lead_to_the_story_for_good(client: Client) -> None:
    take([story(old_paths=("/2019/05/the-second-ferry/", "/old.php?p=1"))])

    by_path, by_query = client.get("/2019/05/the-second-ferry/"), client.get("/old.php?p=1")

    assert (by_path.status_code, by_path["Location"]) == (301, "/news/ferry-1/")
    assert (by_query.status_code, by_query["Location"]) == (301, "/news/ferry-1/")


def test_old_addresses_of_sections_and_topics_lead_to_them(client: Client) -> None:
    take(
        [
            SectionRecord("harbour", "Harbour", "harbour", old_paths=("/category/harbour/",)),
            TopicRecord("fog", "Fog", "fog", old_paths=("/tag/fog/",)),
        ]
    )

    for old, new in (("/category/harbour/", "/harbour/"), ("/tag/fog/", "/topics/fog/")):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)


def test_an_old_address_of_two_stories_leads_to_the_first(client: Client) -> None:
    report = take([story("1", old_paths=("/old/",)), story("2", old_paths=("/old/",))])

    assert client.get("/old/")["Location"] == "/news/ferry-1/"
    assert report.notes.total() == 1


def test_standing_pages_stand_below_their_parents_and_keep_their_standfirst() -> None:
    take(
        [
            story("2", slug="rules", is_standing_page=True, parent_id="1"),
            story("1", slug="about", is_standing_page=True, standfirst="Who & why"),
        ]
    )

    assert Page.objects.get(slug="rules").url == "/about/rules/"
    body = StandingPage.objects.get(slug="about").body
    assert str(body[0].value) == "<p>Who &amp; why</p>"


def test_a_byline_keeps_its_order_and_holds_nobody_twice() -> None:
    authors = [AuthorRecord(name, name.title()) for name in ("ann", "bob")]

    take([*authors, story(bylines=(BylineRecord("bob", "photographs"), BylineRecord("ann"), BylineRecord("bob")))])

    assert [str(byline) for byline in only_story().bylines.all()] == ["Bob (photographs)", "Ann"]


def test_pictures_come_along_into_lead_body_and_gallery(tmp_path: Path) -> None:
    image = {"image": "p1", "caption": "", "alt": "", "is_decorative": False}

    take(
        [
            story(
                lead_picture_id="p1",
                body=(BlockRecord("image", image), BlockRecord("gallery", {"title": "", "images": [image, image]})),
            ),
            picture(tmp_path),
        ]
    )

    assert only_story().lead_image == NewsImage.objects.get()
    assert only_story().body[0].value["image"] == NewsImage.objects.get()
    assert len(only_story().body[1].value["images"]) == 2
    assert NewsImage.objects.get().file.size > 0


def test_a_picture_that_did_not_come_says_so_in_its_place() -> None:
    image = {"image": "p9", "caption": "The <pier>", "alt": "A pier", "is_decorative": False}

    report = take([story(body=(BlockRecord("image", image),))])

    assert kinds() == ["kept_html"]
    assert "Picture not brought along: A pier" in str(only_story().body[0].value)
    assert "&lt;pier&gt;" in str(only_story().body[0].value)
    assert report.notes.total() == 1


def test_a_picture_that_did_not_come_goes_by_its_own_title_and_keeps_its_own_caption() -> None:
    shown = {"image": "p1", "caption": "", "alt": "", "is_decorative": False}

    take(
        [
            PictureRecord("p1", "The new pier", caption="Seen from the ferry."),
            story(body=(BlockRecord("image", shown),)),
        ]
    )

    assert "Picture not brought along: The new pier" in str(only_story().body)
    assert "Seen from the ferry." in str(only_story().body)


def test_the_caption_of_a_gallery_stays_when_its_pictures_did_not_come() -> None:
    shown = {"image": "p1", "caption": "", "alt": "A pier", "is_decorative": False}

    take([story(body=(BlockRecord("gallery", {"title": "Two days at the pier", "images": [shown]}),))])

    assert "Two days at the pier" in str(only_story().body)


def test_a_picture_is_found_in_the_folder_of_the_old_site(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    made = picture(tmp_path / "2019")
    record = PictureRecord("p1", "Pier", url="https://old.example/wp-content/uploads/2019/pier.png?x=1")

    report = take([record], find_picture=folder(tmp_path))

    assert report["picture"].created == 1
    assert made.path
    assert report["picture"].skipped.total() == 0


def test_an_address_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    picture(tmp_path, name="secret.png")
    record = PictureRecord("p1", "Pier", url="https://old.example/..%2f..%2fsecret.png")

    report = take([record], find_picture=folder(tmp_path / "inside"))

    assert report["picture"].skipped.total() == 1


def test_no_picture_is_taken_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"<svg onload=alert(1)>")

    report = take([PictureRecord("p1", "Bad", path=tmp_path / "bad.png")])

    assert report["picture"].failed.total() == 1


def test_a_picture_of_more_than_40_million_pixels_is_refused(tmp_path: Path) -> None:
    report = take([picture(tmp_path, size=(8001, 5000))])

    assert report["picture"].failed == {"It has more than 40 million pixels.": 1}


def test_a_dry_run_copies_no_picture(tmp_path: Path) -> None:
    report = take([picture(tmp_path)], is_dry_run=True)

    assert report["picture"].created == 1
    assert not (tmp_path / "media").exists()


def test_related_stories_are_found_wherever_they_stand_in_the_file() -> None:
    def related(name: str) -> BlockRecord:
        return BlockRecord("related_story", {"story": name})

    report = take(
        [
            story("1", body=(related("2"), related("3"), related("nowhere"))),
            story("2"),
            story("3", body=(related("1"),)),
        ]
    )

    first = Story.objects.get(slug="ferry-1")
    assert report["story"].created == 3
    assert report.notes.total() >= 1
    assert "ferry-2" in {block.value["story"].slug for block in first.body}


def test_rich_text_is_cleaned_and_opens_in_the_editor() -> None:
    html = '<p onclick="x()">One<br>two <strong>b</strong><script>alert(1)</script><a href="javascript:x()">l</a></p>'

    take([story(body=(BlockRecord("text", html), BlockRecord("fact_box", {"title": "t", "text": "a<br>b"})))])

    text, box = only_story().body
    assert text.value.source == "<p>One<br/>two <b>b</b><a>l</a></p>"
    assert text.block.get_form_state(text.value)
    assert box.block.get_form_state(box.value)


def test_addresses_in_blocks_are_of_the_web_or_left_out() -> None:
    quote = {"text": "q", "speaker": "", "source": "", "source_url": "javascript:x()"}

    take([story(body=(BlockRecord("embed", {"url": "javascript:x()", "title": ""}), BlockRecord("quote", quote)))])

    assert kinds() == ["kept_html", "quote"]
    assert only_story().body[1].value["source_url"] == ""


def test_an_unknown_block_fails_the_story_and_says_why() -> None:
    report = take([story(body=(BlockRecord("marquee", "x"),))])

    assert report["story"].failed == {"Its text holds a block that is not known here: marquee.": 1}
