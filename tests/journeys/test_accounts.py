"""From a guest to a reader: confirm, open an account, take along what was written, come back, with a passkey too."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Another
from tests.journeys.mailbox import code_in, link_in, wait_for_mail
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

_people = itertools.count(1)


@pytest.fixture
def address() -> str:
    return f"nelly{next(_people)}@readers.example"


def submit(visitor: Visitor, words: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("main").get_by_role("button", name=words, exact=True).click()


def sign_up(visitor: Visitor, address: str, *, name: str) -> None:
    visitor.go("/account/signup/")
    visitor.page.locator("[name=name]").fill(name)
    visitor.page.locator("[name=email]").fill(address)
    submit(visitor, "Go on")
    visitor.page.locator("[name=code]").fill(code_in(wait_for_mail(visitor.newsroom, address)))
    submit(visitor, "Go on")
    expect(visitor.page.locator("h1")).to_have_text(name)


def test_a_guest_opens_an_account_takes_the_comments_along_and_comes_back_with_a_code(
    visitor: Visitor, another: Another, newsroom: Newsroom, address: str
) -> None:
    story, name = newsroom.fresh_story(), f"Nelly {address.partition('@')[0]}"
    visitor.go(story)
    visitor.post("The tide was lower.", name="Grete")

    visitor.page.locator(".masthead").get_by_role("link", name="Sign in").click()
    visitor.page.get_by_role("link", name="Open an account").click()
    sign_up(visitor, address, name=name)
    expect(visitor.page.locator("main")).to_contain_text("1 comment")
    submit(visitor, "Yes, that was me")

    stranger = another()
    stranger.go_until_it_shows(story, "The tide was lower.")
    comment = stranger.said("The tide was lower.")
    expect(comment).to_contain_text(name)
    comment.get_by_role("link", name=name).click()
    expect(stranger.page.locator("h1")).to_have_text(name)
    expect(stranger.page.locator("main")).to_contain_text("The tide was lower.")

    phone = another()
    phone.go("/account/")
    phone.page.locator("#code-email").fill(address)
    submit(phone, "Send me a code")
    phone.page.locator("[name=code]").fill(code_in(wait_for_mail(newsroom, address, nth=2)))
    submit(phone, "Go on")
    expect(phone.page.locator("h1")).to_have_text(name)

    visitor.go("/account/sessions/")
    submit(visitor, "End all others")
    phone.go("/account/")
    expect(phone.page.locator("h1")).to_have_text("Sign in")


def test_a_guest_confirms_an_address_and_is_a_verified_guest(
    visitor: Visitor, another: Another, newsroom: Newsroom, address: str
) -> None:
    story, name = newsroom.fresh_story(), f"Grete {address.partition('@')[0]}"
    visitor.go(story)
    visitor.fill("The gulls are back.", name=name)
    visitor.write.locator("[name=email]").fill(address)
    visitor.send()
    mail = wait_for_mail(newsroom, address)
    assert name in mail

    visitor.go(link_in(mail, "/guests/confirm/"))
    submit(visitor, "Yes, that was me")

    another().go_until_it_shows(story, "verified guest")
    thief = another()
    thief.go(story)
    thief.fill("I am she.", name=name.upper())
    thief.send()
    expect(thief.page.locator(".write__errors")).to_contain_text("That name belongs to somebody here")


def test_this_was_not_me_and_no_mail_comes_any_more(visitor: Visitor, newsroom: Newsroom, address: str) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("Low tide.", name="Somebody")
    visitor.write.locator("[name=email]").fill(address)
    visitor.send()

    visitor.go(link_in(wait_for_mail(newsroom, address), "/guests/not-me/"))
    submit(visitor, "Write to me no more")

    expect(visitor.page.locator("h1")).to_have_text("We will not write to you")


def test_a_name_and_words_about_oneself_show_at_once(visitor: Visitor, newsroom: Newsroom, address: str) -> None:
    sign_up(visitor, address, name=f"Olaf {address.partition('@')[0]}")

    visitor.page.locator("[name=bio]").fill("I count boats.")
    submit(visitor, "Save")
    expect(visitor.page.locator("#said")).to_contain_text("Saved")
    visitor.page.get_by_role("link", name="Your public page").click()

    expect(visitor.page.locator("main")).to_contain_text("I count boats.")


class TestPasskeys:
    @pytest.fixture(params=[True], ids=["with_script"])
    def has_script(self, request: pytest.FixtureRequest) -> bool:
        """Browsers give passkeys to scripts only."""
        return bool(request.param)

    def test_a_passkey_is_made_and_opens_the_account(self, visitor: Visitor, newsroom: Newsroom, address: str) -> None:
        """Browsers take no bare number of a machine for the name of a site: it has one here."""
        home = newsroom.url.replace("127.0.0.1", "localhost")
        visitor.watch.also = home
        devtools = visitor.context.new_cdp_session(visitor.page)
        devtools.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                  "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        name = f"Petra {address.partition('@')[0]}"
        visitor.page.goto(f"{home}/account/signup/")
        visitor.page.locator("[name=name]").fill(name)
        visitor.page.locator("[name=email]").fill(address)
        submit(visitor, "Go on")
        visitor.page.locator("[name=code]").fill(code_in(wait_for_mail(newsroom, address)))
        submit(visitor, "Go on")

        visitor.page.goto(f"{home}/account/2fa/webauthn/add/")
        submit(visitor, "Make a passkey")
        visitor.page.goto(f"{home}/account/2fa/webauthn/")
        expect(visitor.page.locator("main")).to_contain_text("Passkey 1")

        visitor.page.goto(f"{home}/account/")
        submit(visitor, "Sign out")
        visitor.page.goto(f"{home}/account/login/")
        submit(visitor, "Sign in with a passkey")
        expect(visitor.page.locator("h1")).to_have_text(name)

    def test_without_one_it_says_what_else_there_is(self, visitor: Visitor) -> None:
        visitor.go("/account/login/")
        visitor.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')); }")

        visitor.page.get_by_role("button", name="Sign in with a passkey").click()

        expect(visitor.page.get_by_role("alert").filter(has_text="No passkey was used.")).to_be_visible()

    def test_the_masthead_says_whose_page_it_is(self, visitor: Visitor, newsroom: Newsroom, address: str) -> None:
        sign_up(visitor, address, name=f"Rita {address.partition('@')[0]}")

        visitor.go(newsroom.path("quiet"))

        expect(visitor.page.locator(".masthead").get_by_role("link", name="Your account")).to_be_visible()
