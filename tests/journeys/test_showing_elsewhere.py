"""A comment on its way to another site: from its link to the lines to copy, and into a foreign frame."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor


def test_the_link_of_a_comment_leads_to_the_lines_that_show_it_elsewhere(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    comment = visitor.thread.locator("article.comment").first
    words = comment.locator(".comment__text").first.inner_text()

    comment.get_by_role("link", name="Link").first.click()
    visitor.page.get_by_role("link", name="Show this comment on another site").click()
    lines = visitor.page.get_by_role("textbox", name="The comment by").input_value()

    assert lines.startswith("<iframe src=")
    assert lines.endswith("</iframe>")
    assert words in visitor.page.locator("blockquote").inner_text()


def test_readers_find_the_lines_that_show_the_meter_elsewhere(visitor: Visitor) -> None:
    visitor.go(f"/support/{visitor.newsroom.facts['campaign']['slug']}/")

    visitor.page.get_by_text("Put this meter on your site").click()
    lines = visitor.page.get_by_role("textbox", name="The meter as a part of a page").input_value()

    assert lines.startswith("<iframe src=")
    assert lines.endswith("</iframe>")


class Elsewhere(BaseHTTPRequestHandler):
    """Another origin: the same machine, another port."""

    page = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as http.server calls it
        """Nothing: the tests have their own report."""


@pytest.fixture
def other_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_d07_a_comment_shows_in_a_foreign_frame_and_the_story_does_not(
    browser: Browser, newsroom: Newsroom, other_site: str
) -> None:
    home = newsroom.url
    embed = f"{home}/talk/comments/{newsroom.facts['talk']['oldest']}/embed/"
    frames = f'<iframe name="comment" src="{embed}"></iframe><iframe name="story" src="{home}{newsroom.path("busy")}"></iframe>'
    Elsewhere.page = frames.encode()

    with browser.new_context() as context:
        page = context.new_page()
        page.goto(other_site)
        comment, story = page.frame("comment"), page.frame("story")
        assert comment is not None
        assert story is not None

        assert comment.locator(".embed__text").inner_text()
        assert story.locator("article").count() == 0
        assert context.cookies() == []


def test_d07_the_meter_shows_on_another_site_as_a_frame_and_as_a_picture(
    browser: Browser, newsroom: Newsroom, other_site: str
) -> None:
    campaign = f"{newsroom.url}/support/{newsroom.facts['campaign']['slug']}/"
    frames = f'<iframe name="meter" src="{campaign}meter.html"></iframe><iframe name="page" src="{campaign}"></iframe>'
    Elsewhere.page = f'{frames}<img src="{campaign}meter.svg">'.encode()

    with browser.new_context() as context:
        page = context.new_page()
        page.goto(other_site)
        meter, whole = page.frame("meter"), page.frame("page")
        assert meter is not None
        assert whole is not None

        assert meter.get_by_role("meter").count() == 1
        assert whole.locator("article").count() == 0
        assert page.evaluate("document.images[0].naturalWidth") == 480
        assert context.cookies() == []
