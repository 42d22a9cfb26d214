"""A saved page read as text: what each piece of it is taken for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from readership.portability.errors import ImportRefused
from readership.portability.records import AuthorRecord, CampaignRecord, CommentRecord, StoryRecord
from readership.portability.sources.saved_page import SavedPage, name_of_source, page_of, read_page
from readership.portability.sources.saved_page_lines import lines_of
from readership.portability.tests.page_texts import EURO, NO_THREAD, WHOLE, WITHOUT_CONTROLS

SAVED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference-page.txt"


def page(text: str, *, dollar: str = "USD") -> SavedPage:
    return page_of(lines_of(text), saved_at=SAVED_AT, dollar=dollar)


def story(saved: SavedPage) -> StoryRecord:
    return next(record for record in saved.records if isinstance(record, StoryRecord))


def campaign(saved: SavedPage) -> CampaignRecord:
    return next(record for record in saved.records if isinstance(record, CampaignRecord))


def comments(saved: SavedPage) -> list[CommentRecord]:
    return [record for record in saved.records if isinstance(record, CommentRecord)]


def found(saved: SavedPage, what: str) -> list[str]:
    return [finding.text for finding in saved.findings if finding.what == what]


def test_the_story_is_a_draft_with_its_headline_and_its_paragraphs() -> None:
    its_story = story(page(WHOLE))

    assert its_story.state == "draft"
    assert its_story.headline == "Second Ferry Delayed Again, Council Says “Spring”"
    picture, text = its_story.body
    assert "A picture stood here" in str(picture.value)
    assert str(text.value).count("<p>") == 3
    assert "said the harbour master.<br>He has kept" in str(text.value)
    assert "Support" not in str(text.value)


def test_the_figures_become_a_campaign_that_nobody_sees_yet() -> None:
    meter = campaign(page(WHOLE))

    assert (meter.goal_minor, meter.raised_minor, meter.currency) == (500_000, 144_000, "USD")
    assert meter.marks == ((250_000, "2,500 $"),)
    assert meter.ask == "Support The Lantern"
    assert not meter.is_shown


def test_every_comment_is_held_under_its_name_in_the_order_of_the_page() -> None:
    said = comments(page(WHOLE))

    names = ["Gull 10", "Unknown reader", "Mira Solberg", "Old Salt", "Unknown reader"]
    assert [comment.author_name for comment in said] == names
    assert {comment.state for comment in said} == {"held"}
    assert said[2].text == "<p>I asked the yard. They never ordered the engine.</p><p>Nor the bell.</p>"
    assert said[3].text == "<p>So who signed?<br>And who paid?</p>"
    assert [comment.written_at for comment in said] == sorted((c.written_at for c in said), reverse=True)


def test_controls_are_named_and_left_out() -> None:
    saved = page(WHOLE)

    assert found(saved, "sort orders") == ["Newest Most Voted"]
    assert found(saved, "filter: comments on passages") == ["Inline Feedbacks"]
    assert found(saved, "invitation to comment") == ["Would love your thoughts, please comment.x"]
    assert not any("Notify" in comment.text or "Would love" in comment.text for comment in comments(saved))


def test_a_lost_name_is_said_to_be_a_guess() -> None:
    lost = [finding for finding in page(WHOLE).findings if finding.what == "comment, name lost"]

    assert [finding.certainty for finding in lost] == ["likely", "likely"]
    assert all(finding.why for finding in page(WHOLE).findings)


def test_without_controls_the_thread_begins_after_the_last_ask() -> None:
    saved = page(WITHOUT_CONTROLS)

    assert [comment.author_name for comment in comments(saved)] == ["Keeper", "Rosa"]
    assert [f.certainty for f in saved.findings if f.what == "comment area"] == ["likely"]


def test_an_answer_stands_below_what_it_answers_and_an_address_is_kept_apart() -> None:
    keeper, rosa = comments(page(WITHOUT_CONTROLS))

    assert keeper.author_email == "keeper@lamp.example"
    assert rosa.parent_id == keeper.source_id
    assert rosa.text == "<p>And it showed.</p>"


def test_byline_date_and_heading_are_told_from_the_text() -> None:
    saved = page(WITHOUT_CONTROLS)
    its_story = story(saved)

    assert [record.name for record in saved.records if isinstance(record, AuthorRecord)] == ["Ines Okafor"]
    assert its_story.published_at == datetime(2021, 3, 4, tzinfo=UTC)
    assert [block.kind for block in its_story.body] == ["text", "heading", "text"]


def test_a_scale_without_marks_and_with_cents_is_read() -> None:
    meter = campaign(page(WITHOUT_CONTROLS, dollar="CAD"))

    assert (meter.goal_minor, meter.raised_minor, meter.currency, meter.marks) == (1_000_000, 234_550, "CAD", ())


def test_figures_that_name_themselves_an_ask_inside_and_a_caption() -> None:
    saved = page(EURO)

    meter = campaign(saved)
    assert (meter.goal_minor, meter.raised_minor, meter.currency) == (1_200_000, 420_000, "EUR")
    its_story = story(saved)
    assert its_story.headline == "New Crane Arrives by Night"
    assert "Photo: the crane at the north pier" in str(its_story.body[0].value)
    assert "support_ask" in [block.kind for block in its_story.body]
    # The site's own name stands at the top; it is kept, since nothing says that it is no part of the story.
    assert "Harbour Courier" in str(its_story.body)


def test_ages_votes_and_buttons_of_comments_are_no_comments() -> None:
    jan, ana = comments(page(EURO))

    assert (jan.author_name, jan.text) == ("Jan van der Meer", "<p>Heard it from my kitchen.</p>")
    assert (ana.author_name, ana.text) == ("Ana", "<p>Is it insured?</p>")


def test_a_page_without_meter_or_thread_is_a_story_and_says_what_is_missing() -> None:
    saved = page(NO_THREAD)

    assert [type(record) for record in saved.records] == [StoryRecord]
    unsure = {finding.what for finding in saved.findings if finding.certainty == "unsure"}
    assert {"meter", "comment area"} <= unsure


def test_markup_in_a_saved_text_stays_text() -> None:
    saved = page("A Headline of Words\n\nWords <script>alert(1)</script> and more words.\n")

    assert "<script>" not in str(story(saved).body)


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        (b"", "holds no words"),
        (b" \n\n", "holds no words"),
        (b"\x89PNG\0\0", "no plain text"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "HTML"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, stored: bytes, sentence: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(stored)

    with pytest.raises(ImportRefused, match=sentence):
        read_page(file)


def test_an_older_encoding_is_read(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes("Caf\u00e9 “Harbour” Closes\n\nIt closed on Monday.\n".encode("cp1252"))

    assert story(read_page(file)).headline == "Caf\u00e9 “Harbour” Closes"


def test_the_same_text_is_the_same_page_whatever_its_name(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(WHOLE)

    assert name_of_source(tmp_path / "one.txt") == name_of_source(tmp_path / "two.txt")


if REFERENCE.exists():

    def test_the_reference_page_is_read_whole() -> None:
        saved = read_page(REFERENCE)

        meter = campaign(saved)
        assert (meter.goal_minor, meter.raised_minor, len(meter.marks)) == (500_000, 144_000, 1)
        assert sum(str(block.value).count("<p>") for block in story(saved).body if block.kind == "text") == 16
        said = comments(saved)
        assert len(said) == 12
        assert sum(comment.author_name == "Unknown reader" for comment in said) == 6
