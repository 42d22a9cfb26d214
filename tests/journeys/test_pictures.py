"""A picture with a comment, from the form to the page that all share, and away again."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from readership.discussion.tests import picture_makers as files
from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor, within

scripts_only = pytest.mark.parametrize("has_script", [True], ids=["with_script"])
PHOTO = files.jpeg(files.halves(1_200, 900))


def choose(visitor: Visitor, content: bytes = PHOTO, *, shows: str = "The new pier at noon") -> None:
    visitor.attach(content, shows=shows)


def picture_in(comment: Locator) -> Locator:
    return comment.get_by_role("img", name="The new pier at noon")


def is_drawn(picture: Locator) -> bool:
    picture.scroll_into_view_if_needed()
    # Also where a page runs no scripts, the browser that drives it may ask.
    return bool(within(5, lambda: bool(picture.evaluate("one => one.complete && one.naturalWidth > 0"))))


def test_a_guests_picture_is_held_approved_shown_opened_and_removed(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    story = newsroom.fresh_story()
    words = f"Look at the pier near {story}"
    visitor.go(story)
    visitor.fill(words, name="Grete")
    choose(visitor)
    visitor.send()

    own = visitor.said(words)
    expect(own).to_contain_text("Only you can see this yet.")
    assert is_drawn(picture_in(own))
    held_address = str(picture_in(own).get_attribute("src"))
    stranger = another()
    stranger.go(story)
    expect(stranger.thread).not_to_contain_text(words)
    assert newsroom.server.ask(held_address).status == 404

    moderator = another()
    moderator.sign_in("moderator")
    moderator.go("/admin/comments/")
    row = moderator.page.locator("tr", has_text=words)
    expect(row).to_contain_text("A guest added a picture.")
    expect(row).to_contain_text("The new pier at noon")
    assert is_drawn(picture_in(row))
    row.get_by_role("button", name="Publish").click()

    stranger.go_until_it_shows(story, words)
    shown = picture_in(stranger.said(words))
    assert is_drawn(shown)
    address = str(shown.get_attribute("src"))
    assert newsroom.server.ask(address).headers["content-type"] == "image/webp"
    shown.click()
    if stranger.has_script:
        expect(stranger.page.get_by_role("dialog")).to_be_visible()
        stranger.page.keyboard.press("Escape")
    else:
        expect(stranger.page).to_have_url(re.compile(r"/talk/pictures/full/[0-9a-f]{32}\.webp$"))

    moderator.go("/admin/comments/?state=published")
    moderator.page.locator("tr", has_text=words).get_by_role("button", name="Remove").click()
    expect(moderator.page.get_by_text("Removed. Nothing is lost")).to_be_visible()
    assert within(3, lambda: newsroom.server.ask(address).status == 404)


def test_a_file_that_is_no_picture_is_named_at_its_field_and_nothing_typed_is_lost(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("Look at the pier.", name="Grete")
    choose(visitor, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    visitor.send()

    wrong = visitor.write.locator("[name=picture]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(visitor.write.locator("#write-picture-error")).to_contain_text("cannot be read as a picture")
    expect(visitor.write.locator("[name=text]")).to_have_value("Look at the pier.")
    expect(visitor.write.locator("[name=picture_alt]")).to_have_value("The new pier at noon")

    wrong.set_input_files(FilePayload(name="pier.png", mimeType="image/png", buffer=files.png()))
    visitor.send()
    assert is_drawn(picture_in(visitor.said("Look at the pier.")))


def test_another_mistake_says_that_the_picture_has_to_be_chosen_again(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("Look at the pier.", name="")
    choose(visitor)
    visitor.send()

    expect(visitor.write.locator("#write-picture-error")).to_contain_text("choose the picture again")
    expect(visitor.write.locator("[name=picture_alt]")).to_have_value("The new pier at noon")


def test_a_preview_loses_no_picture_in_silence(visitor: Visitor, newsroom: Newsroom) -> None:
    """With scripts the file stays chosen; without, the page of the preview says what to do."""
    visitor.go(newsroom.fresh_story())
    visitor.fill("Look at the *pier*.", name="Grete")
    choose(visitor)

    visitor.write.locator("[name=preview]").click()
    expect(visitor.page.locator(".preview em")).to_have_text("pier")
    if visitor.has_script:
        assert visitor.write.locator("[name=picture]").evaluate("one => one.files.length") == 1
    else:
        expect(visitor.write.locator("#write-picture-error")).to_contain_text("choose the picture again")
    expect(visitor.write.locator("[name=picture_alt]")).to_have_value("The new pier at noon")


@scripts_only
def test_a_file_that_is_too_large_is_not_even_sent(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("Look at the pier.", name="Grete")
    choose(visitor, PHOTO + b"\0" * 9_000_000)

    expect(visitor.write.get_by_role("alert")).to_contain_text("too large")
    assert visitor.write.locator("[name=picture]").evaluate("one => one.files.length") == 0

    choose_again = FilePayload(name="pier.jpg", mimeType="image/jpeg", buffer=PHOTO)
    visitor.write.locator("[name=picture]").set_input_files(choose_again)
    expect(visitor.write.get_by_role("alert")).to_have_text("")


def test_b04_b05_a_file_above_the_limit_gets_its_sentence_and_one_far_above_is_not_read(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    address = urlsplit(newsroom.url)
    thread = newsroom.facts["thread_of"][newsroom.fresh_story()]
    head = [f"POST /discuss/threads/{thread}/comments/ HTTP/1.1", f"Host: {address.netloc}"]

    assert newsroom.server.raw(*head, "Content-Length: 99000000").startswith("HTTP/1.1 413")
    if not visitor.has_script:
        visitor.go(newsroom.fresh_story())
        visitor.fill("Look at the pier.", name="Grete")
        choose(visitor, PHOTO + b"\0" * 9_000_000)
        visitor.send()
        expect(visitor.write.locator("#write-picture-error")).to_contain_text("Please choose one of at most")
        expect(visitor.write.locator("[name=text]")).to_have_value("Look at the pier.")


def test_its_writer_says_better_what_it_shows_and_takes_it_away(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("Look at the pier.", name="Grete")
    choose(visitor, shows="Pier")
    visitor.send()

    visitor.said("Look at the pier.").locator("a[href*='/edit/']").click()
    visitor.page.locator("main [name=picture_alt]").fill("The new pier at noon")
    visitor.page.locator("main form [type=submit]").click()
    assert is_drawn(picture_in(visitor.said("Look at the pier.")))

    visitor.said("Look at the pier.").locator("a[href*='/edit/']").click()
    visitor.page.get_by_label("Take the picture away").check()
    visitor.page.locator("main form [type=submit]").click()
    expect(visitor.said("Look at the pier.")).to_be_visible()
    expect(visitor.said("Look at the pier.").locator("img")).to_have_count(0)
