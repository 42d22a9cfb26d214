"""Whatever a body holds, and whoever put it there, a page shows only what is safe (A07, A10, A19)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from readership.stories import kept_html
from readership.stories.blocks import KeptHtmlBlock, StoryBody
from readership.stories.tests.makers import make_picture, make_story

UNSAFE_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
    "http://[",
    "ftp://example.org/",
    "http:///path",
]


def shown(*blocks: tuple[str, Any]) -> str:
    body = StoryBody()
    return str(body.render(body.to_python([{"type": name, "value": value} for name, value in blocks])))


@pytest.mark.parametrize("address", UNSAFE_ADDRESSES)
def test_a07_only_addresses_of_the_web_are_followed(address: str) -> None:
    quote = {"text": "Words", "speaker": "", "source": "Minutes", "source_url": address}

    page = shown(("embed", {"url": address, "title": "Film"}), ("quote", quote))

    assert "href" not in page
    assert "cite=" not in page
    assert kept_html.web_address(address) == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "&#106;avascript:alert(1)", "data:x", "//evil.example/"])
@pytest.mark.parametrize("block", ["text", "kept_html"])
def test_a07_links_in_text_of_an_older_site_lead_nowhere_unsafe(block: str, address: str) -> None:
    assert "href" not in shown((block, f'<p><a href="{address}">x</a></p>'))


@pytest.mark.parametrize("block", ["text", "kept_html"])
@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=//x></iframe>", "<svg onload=alert(1)>",
     '<p style="position:fixed" onclick="x()">a</p>', "<style>*{}</style>", "<form action=/x><input></form>",
     "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"],
)  # fmt: skip
def test_markup_that_acts_is_taken_away_when_it_is_shown(block: str, html: str) -> None:
    page = shown((block, html))

    for part in ("<script", "onerror", "<iframe", "onload", "style", "onclick", "<form", "<input", "<img"):
        assert part not in page


def test_kept_html_is_cleaned_when_it_is_saved_and_refused_when_nothing_is_left() -> None:
    block = KeptHtmlBlock()

    assert block.clean("<p onclick=x()>Kept</p><script>x</script>") == "<p>Kept</p>"
    with pytest.raises(ValidationError):
        block.clean("<script>x</script>")


def test_a19_no_value_breaks_out_of_its_markup() -> None:
    nasty = '"><script>alert(1)</script>'
    page = shown(
        ("heading", {"text": nasty, "level": "2 onclick=alert(1)"}),
        ("quote", {"text": nasty, "speaker": nasty, "source": nasty, "source_url": f"https://x.example/{nasty}"}),
        ("pull_quote", {"text": nasty, "credit": nasty}),
        ("fact_box", {"title": nasty, "text": "<p>Facts</p>"}),
        ("embed", {"url": f"https://x.example/{nasty}", "title": nasty}),
        ("table", {"data": [[nasty]], "table_caption": nasty, "first_row_is_table_header": True}),
        ("gallery", {"title": nasty, "images": []}),
    )  # fmt: skip

    assert "<script" not in page
    assert "onclick" not in page
    assert page.count("<h2") == 3  # The heading, the fact box's and the gallery's.


def test_headings_never_take_an_id_that_the_page_itself_uses() -> None:
    page = shown(("heading", {"text": "Comments", "level": "3"}), ("heading", {"text": "التعليقات", "level": "2"}))

    assert 'id="comments"' not in page
    assert 'id=""' not in page


def test_a_table_says_what_its_headers_head() -> None:
    value = {
        "data": [["Port", "Delay"], ["Marram", "12"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "Delays",
    }

    page = shown(("table", value))

    assert "<caption>Delays</caption>" in page
    assert '<th scope="col">Port</th>' in page
    assert '<th scope="row">Marram</th>' in page


def test_an_embed_is_a_link_that_names_where_it_leads() -> None:
    page = shown(("embed", {"url": "https://www.video.example/watch?v=1&t=2", "title": "The council, live"}))

    assert 'href="https://www.video.example/watch?v=1&amp;t=2"' in page
    assert "video.example" in page
    assert "<iframe" not in page


@pytest.mark.django_db
def test_a_decoration_says_nothing_to_those_who_cannot_see_it() -> None:
    picture = make_picture(alt="A pier", caption="The pier")
    story = make_story(body=[("image", {"image": picture, "is_decorative": True})])

    page = str(story.body)

    assert 'alt=""' in page
    assert "A pier" not in page


@pytest.mark.django_db
def test_a_gallery_shows_each_picture_with_its_own_words() -> None:
    images = [{"image": make_picture(alt="One")}, {"image": make_picture(alt="Two"), "caption": "The second"}]
    story = make_story(body=[("gallery", {"title": "Piers", "images": images})])

    page = str(story.body)

    assert page.count("<figure") == 2
    assert 'alt="One"' in page
    assert "The second" in page
