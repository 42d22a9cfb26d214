"""Every kind of page, light and dark, narrow and wide, through axe: no violation of WCAG 2.2 AA, nothing wider than
the window at 400 % zoom. And what axe cannot tell: forced colours, motion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from readership.discussion.tests.picture_makers import jpeg
from tests.journeys import visitor as visiting
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

# A window of 1,280 by 1,024 at 400 % and at 100 % (WCAG 1.4.10).
WINDOWS = {"400 %": (320, 256), "100 %": (1280, 1024)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Off by default, and just what a row of small vote buttons gets wrong.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
Way = Callable[[Visitor], object]
Look = Literal["light", "dark"]
LOOKS: tuple[Look, ...] = ("light", "dark")


@pytest.fixture(params=[True], ids=["with_script"])
def has_script(request: pytest.FixtureRequest) -> bool:
    """axe itself is a script."""
    return bool(request.param)


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


def of_a_comment(address: str) -> Way:
    """The newest of all was removed: the oldest has pages."""
    return lambda visitor: visitor.go(address.format(visitor.newsroom.facts["talk"]["oldest"]))


def on_edit_preview(visitor: Visitor) -> None:
    of_own_comment("edit")(visitor)
    address = visitor.page.locator("main [name=preview]").get_attribute("formaction")
    visitor.page.locator("main form.write").evaluate("(form, to) => { form.action = to; form.submit(); }", address)
    visitor.page.wait_for_url(f"**{address}")


def as_moderator(address: str) -> Way:
    def go(visitor: Visitor) -> None:
        visitor.sign_in("moderator")
        of_a_comment(address)(visitor)

    return go


def thread_of_moderator(visitor: Visitor) -> None:
    visitor.sign_in("moderator")
    visitor.go(f"{visitor.newsroom.path('busy')}?own=1")


def with_too_much(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("quiet"))
    visitor.fill("Nine years. " * 25_000)
    visitor.send()


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


def on_campaign_page(visitor: Visitor) -> None:
    visitor.go(f"/support/{visitor.newsroom.facts['campaign']['slug']}/")


def with_name_taken(visitor: Visitor) -> None:
    visitor.go("/account/signup/")
    visitor.page.locator("[name=name]").fill("Edda Editor")
    visitor.page.locator("main [type=submit]").click()
    visitor.page.locator(".errorlist").first.wait_for()


def on_code(visitor: Visitor) -> None:
    visitor.go("/account/login/")
    visitor.page.locator("#code-email").fill("nobody@readers.example")
    visitor.page.locator("main [type=submit]").first.click()
    visitor.page.locator("[name=code]").wait_for()


def in_account(address: str) -> Way:
    def go(visitor: Visitor) -> None:
        visitor.sign_in("editor")
        visitor.go(address)

    return go


def on_public_page(visitor: Visitor) -> None:
    in_account("/account/")(visitor)
    visitor.page.locator("main a[href^='/people/']").click()
    visitor.page.locator(".person__head").wait_for()


def with_newsletter_errors(visitor: Visitor) -> None:
    visitor.go("/newsletter/")
    visitor.page.locator("[name=edition]").first.uncheck()
    visitor.page.locator("main [type=submit]").click()
    visitor.page.wait_for_url("**/newsletter/join/")


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
    "reply": of_a_comment("/discuss/comments/{}/reply/"),
    "reply with a quote": of_a_comment("/discuss/comments/{}/reply/?quote=1"),
    "comment for other sites": of_a_comment("/talk/comments/{}/"),
    "comment in a frame": of_a_comment("/talk/comments/{}/embed/"),
    "earlier versions": of_a_comment("/discuss/comments/{}/versions/"),
    "moderators’ tools": as_moderator("/discuss/comments/{}/tools/"),
    "mute": as_moderator("/discuss/comments/{}/mute/"),
    "muted people": as_moderator("/discuss/mutes/"),
    "thread of a moderator": thread_of_moderator,
    "campaign": on_campaign_page,
    "open books": at("/support/books/"),
    "wall of givers": at("/support/givers/"),
    "edit": of_own_comment("edit"),
    "preview of an edit": on_edit_preview,
    "too much at once": with_too_much,
    "problems of the API": at("/api/v1/problems"),
    "withdraw": of_own_comment("withdraw"),
    "message": at("/discuss/comments/999999/edit/"),
    "not found": at("/no-such-page/"),
    "sign in": at("/account/login/"),
    "open an account": at("/account/signup/"),
    "name taken": with_name_taken,
    "code": on_code,
    "own account": in_account("/account/"),
    "sessions": in_account("/account/sessions/"),
    "address of the account": in_account("/account/email/"),
    "password": in_account("/account/password/set/"),
    "passkeys": in_account("/account/2fa/webauthn/"),
    "new passkey": in_account("/account/2fa/webauthn/add/"),
    "second step": in_account("/account/2fa/"),
    "app for codes": in_account("/account/2fa/totp/activate/"),
    "is it you": in_account("/account/again/"),
    "public page of a reader": on_public_page,
    "newsletter": at("/newsletter/"),
    "newsletter asked for": at("/newsletter/asked/"),
    "archive of the newsletter": at("/newsletter/archive/"),
    "issue in the archive": at("issue"),
    "errors in the form of the newsletter": with_newsletter_errors,
}


# A kind that ends on one of these by mistake would check nothing of itself.
ERRORS = {"There is nothing at this address": "not found", "That did not work": "message"}


@dataclass(frozen=True)
class Finding:
    look: str
    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.look}: {self.rule} at {self.where}"


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on(browser: Browser, newsroom: Newsroom, kind: str) -> None:
    visitor = visiting.visitor(browser, newsroom)
    try:
        KINDS[kind](visitor)

        found = [f"{window}: {finding}" for window in WINDOWS for finding in _seen_through(visitor, window)]
        headline = visitor.page.locator("h1").first.inner_text() if visitor.page.locator("h1").count() else ""
    finally:
        visitor.context.close()

    assert not found, "\n".join(found)
    assert ERRORS.get(headline, kind) == kind
    assert visitor.watch.wrong == []


def test_axe_is_asked_about_the_size_of_targets(visitor: Visitor) -> None:
    """Attack cases 0.1.11: off by default, so a wrong word in the options would go unnoticed."""
    visitor.go(visitor.newsroom.path("quiet"))
    visitor.page.evaluate(
        """() => document.querySelector("h1").replaceChildren(...["a", "b"].map((name) => {
          const button = document.createElement("button");
          button.textContent = name;
          button.style.cssText = "all: unset; display: inline-block; inline-size: 12px; block-size: 12px";
          return button;
        }))"""
    )

    assert "target-size" in {violation["id"] for violation in _violations(visitor)}


def _seen_through(visitor: Visitor, window: str) -> Iterator[str]:
    width, height = WINDOWS[window]
    visitor.page.set_viewport_size({"width": width, "height": height})
    # Colours do not change with the width: they are looked at in both looks once.
    yield from map(str, _findings(visitor, LOOKS if window == "100 %" else LOOKS[:1]))
    widest = visitor.page.evaluate("document.documentElement.scrollWidth")
    if widest > width:
        yield f"{widest} px wide"


def _findings(visitor: Visitor, looks: tuple[Look, ...] = LOOKS) -> Iterator[Finding]:
    for look in looks:
        visitor.page.emulate_media(color_scheme=look)
        for violation in _violations(visitor):
            for node in violation["nodes"]:
                yield Finding(look, violation["id"], f"{node['target']} {node['html'][:200]}")


def _violations(visitor: Visitor) -> list[dict[str, Any]]:
    # axe would fetch the stylesheets once more, which the policy of a frame forbids to scripts.
    options = OPTIONS | {"preload": not visitor.path.endswith("/embed/")}
    found: list[dict[str, Any]] = Axe().run(visitor.page, options=options).response["violations"]
    return found


STYLE = """(element, [name, pseudo]) => getComputedStyle(element, pseudo || null)[name]"""


def style(place: Locator, name: str) -> str:
    return str(place.evaluate(STYLE, [name, ""]))


def test_colours_that_a_reader_forces_hide_no_state(visitor: Visitor) -> None:
    """Forced colours take backgrounds and shadows away: what is chosen, own or new must show by form as well."""
    with_aids(visitor)
    visitor.page.emulate_media(forced_colors="active")
    thread = visitor.thread

    agree = thread.locator(".vote__button[value='1']").last
    agree.click()
    pressed = thread.locator(".vote__button[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    others = thread.locator(".vote__button[aria-pressed=false] svg").last
    assert style(pressed.locator("svg"), "fill") != style(others, "fill") == "none"
    expect(thread.locator(".vote__own")).to_have_text("your vote")
    for chosen in thread.locator("nav [aria-current]").all():
        assert "underline" in style(chosen, "textDecorationLine")
    for edged in (".unread__mark", ".news__link", "form.write .button", "[name=text]", "[name=name]"):
        thread.locator("[name=text]").fill("x")
        assert style(thread.locator(edged).first, "borderTopStyle") == "solid", edged
        assert style(thread.locator(edged).first, "borderTopWidth") != "0px", edged


def test_whatever_has_the_focus_shows_it_with_forced_colours_too(visitor: Visitor) -> None:
    visitor.go(visitor.newsroom.path("quiet"))
    visitor.page.emulate_media(forced_colors="active")
    visitor.write.locator("[name=text]").fill("x")
    seen = 0

    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.locator(":focus")
        if focused.count():
            seen += 1
            assert style(focused, "outlineStyle") != "none", focused.evaluate("element => element.outerHTML")
    assert seen > 20


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_readers_who_want_no_motion(
    visitor: Visitor, motion: Literal["reduce", "no-preference"]
) -> None:
    with_aids(visitor)
    visitor.page.emulate_media(reduced_motion=motion)
    with_invitation(visitor)

    moving = visitor.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element), times = `${style.animationDuration}, ${style.transitionDuration}`;
          return times.split(", ").some((time) => parseFloat(time) > 0.001) || style.scrollBehavior === "smooth";
        }).map((element) => element.className)"""
    )

    assert ("invitation" in moving) == (motion == "no-preference")
    assert motion != "reduce" or moving == []
