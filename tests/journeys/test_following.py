"""A guest follows with a comment, says yes in the mail, hears of the answer, and stops it with one click."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.conftest import Another
from tests.journeys.mailbox import link_in, mail_saying, words_of
from tests.journeys.newsroom import Newsroom
from tests.journeys.test_accessibility import OPTIONS
from tests.journeys.visitor import Visitor

FORM = "application/x-www-form-urlencoded"


def check(visitor: Visitor) -> None:
    """axe is a script."""
    if visitor.has_script:
        visitor.page.wait_for_load_state()
        found = Axe().run(visitor.page, options=OPTIONS)
        assert found.violations_count == 0, found.generate_report()


def test_a_guest_follows_with_a_comment_hears_of_the_answer_and_stops_with_one_click(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    # Once confirmed, a name is theirs: no other journey may use it.
    name = "Gunda" if visitor.has_script else "Gustav"
    story, address = newsroom.fresh_story(), f"{name.lower()}@example.org"
    visitor.go(story)
    visitor.fill("Who built the pier?", name=name)
    visitor.write.locator("[name=notify]").select_option("replies")
    visitor.send()
    expect(visitor.page.locator("#write-email-error")).to_contain_text("we need your e-mail address")
    expect(visitor.write.locator("[name=text]")).to_have_value("Who built the pier?")
    expect(visitor.write.locator("[name=notify]")).to_have_value("replies")
    check(visitor)

    visitor.write.locator("[name=email]").fill(address)
    visitor.send()
    expect(visitor.page.locator(".thread__status")).to_contain_text("Please look into your mail")

    question = mail_saying(newsroom, address, "Shall we write to you?")
    visitor.go(link_in(words_of(question), "/follow/confirm/"))
    check(visitor)
    visitor.page.get_by_role("button", name="Yes, write to me").click()
    expect(visitor.page.locator("#said")).to_contain_text("you hear of it from now on")
    expect(visitor.page.locator("main")).to_contain_text(f"Replies to what {name} wrote")
    check(visitor)

    neighbour = another()
    neighbour.go_until_it_shows(story, "Who built the pier?")
    neighbour.said("Who built the pier?").locator("a[href*='/reply/']").first.click()
    neighbour.post("The Solbergs did.", name="Bo")

    letter = mail_saying(newsroom, address, "The Solbergs did.")
    assert str(letter["Subject"]).startswith("Bo · ")
    one_click = newsroom.server.ask(
        link_in(words_of(letter), "/follow/stop/"), method="POST", body=b"List-Unsubscribe=One-Click", Content_Type=FORM
    )
    assert one_click.status == 200

    visitor.go(link_in(words_of(letter), "/follow/yours/"))
    expect(visitor.page.locator("main")).not_to_contain_text(f"Replies to what {name} wrote")
    visitor.page.get_by_role("link", name="new for you").click()
    expect(visitor.page.locator("main")).to_contain_text("The Solbergs did.")
    check(visitor)
    visitor.page.get_by_role("button", name="Mark all as seen").click()
    expect(visitor.page.locator("#said")).to_contain_text("seen")


def test_one_follows_a_story_and_its_author_without_commenting(visitor: Visitor, newsroom: Newsroom) -> None:
    address = f"quiet-{'js' if visitor.has_script else 'plain'}@example.org"
    visitor.go(newsroom.path("busy"))
    visitor.page.locator("#follow summary").click()
    form = visitor.page.locator("#follow form")
    for box in form.locator("[name=what]").all():
        box.check()
    check(visitor)
    form.get_by_role("button", name="Follow").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Please give the e-mail address")
    check(visitor)

    visitor.page.get_by_label("E-mail").fill(address)
    visitor.page.locator("main").get_by_role("button", name="Follow").click()
    expect(visitor.page.get_by_role("heading", name="Please look into your mail")).to_be_visible()
    check(visitor)

    visitor.go(link_in(words_of(mail_saying(newsroom, address, "Shall we write to you?")), "/follow/confirm/"))
    visitor.page.get_by_role("button", name="Yes, write to me").click()
    expect(visitor.page.locator("#said")).to_be_visible()
    visitor.page.get_by_label("once a day").check()
    visitor.page.get_by_label("Time zone").fill("Europe/Berlin")
    visitor.page.get_by_role("button", name="Keep").click()
    expect(visitor.page.locator("#said")).to_contain_text("Kept")
    expect(visitor.page.get_by_label("once a day")).to_be_checked()

    visitor.page.get_by_role("button", name="Stop everything").click()
    expect(visitor.page.locator("main")).to_contain_text("Nothing. Below each story")


@pytest.mark.parametrize("has_script", [False], ids=["without_script"])
def test_a_lost_link_is_asked_for_again_and_an_old_one_says_so(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go("/follow/yours/1-1.old.link/")
    expect(visitor.page.get_by_role("heading", name="This link is over")).to_be_visible()
    visitor.page.get_by_role("link", name="Send me a new link").click()
    visitor.page.get_by_label("E-mail").fill("nobody@example.org")
    visitor.page.get_by_role("button", name="Send me a link").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("a link is on its way")
    assert urlencode({"sent": 1}) in visitor.page.url


# What a browser's own push service would answer; nobody is reached.
ALLOWED = """
Notification.requestPermission = async () => "granted";
PushManager.prototype.subscribe = async () => ({
  toJSON: () => ({
    endpoint: "https://fcm.googleapis.com/fcm/send/a-journey",
    keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) },
  }),
});
"""


@pytest.mark.parametrize("has_script", [True], ids=["with_script"])
def test_a_browser_is_asked_for_news_after_a_click_and_never_before(visitor: Visitor, newsroom: Newsroom) -> None:
    address = "push@example.org"
    visitor.go(newsroom.fresh_story())
    visitor.page.locator("#follow summary").click()
    visitor.page.locator("#follow-email").fill(address)
    visitor.page.locator("#follow form").get_by_role("button", name="Follow").click()
    visitor.page.wait_for_url("**/follow/asked/")
    visitor.go(link_in(words_of(mail_saying(newsroom, address, "Shall we write to you?")), "/follow/confirm/"))
    visitor.page.get_by_role("button", name="Yes, write to me").click()
    button = visitor.page.get_by_role("button", name="Show news on this device")
    expect(button).to_be_visible()

    button.click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Your browser did not allow it")
    check(visitor)

    visitor.page.add_init_script(ALLOWED)
    visitor.page.reload()
    button.click()
    expect(visitor.page.locator("#said")).to_contain_text("news shows on this device")
    workers = visitor.page.evaluate(
        "navigator.serviceWorker.getRegistrations().then(found => found.map(one => new URL(one.scope).pathname))"
    )
    assert workers == ["/follow/"]

    visitor.page.get_by_role("button", name="On no device any more").click()
    expect(visitor.page.locator("#said")).to_contain_text("on no device any more")
