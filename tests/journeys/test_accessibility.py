"""Every kind of page, light and dark, narrow and wide, through axe: no violation of WCAG 2.2 AA."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from readership.discussion.tests.picture_makers import jpeg
from tests.journeys import visitor as visiting
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

WIDTHS = (360, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Off by default, and just what a row of small vote buttons gets wrong.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
Way = Callable[[Visitor], object]


def at(address: str) -> Way:
    """An address, or the name of one among the newsroom's facts."""
    return lambda visitor: visitor.go(visitor.newsroom.facts.get(address, address))


def with_errors(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("quiet"))
    visitor.fill("  ", name="Mira Solberg")
    visitor.send()


def with_own_comment(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.fresh_story())
    visitor.post("The gulls are back.")


def with_held_comment(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.fresh_story())
    visitor.fill("See https://tides.example/ for the tables.")
    visitor.send()


def with_own_picture(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.fresh_story())
    visitor.fill("Look at the pier.")
    visitor.attach(jpeg(), shows="The new pier")
    visitor.send()


def edit_with_picture(visitor: Visitor) -> None:
    with_own_picture(visitor)
    visitor.page.locator("#comments a[href*='/edit/']").first.click()
    visitor.page.wait_for_url(re.compile("/edit/"))


def with_wrong_picture(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.fresh_story())
    visitor.fill("Look at the pier.")
    visitor.attach(b"no picture", shows="The new pier")
    visitor.send()


def of_own_comment(verb: str) -> Way:
    def go(visitor: Visitor) -> None:
        with_own_comment(visitor)
        visitor.page.locator(f"#comments a[href*='/{verb}/']").first.click()
        visitor.page.wait_for_url(re.compile(f"/{verb}/"))

    return go


def reply(visitor: Visitor) -> None:
    visitor.go(f"/discuss/comments/{visitor.newsroom.facts['talk']['newest']}/reply/")


def elsewhere(visitor: Visitor) -> None:
    visitor.go(f"/talk/comments/{visitor.newsroom.facts['talk']['oldest']}/")


def with_reply_open(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    visitor.thread.locator("a[href*='/reply/']").first.click()


def with_preview(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    visitor.fill("It was ||the captain||, says **Grete**. `x` > y")
    visitor.write.locator("[name=preview]").click()
    visitor.page.locator(".preview").wait_for()


def on_preview_page(visitor: Visitor) -> None:
    with_preview(visitor)
    address = visitor.write.locator("[name=preview]").get_attribute("formaction")
    visitor.write.evaluate("(form, address) => { form.action = address; form.submit(); }", address)
    visitor.page.wait_for_url(f"**{address}")


def with_names_offered(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    visitor.write.locator("[name=text]").press_sequentially("Ask @")
    visitor.page.get_by_role("option").first.wait_for()


def with_picture_open(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    visitor.page.locator("figure a[href^='/media/']").first.click()
    visitor.page.get_by_role("dialog").wait_for()


def with_aids(visitor: Visitor) -> None:
    """Everything is new, somebody is muted, a branch is hidden, and there is news."""
    busy = visitor.newsroom.path("busy")
    visitor.go(busy)
    visitor.page.evaluate(
        """() => {
          const key = `seen ${document.querySelector("unread-marks").getAttribute("thread")}`;
          for (const kept of [localStorage, sessionStorage]) kept.setItem(key, "1");
          localStorage.setItem("muted", "Neighbour 60");
        }"""
    )
    visitor.go(busy)
    visitor.thread.get_by_role("button", name="Hide 9 replies").click()
    visitor.page.locator("muted-list summary").click()
    visitor.page.evaluate("document.querySelector('thread-news').tell({ count: 999, newest: 1 })")
    visitor.thread.get_by_role("button", name="Next new comment").click()


def with_invitation(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("busy"))
    visitor.page.set_viewport_size({"width": visitor.page.viewport_size["width"], "height": 450})  # type: ignore[index]
    visitor.page.locator(".story__body blockquote").first.evaluate("quote => quote.scrollIntoView()")
    visitor.page.locator("talk-invitation.is-floating").wait_for()


KINDS: dict[str, Way] = {
    "front page": at("/"),
    "section": at("section"),
    "section without stories": at("empty_section"),
    "story without comments": at("quiet"),
    "story with many comments": at("busy"),
    "story with new comments": with_aids,
    "story with the invitation": with_invitation,
    "closed thread": at("closed"),
    "errors in the form": with_errors,
    "own comment": with_own_comment,
    "held comment": with_held_comment,
    "own comment with a picture": with_own_picture,
    "wrong picture in the form": with_wrong_picture,
    "edit with a picture": edit_with_picture,
    "reply open in the thread": with_reply_open,
    "preview in the thread": with_preview,
    "preview page": on_preview_page,
    "names offered": with_names_offered,
    "picture in full size": with_picture_open,
    "author": at("author"),
    "topic": at("topic"),
    "search": at("/search/"),
    "search with results": at("/search/?q=ferry"),
    "search without results": at("/search/?q=zeppelin"),
    "standing page": at("standing"),
    "standing page with a thread": at("guestbook"),
    "support": at("/support/"),
    "reply": reply,
    "comment for other sites": elsewhere,
    "edit": of_own_comment("edit"),
    "withdraw": of_own_comment("withdraw"),
    "message": at("/discuss/comments/999999/edit/"),
    "not found": at("/no-such-page/"),
}


@dataclass(frozen=True)
class Finding:
    look: str
    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.look}: {self.rule} at {self.where}"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on(browser: Browser, newsroom: Newsroom, kind: str, width: int) -> None:
    visitor = visiting.visitor(browser, newsroom, width=width)
    try:
        KINDS[kind](visitor)

        found = [str(finding) for finding in _findings(visitor)]
    finally:
        visitor.context.close()

    assert not found, "\n".join(found)
    assert visitor.watch.wrong == []


def _findings(visitor: Visitor) -> Iterator[Finding]:
    for look in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=look)
        for violation in Axe().run(visitor.page, options=OPTIONS).response["violations"]:
            for node in violation["nodes"]:
                yield Finding(look, violation["id"], f"{node['target']} {node['html'][:200]}")
