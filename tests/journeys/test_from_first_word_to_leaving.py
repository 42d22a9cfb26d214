"""One person's whole way: a guest who follows, hears of a reply, stops it, opens an account, and leaves with everything."""

from __future__ import annotations

import json
import zipfile

from playwright.sync_api import expect

from tests.journeys.conftest import Another
from tests.journeys.mailbox import code_in, link_in, mail_saying, words_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor, within

FORM = "application/x-www-form-urlencoded"


def test_a_guest_follows_hears_of_a_reply_stops_it_opens_an_account_takes_all_along_and_leaves(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    # A name that is confirmed belongs to its owner: no other journey may use it.
    name = "Wilma Kay" if visitor.has_script else "Wanda Kay"
    story, address = newsroom.fresh_story(), f"{name.split(maxsplit=1)[0].lower()}@example.org"

    comment_and_follow(visitor, story, name=name, address=address)
    reply(another(), story)
    stop_with_one_click(visitor, address)
    open_an_account(visitor, name=name, address=address)
    stranger = another()
    assert within(5, lambda: stranger.go(story) is not None and signed_by(stranger, name))

    take_everything_along(visitor, address)
    leave(visitor)
    assert within(5, lambda: stranger.go(story) is not None and not signed_by(stranger, name))
    # The conversation can still be read.
    expect(stranger.said("It was the Solbergs.")).to_be_visible()
    expect(stranger.said("Who built the old mole?")).to_be_visible()
    visitor.go("/account/")
    expect(visitor.page.locator("h1")).to_have_text("Sign in")


def comment_and_follow(visitor: Visitor, story: str, *, name: str, address: str) -> None:
    visitor.go(story)
    visitor.fill("Who built the old mole?", name=name)
    visitor.write.locator("[name=email]").fill(address)
    visitor.write.locator("[name=notify]").select_option("replies")
    visitor.send()
    question = mail_saying(visitor.newsroom, address, "Shall we write to you?")
    visitor.go(link_in(words_of(question), "/follow/confirm/"))
    press(visitor, "Yes, write to me")


def reply(neighbour: Visitor, story: str) -> None:
    neighbour.go_until_it_shows(story, "Who built the old mole?")
    neighbour.said("Who built the old mole?").locator("a[href*='/reply/']").first.click()
    neighbour.post("It was the Solbergs.", name="Bo")


def stop_with_one_click(visitor: Visitor, address: str) -> None:
    letter = mail_saying(visitor.newsroom, address, "It was the Solbergs.")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link_in(letter["List-Unsubscribe"].strip("<>"), "/follow/stop/")
    # A mail scanner looks at the link; the mail program's own button sends it.
    assert visitor.newsroom.server.ask(path).status == 200
    visitor.go(link_in(words_of(letter), "/follow/yours/"))
    expect(visitor.page.locator("main")).to_contain_text("Replies to what")

    pressed = visitor.newsroom.server.ask(path, method="POST", body=b"List-Unsubscribe=One-Click", Content_Type=FORM)

    assert pressed.status == 200
    visitor.page.reload()
    expect(visitor.page.locator("main")).not_to_contain_text("Replies to what")


def open_an_account(visitor: Visitor, *, name: str, address: str) -> None:
    visitor.go("/account/signup/")
    visitor.page.locator("[name=name]").fill(name)
    visitor.page.locator("[name=email]").fill(address)
    press(visitor, "Go on")
    code = mail_saying(visitor.newsroom, address, "code")
    visitor.page.locator("[name=code]").fill(code_in(words_of(code)))
    press(visitor, "Go on")
    expect(visitor.page.locator("h1")).to_have_text(name)
    expect(visitor.page.locator("main")).to_contain_text("1 comment")
    press(visitor, "Yes, that was me")


def signed_by(reader: Visitor, name: str) -> bool:
    said = reader.said("Who built the old mole?")
    return said.count() > 0 and said.get_by_role("link", name=name).count() > 0


def take_everything_along(visitor: Visitor, address: str) -> None:
    visitor.go("/own-data/")
    visitor.page.locator("main [name=email]").fill(address)
    visitor.page.locator("main form [type=submit]").first.click()
    letter = mail_saying(visitor.newsroom, address, "holds about you")
    visitor.go(link_in(words_of(letter), "/own-data/"))
    with visitor.page.expect_download() as begun:
        visitor.page.get_by_role("button", name="Download").click()
    archive = zipfile.ZipFile(begun.value.path())
    told = json.loads(archive.read("everything.json"))
    assert [comment["text_source"] for comment in told["discussion.Comment"]] == ["Who built the old mole?"]
    assert told["readers.Reader"][0]["email"] == address
    assert "Who built the old mole?" in archive.read("everything.html").decode()


def leave(visitor: Visitor) -> None:
    visitor.page.locator("[name=words][value=keep]").check()
    visitor.page.locator("[name=is_sure]").check()
    visitor.page.locator("main form[action$='/leave/'] [type=submit]").click()
    expect(visitor.page.locator("main")).to_contain_text("You are erased")


def press(visitor: Visitor, words: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("main").get_by_role("button", name=words, exact=True).click()
