"""The hosted pages, in Chromium without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from playwright.sync_api import Browser, Page

from tests.fake_stripe import cards
from tests.fake_stripe.fake import FakeStripe
from tests.fake_stripe.makers import gift_session, pledge_session
from tests.journeys import visitor as visiting


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with visiting.chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, fake_stripe: FakeStripe) -> Iterator[Page]:
    """Where Stripe leads back to is the fake's own address for things that are not there."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _back(fake: FakeStripe) -> dict[str, Any]:
    return {"success_url": f"{fake.url}/thanks?session={{CHECKOUT_SESSION_ID}}", "cancel_url": f"{fake.url}/support"}


def test_paying_leads_to_the_thanks_with_the_sessions_id(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, page: Page
) -> None:
    session = gift_session(stripe_client, **_back(fake_stripe))
    assert session.url is not None
    page.goto(session.url)
    assert page.locator(".sum").inner_text() == "25.00 EUR"

    page.get_by_label("Email").fill("ann@example.com")
    page.get_by_role("button", name="Pay", exact=True).click()

    assert page.url == f"{fake_stripe.url}/thanks?session={session.id}"
    paid = stripe_client.v1.checkout.sessions.retrieve(session.id)
    assert paid.payment_status == "paid"
    assert paid.customer_details is not None
    assert paid.customer_details.email == "ann@example.com"
    page.goto(session.url)
    assert page.get_by_role("heading").inner_text() == "You have already paid."


def test_a_declined_card_says_so_and_another_may_follow(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, page: Page
) -> None:
    session = gift_session(stripe_client, **_back(fake_stripe))
    assert session.url is not None
    page.goto(session.url)

    page.get_by_label("Card number").fill("4000 0000 0000 0002")
    page.get_by_role("button", name="Pay", exact=True).click()
    assert page.get_by_role("alert").inner_text().startswith("Your card was declined.")
    page.get_by_role("button", name="Decline").click()
    assert page.get_by_role("alert").is_visible()

    page.get_by_role("button", name="Pay by delayed debit").click()
    assert page.url.startswith(f"{fake_stripe.url}/thanks")
    assert stripe_client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"


def test_going_back_leads_to_where_it_began(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, page: Page
) -> None:
    session = gift_session(stripe_client, **_back(fake_stripe))
    assert session.url is not None
    page.goto(session.url)

    page.get_by_role("button", name="Back").click()

    assert page.url == f"{fake_stripe.url}/support"
    assert stripe_client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_the_portal_changes_the_card_the_sum_and_the_end(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, page: Page
) -> None:
    session = pledge_session(stripe_client)
    fake_stripe.pay(session.id, number=cards.FAILS_LATER)
    customer = stripe_client.v1.checkout.sessions.retrieve(session.id).customer
    assert isinstance(customer, str)
    portal = stripe_client.v1.billing_portal.sessions.create(
        {"customer": customer, "return_url": f"{fake_stripe.url}/mine"}
    )
    page.goto(portal.url)

    page.get_by_role("button", name="Save card").click()
    page.get_by_label("New sum, in the smallest unit").fill("1500")
    page.get_by_role("button", name="Change sum").click()
    assert page.get_by_role("heading", name="15.00 EUR every month").is_visible()
    page.get_by_label("Why?").select_option("too_expensive")
    page.get_by_role("button", name="Stop at the end of the period").click()

    stopped = stripe_client.v1.subscriptions.list(
        {"customer": customer, "expand": ["data.default_payment_method"]}
    ).data[0]
    assert stopped.cancel_at_period_end is True
    assert stopped.cancellation_details is not None
    assert stopped.cancellation_details.feedback == "too_expensive"
    assert isinstance(stopped.default_payment_method, stripe.PaymentMethod)
    assert stopped.default_payment_method.card is not None
    assert stopped.default_payment_method.card.last4 == "4242"
    assert stopped["items"].data[0].price.unit_amount == 1500
    page.get_by_role("button", name="Go on after all").click()
    page.get_by_role("link", name="Back").click()
    assert page.url == f"{fake_stripe.url}/mine"


def test_the_desk_lets_time_pass_and_money_go_back(
    fake_stripe: FakeStripe, stripe_client: stripe.StripeClient, page: Page
) -> None:
    fake_stripe.pay(pledge_session(stripe_client).id)
    fake_stripe.pay_by_debit(gift_session(stripe_client).id)
    page.goto(fake_stripe.url)

    for pressed in ("Debits arrive", "A month passes", "Pay out"):
        page.get_by_role("button", name=pressed).click()
    page.get_by_role("button", name="Refund").first.click()
    page.get_by_role("button", name="Dispute").last.click()

    assert stripe_client.v1.refunds.list().data[0].amount == 1000
    assert len(stripe_client.v1.disputes.list().data) == 1
    assert len(stripe_client.v1.payouts.list().data) == 1
    assert len(stripe_client.v1.invoices.list().data) == 2
