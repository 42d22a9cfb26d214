"""A reader gives: from the ask through the processor's own page to the thanks, and the meter moves.

The processor is another origin, as in life: our content policy must let the form lead there, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.fake_stripe.fake import LIVE_KEY, FakeStripe
from tests.fake_stripe.running import running
from tests.journeys import visitor as visiting
from tests.journeys.newsroom import Newsroom, open_newsroom
from tests.journeys.test_accessibility import OPTIONS
from tests.journeys.visitor import Visitor, within

SECRET = "whsec_journey"
SUM = re.compile(r"\$([\d,.]+) of")


@pytest.fixture(scope="module")
def processor() -> Iterator[FakeStripe]:
    with running() as fake:
        yield fake


@pytest.fixture(scope="module")
def newsroom(
    processor: FakeStripe, filled_newsroom: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    """One that takes cards, and is told of payments as they come."""
    settings = {
        "READERSHIP_STRIPE_KEY": LIVE_KEY,
        "READERSHIP_STRIPE_WEBHOOK_SECRETS": SECRET,
        "READERSHIP_STRIPE_ADDRESS": processor.url,
        "READERSHIP_STRIPE_PAGES": processor.url,
    }
    with open_newsroom(filled_newsroom, tmp_path_factory.mktemp("giving"), **settings) as opened:
        processor.listen(f"{opened.url}/gifts/webhooks/stripe/", secret=SECRET, world=processor.live)
        processor.webhooks.start()
        yield opened


@pytest.fixture
def visitor(browser: Browser, newsroom: Newsroom, processor: FakeStripe, has_script: bool) -> Iterator[Visitor]:
    came = visiting.visitor(browser, newsroom, has_script=has_script, also=processor.url)
    yield came
    came.context.close()
    assert came.watch.wrong == []


def raised(visitor: Visitor) -> float:
    visitor.go("/support/")
    said = SUM.search(visitor.page.locator(".meter__sentence").first.inner_text())
    assert said
    return float(said[1].replace(",", ""))


def choose(visitor: Visitor, *, how_often: str, sum_: str) -> None:
    """By keyboard and label, as everybody can: the radios lie invisible over their words."""
    visitor.go("/support/")
    visitor.page.get_by_label(how_often, exact=True).check()
    visitor.page.locator(".giving__sums:visible").get_by_label(sum_, exact=True).check()


def go_on(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Go on", exact=True).click()


def pay(visitor: Visitor, email: str) -> None:
    visitor.page.get_by_label("Email").fill(email)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Pay", exact=True).click()


def test_a_gift_moves_the_meter_within_a_second(visitor: Visitor, processor: FakeStripe) -> None:
    before = raised(visitor)
    choose(visitor, how_often="Once", sum_="$50")

    go_on(visitor)
    assert visitor.page.url.startswith(processor.url)
    assert visitor.page.locator(".sum").inner_text() == "50.00 USD"
    pay(visitor, "ann@example.org")

    expect(visitor.page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(visitor.page.locator("main")).to_contain_text("$50 for “")
    assert within(5, lambda: raised(visitor) == before + 50)


def test_a_monthly_gift_is_told_as_one(visitor: Visitor) -> None:
    before = raised(visitor)
    choose(visitor, how_often="Monthly", sum_="$20")

    go_on(visitor)
    expect(visitor.page.locator(".sum")).to_have_text("20.00 USD every month")
    pay(visitor, "ben@example.org")

    expect(visitor.page.locator("main")).to_contain_text("$20 each month for “")
    assert within(5, lambda: raised(visitor) == before + 20)


def test_what_is_added_for_the_fee_is_paid_and_not_counted(visitor: Visitor) -> None:
    before = raised(visitor)
    choose(visitor, how_often="Once", sum_="$10")
    visitor.page.get_by_label("Or another sum, in USD").fill("30")
    visitor.page.get_by_label("Add what the payment costs us, so that the whole gift arrives").check()

    go_on(visitor)
    # 30.00 and 0.25, over 1 - 1.5 %.
    expect(visitor.page.locator(".sum")).to_have_text("30.72 USD")
    pay(visitor, "cat@example.org")

    assert within(5, lambda: raised(visitor) == before + 30)


def test_who_turns_back_has_given_nothing(visitor: Visitor) -> None:
    before = raised(visitor)
    choose(visitor, how_often="Once", sum_="$25")

    go_on(visitor)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Back").click()

    assert visitor.path.startswith("/support/")
    assert raised(visitor) == before


def test_a_mistake_is_said_where_it_was_made(visitor: Visitor) -> None:
    visitor.go("/support/")
    visitor.page.locator("summary", has_text="A name, a dedication").click()
    visitor.page.get_by_label("A message to the newsroom").fill("For the court reporter.")
    visitor.page.get_by_label("Or another sum, in USD").fill("five")

    go_on(visitor)

    expect(visitor.page.get_by_role("alert")).to_contain_text("Please write the amount in figures")
    expect(visitor.page.get_by_label("A message to the newsroom")).to_have_value("For the court reporter.")
    expect(visitor.page.get_by_label("Or another sum, in USD")).to_have_value("five")


# axe is a script.
@pytest.mark.parametrize("has_script", [True])
@pytest.mark.parametrize("path", ["/support/", "/gifts/thanks/?session=cs_nothing"])
def test_the_pages_are_accessible(visitor: Visitor, path: str) -> None:
    visitor.go(path)

    assert Axe().run(visitor.page, options=OPTIONS).response["violations"] == []
