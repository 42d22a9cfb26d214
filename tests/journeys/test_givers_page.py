"""Somebody gives each month, and later opens the link of the mail: change, stop, resume, receipt, refund."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.journeys.newsroom import Newsroom
from tests.journeys.test_accessibility import OPTIONS
from tests.journeys.visitor import Visitor, within

LINK = re.compile(r"/gifts/yours/[^/\s]+/")
BETWEEN_MAILS = b"-" * 79 + b"\n"


def test_a_pledge_is_given_changed_stopped_and_resumed_and_a_refund_asked_for(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    address = f"ann{'1' if visitor.has_script else '2'}@example.org"
    give_monthly(visitor, address)

    visitor.go(link_in_mail(newsroom, address))
    expect(visitor.page.get_by_role("heading", name="Your gifts", exact=True)).to_be_visible()
    expect(pledge(visitor)).to_contain_text("$10 each month")
    expect(pledge(visitor)).to_contain_text("Trial, no money")
    accessible(visitor)

    pledge(visitor).get_by_role("link", name="Change the amount").click()
    accessible(visitor)
    visitor.page.get_by_label("New amount").fill("1e9")
    button(visitor, "Change the amount").click()
    expect(visitor.page.get_by_text("Please write the amount in figures")).to_be_visible()
    accessible(visitor)
    visitor.page.get_by_label("New amount").fill("17.50")
    button(visitor, "Change the amount").click()
    expect(pledge(visitor)).to_contain_text("$17.50 each month")

    pledge(visitor).get_by_role("link", name="Stop").click()
    accessible(visitor)
    button(visitor, "Stop the pledge").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("Nothing more is charged")
    expect(pledge(visitor)).to_contain_text("Stopped on")
    accessible(visitor)

    pledge(visitor).get_by_role("button", name="Resume").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("goes on")
    expect(pledge(visitor).get_by_role("link", name="Stop")).to_be_visible()

    visitor.page.get_by_role("link", name="Receipt").click()
    expect(visitor.page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(visitor.page.get_by_role("article")).to_contain_text("no money moved")
    accessible(visitor)
    with visitor.page.expect_download() as downloading:
        visitor.page.get_by_role("link", name="Download as PDF").click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF-")
    visitor.page.get_by_role("main").get_by_role("link", name="Your gifts").click()

    visitor.page.get_by_role("link", name="Ask for a refund").click()
    accessible(visitor)
    visitor.page.get_by_label("What was wrong").fill("I pressed twice.")
    button(visitor, "Ask for a refund").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("with the newsroom")
    expect(visitor.page.get_by_text("You asked for a refund")).to_be_visible()


def test_a_lost_link_is_sent_again_and_old_ones_can_be_ended(visitor: Visitor, newsroom: Newsroom) -> None:
    address = f"ben{'1' if visitor.has_script else '2'}@example.org"
    give_monthly(visitor, address)
    old = link_in_mail(newsroom, address)

    visitor.go("/gifts/yours/1-1.no.such/")
    accessible(visitor)
    visitor.page.get_by_role("link", name="Send me a new link").click()
    accessible(visitor)
    visitor.page.get_by_label("The e-mail address").fill(address.upper())
    button(visitor, "Send me a link").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("If a gift came from this address")

    visitor.go(link_in_mail(newsroom, address, subject="The link to your gifts"))
    button(visitor, "Forget all old links").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("dead")
    expect(pledge(visitor)).to_be_visible()
    assert visitor.go(old).status == 404


def give_monthly(visitor: Visitor, address: str) -> None:
    visitor.go("/support/")
    visitor.page.locator("[name=frequency][value=month]").check(force=True)
    visitor.page.locator("[name=amount_month][value='1000']").check(force=True)
    button(visitor, "Go on").click()
    visitor.page.get_by_label("Your e-mail address").fill(address)
    visitor.page.get_by_label("Name").fill("Ann Solberg")
    button(visitor, "Pretend to pay").click()
    expect(visitor.page.get_by_role("heading", name="Thank you")).to_be_visible()


def link_in_mail(newsroom: Newsroom, address: str, *, subject: str = "has begun") -> str:
    """The newest mail of that subject; it comes from the outbox a moment later."""
    found: list[str] = []

    def has_come() -> bool:
        for letter in letters(newsroom):
            if letter["To"] == address and subject in letter["Subject"]:
                body = letter.get_body(("plain",))
                found.extend(LINK.findall(body.get_content()) if body else [])
        return bool(found)

    assert within(20, has_come), f"no mail to {address}"
    return found[-1]


def letters(newsroom: Newsroom) -> list[EmailMessage]:
    """What was written to files instead of sent; each file holds one mail or several."""
    written = [file.read_bytes() for file in sorted((newsroom.server.home / "mail").glob("*.log"))]
    parts = [part for content in written for part in content.split(BETWEEN_MAILS) if part.strip()]
    read = [message_from_bytes(part, policy=policy.default) for part in parts]
    return [letter for letter in read if isinstance(letter, EmailMessage)]


def pledge(visitor: Visitor) -> Locator:
    return visitor.page.locator(".own__pledge").first


def button(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("button", name=name)


def accessible(visitor: Visitor) -> None:
    """The checker is a script itself."""
    if visitor.has_script:
        violations = Axe().run(visitor.page, options=OPTIONS).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
