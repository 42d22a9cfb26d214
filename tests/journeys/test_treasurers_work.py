"""The treasurer's desk in a browser: with scripts and without."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def test_a_box_that_was_counted_is_recorded_row_by_row_and_taken_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("treasurer")

    visitor.go("/admin/funding/batches/record/")
    page.locator("[name=rows-0-name]").fill("Harbour choir")
    page.locator("[name=rows-0-amount]").fill("50")
    page.get_by_role("button", name="More rows").click()
    page.locator("[name=rows-15-amount]").fill("23.50")
    page.locator("[name=counted]").fill("80")
    page.get_by_role("button", name="Record the batch").click()
    expect(page.get_by_text("is missing in the rows")).to_be_visible()
    expect(page.locator("[name=rows-0-name]")).to_have_value("Harbour choir")

    page.locator("[name=counted]").fill("73.50")
    page.get_by_role("button", name="Record the batch").click()
    expect(page.get_by_text("Recorded: 2 gifts")).to_be_visible()
    # By keyboard: without scripts Wagtail lays a notice over the upper end of its pages.
    page.get_by_role("link", name="Undo").press("Enter")
    page.locator("[name=reason]").fill("The wrong box.")
    page.get_by_role("button", name="Reverse the batch").click()

    expect(page.get_by_text("Reversed: 2 gifts.")).to_be_visible()
