"""A reader subscribes and says yes in the mail; an editor writes, tries and sends a letter; one click stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys import visitor as visiting
from tests.journeys.mailbox import link_in, mail_saying, words_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.test_accessibility import OPTIONS
from tests.journeys.test_following import FORM, check
from tests.journeys.visitor import Visitor, within


@pytest.fixture
def editor(browser: Browser, newsroom: Newsroom) -> Iterator[Visitor]:
    """The admin needs scripts, whatever readers have."""
    came = visiting.visitor(browser, newsroom, has_script=True)
    came.sign_in("editor")
    yield came
    came.context.close()
    assert came.watch.wrong == []


def test_a_reader_subscribes_gets_a_letter_and_stops_it_with_one_click(
    visitor: Visitor, editor: Visitor, newsroom: Newsroom
) -> None:
    name = "js" if visitor.has_script else "plain"
    address, subject = f"subscriber-{name}@example.org", f"Why we went to the {name} harbour"
    visitor.go(newsroom.path("quiet"))
    visitor.page.locator("#newsletter summary").click()
    check(visitor)
    box = visitor.page.locator("#newsletter form")
    box.get_by_role("button", name="Subscribe").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Please give the e-mail address")
    check(visitor)
    visitor.page.get_by_label("Letters from the newsroom").check()
    visitor.page.get_by_label("E-mail").fill(address)
    visitor.page.get_by_role("button", name="Subscribe").click()
    expect(visitor.page.get_by_role("heading", name="Please look into your mail")).to_be_visible()

    visitor.go(link_in(words_of(mail_saying(newsroom, address, "Do you want our newsletter?")), "/newsletter/confirm/"))
    check(visitor)
    visitor.page.get_by_role("button", name="Yes, send it to me").click()
    expect(visitor.page.locator("#said")).to_contain_text("it comes from now on")
    expect(visitor.page.get_by_label("Letters from the newsroom")).to_be_checked()
    check(visitor)

    _write(editor, subject)
    check_desk(editor)
    editor.page.get_by_role("button", name="Send a test to myself").click()
    mail_saying(newsroom, "edda@lantern.example", f"[Test] {subject}")
    _schedule_and_take_back(editor.page)
    editor.page.get_by_role("link", name="Send now").click()
    expect(editor.page.locator("main")).to_contain_text(re.compile(r"\d+ readers? gets? it\."))
    check_desk(editor)
    editor.page.get_by_role("button", name="Send it now").click()
    expect(editor.page.locator("main")).to_contain_text("It is being sent")

    letter = mail_saying(newsroom, address, subject)
    assert "The tide was low." in words_of(letter)
    assert within(60, lambda: _shows_sent(editor.page))
    archived = editor.page.locator(".issue__facts a[href^='/newsletter/archive/']").get_attribute("href")
    visitor.go(str(archived))
    expect(visitor.page.get_by_role("heading", name=subject)).to_be_visible()

    way = link_in(words_of(letter), "/newsletter/stop/")
    assert newsroom.server.ask(way, method="POST", body=b"List-Unsubscribe=One-Click", Content_Type=FORM).status == 200
    visitor.go(way)
    expect(visitor.page.get_by_role("heading", name="Stopped")).to_be_visible()
    check(visitor)
    visitor.page.get_by_role("link", name="All your newsletters").click()
    expect(visitor.page.get_by_label("Letters from the newsroom")).not_to_be_checked()


def check_desk(editor: Visitor) -> None:
    """Our part of the page: what Wagtail draws around it, such as its messages, is Wagtail's affair."""
    editor.page.wait_for_load_state()
    found = Axe().run(editor.page, context=".desk", options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


def _write(editor: Visitor, subject: str) -> None:
    page = editor.page
    editor.go("/admin/newsletter/issues/new/")
    page.locator("[name=subject]").fill(subject)
    assert within(20, lambda: _typed(page, "The tide was low."))
    # The editor hands over what was typed a moment later.
    page.wait_for_function("document.querySelector('[name=body]').value.includes('The tide was low.')")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile(r"/admin/newsletter/\d+/$"))
    expect(page.locator(".issue__text")).to_contain_text("The tide was low.")
    expect(page.frame_locator(".issue__look iframe").first.locator("h1")).to_have_text(subject)


def _typed(page: Page, text: str) -> bool:
    """The editor takes the first letters only once it is ready."""
    box = page.locator(".public-DraftEditor-content").first
    box.click()
    if text not in box.inner_text():
        page.keyboard.type(text)
    return text in box.inner_text()


def _schedule_and_take_back(page: Page) -> None:
    page.locator("[name=send_at]").fill("2099-01-01 06:00")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator(".issue__facts")).to_contain_text("scheduled")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".issue__facts")).to_contain_text("draft")


def _shows_sent(page: Page) -> bool:
    page.reload()
    return "sent:" in page.locator(".issue__facts").inner_text()
