"""Somebody with a browser, and somebody else who watches what that browser asks for and complains about."""

from __future__ import annotations

import itertools
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.journeys.newsroom import PASSWORD, Newsroom

# The one without windows, where it is there, takes a third less of the processor.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    # Whatever a page or the browser itself asks for elsewhere finds no such host.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
PATIENCE = 20_000  # milliseconds; a test machine may be busy with other things
ANSWER_IN_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
_places = itertools.count(1)


@contextmanager
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("The journeys need Chromium. On Debian or Ubuntu: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What no journey may cause: a request to another host, an error in the console, a broken part of a page."""

    home: str
    # Another host that a journey is meant to lead to, such as the processor's.
    also: str = ""
    wrong: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))

    def _asked(self, request: Request) -> None:
        allowed = (f"{self.home}/", "data:", "blob:", "about:", *([f"{self.also}/"] if self.also else []))
        if not request.url.startswith(allowed):
            self.wrong.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        is_part = not response.request.is_navigation_request()
        # A refused vote is answered to a script with the sentence to show, and the admin saves drafts by itself.
        is_refusal = response.request.method == "POST" and response.status < 500
        if response.status >= 500 or (response.status >= 400 and is_part and not is_refusal):
            self.wrong.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # The browser's own page around a picture styles itself, which our policy for files forbids.
        files = (f"{self.home}/media/", f"{self.home}/talk/pictures/", f"{self.home}/discuss/pictures/")
        is_ours = not message.location["url"].startswith(files)
        if message.type == "error" and is_ours and not ANSWER_IN_CONSOLE.match(message.text):
            self.wrong.append(f"console: {message.text}")


@dataclass
class Visitor:
    """A person at a browser of their own: own cookies, own network."""

    newsroom: Newsroom
    context: BrowserContext
    page: Page
    has_script: bool
    watch: Watch
    network: str

    def go(self, path: str) -> Response:
        answer = self.page.goto(f"{self.newsroom.url}{path}")
        assert answer is not None
        return answer

    def go_until_it_shows(self, path: str, text: str) -> None:
        """The page that all share shows what was written within a second."""

        def shows() -> bool:
            self.go(path)
            return self.said(text).count() > 0

        assert within(5, shows), f"{path} does not show “{text}”"

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.newsroom.url)

    @property
    def thread(self) -> Locator:
        return self.page.locator("#comments")

    @property
    def write(self) -> Locator:
        """The form for a new comment or a reply."""
        return self.page.locator("form[action*='/discuss/threads/']")

    def attach(self, content: bytes, *, shows: str) -> None:
        self.write.locator("summary", has_text="Add a picture").click()
        file = FilePayload(name="IMG_4711.jpg", mimeType="image/jpeg", buffer=content)
        self.write.locator("[name=picture]").set_input_files(file)
        self.write.locator("[name=picture_alt]").fill(shows)

    def roots(self) -> Locator:
        return self.page.locator("#comments > article")

    def comment(self, comment_id: int | str) -> Locator:
        return self.page.locator(f"#comment-{comment_id}")

    def fill(self, text: str, *, name: str = "Old Salt") -> None:
        self.write.locator("[name=text]").fill(text)
        self.write.locator("[name=name]").fill(name)

    def post(self, text: str, *, name: str = "Old Salt") -> Locator:
        """Post a comment; the place where it stands now, by its words."""
        self.fill(text, name=name)
        self.send()
        return self.said(text)

    def send(self) -> None:
        """Send the form and wait for the answer: who goes on at once breaks the request off, as any browser does."""
        with self.page.expect_navigation():
            self.write.locator("[type=submit]").click()

    def said(self, text: str) -> Locator:
        """The comment with these words, without the comments above it."""
        return self.thread.locator("article", has=self.page.get_by_text(text, exact=True)).last

    def sign_in(self, person: str) -> None:
        self.go("/admin/login/")
        self.page.locator("[name=username]").fill(self.newsroom.facts["people"][person])
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("form [type=submit]").first.click()
        self.page.wait_for_url("**/admin/")


def visitor(
    browser: Browser,
    newsroom: Newsroom,
    *,
    has_script: bool = True,
    width: int = 1280,
    height: int = 900,
    also: str = "",
) -> Visitor:
    number = next(_places)
    network = f"10.0.{number // 250}.{number % 250 + 1}"
    context = browser.new_context(
        java_script_enabled=has_script,
        viewport={"width": width, "height": height},
        extra_http_headers={"X-Forwarded-For": network},
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(newsroom.url, also)
    watch.over(context)
    return Visitor(newsroom, context, context.new_page(), has_script, watch, network)


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Whether it comes to be so in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
