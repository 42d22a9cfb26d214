"""A gift by bank transfer, from the promise on the giving form to the line on the treasurer's statement."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, expect

from readership.funding.tests.bank_makers import IBAN, camt053, entry
from tests.journeys.conftest import Another
from tests.journeys.newsroom import PROGRAM, Newsroom, open_newsroom
from tests.journeys.test_accessibility import OPTIONS
from tests.journeys.test_giving import SUM
from tests.journeys.visitor import Visitor, within
from tests.serving.running import environment

ACCOUNT = f"""
from readership.funding.tests.bank_makers import make_account
make_account(iban="{IBAN}", currency="USD")
"""


@pytest.fixture(scope="module")
def newsroom(filled_newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One with a bank account that takes transfers."""
    home = tmp_path_factory.mktemp("transfer")
    with open_newsroom(filled_newsroom, home) as opened:
        command = [str(PROGRAM), "manage", "shell", "--no-imports", "-v", "0", "--command", ACCOUNT]
        settings = {"DJANGO_SETTINGS_MODULE": "readership.config.settings"}
        subprocess.run(command, env={**os.environ, **environment(home, opened.server.port, **settings)}, check=True)
        yield opened


def raised(visitor: Visitor) -> float:
    visitor.go("/support/")
    said = SUM.search(visitor.page.locator(".meter__sentence").first.inner_text())
    assert said
    return float(said[1].replace(",", ""))


def promise(visitor: Visitor, sum_: str, *, email: str = "") -> str:
    """The reference of a transfer that was promised."""
    visitor.go("/support/")
    visitor.page.get_by_label("Once", exact=True).check()
    visitor.page.get_by_label("Or another sum, in USD").fill(sum_)
    visitor.page.get_by_label("Bank transfer").check()
    visitor.page.locator("[name=email]").fill(email)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Go on", exact=True).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Now please transfer your gift")
    found = re.search(r"RF\d\d[ \w]+", visitor.page.locator("main").inner_text())
    assert found
    return found[0].replace(" ", "")


def read(treasurer: Visitor, content: bytes) -> None:
    treasurer.go("/admin/funding/bank/read/")
    file = FilePayload(name="march.xml", mimeType="text/xml", buffer=content)
    treasurer.page.locator("[name=file]").set_input_files(file)
    with treasurer.page.expect_navigation():
        treasurer.page.get_by_role("button", name="Read it").click()


def statement(*entries: str, closing: str) -> bytes:
    return camt053(*entries, closing=closing).replace(b'Ccy="EUR"', b'Ccy="USD"')


def test_a_promised_transfer_comes_and_the_meter_moves(visitor: Visitor, another: Another, newsroom: Newsroom) -> None:
    before = raised(visitor)
    reference = promise(visitor, "40", email="ann@example.org")
    expect(visitor.page.locator("main")).to_contain_text("DE89 3704 0044 0532 0130 00")
    expect(visitor.page.locator("main")).to_contain_text("$40")
    letters = newsroom.server.home / "mail"
    assert within(10, lambda: any(reference[-6:] in file.read_text() for file in letters.glob("*.log")))
    assert raised(visitor) == before  # Nothing has come yet.
    treasurer = another()
    treasurer.sign_in("treasurer")

    file = statement(
        entry("40.00", text=f"Gift {reference}", name="Ann Salt", end_to_end=reference),
        entry("15.00", text="keep it up", name=f"Ben Pier {reference[-4:]}", end_to_end=reference[::-1]),
        closing="55.00",
    )
    read(treasurer, file)

    expect(treasurer.page.get_by_text("2 lines read, 2 of them new. 1 promised gifts have come.")).to_be_visible()
    assert within(5, lambda: raised(visitor) == before + 40)
    # What names no promise waits for the treasurer: one click makes it a gift.
    line = treasurer.page.locator(".bank__line", has_text=f"Ben Pier {reference[-4:]}")
    with treasurer.page.expect_navigation():
        line.get_by_role("button", name="New gift from this line").press("Enter")
    expect(treasurer.page.get_by_text("Booked: $15")).to_be_visible()
    assert within(5, lambda: raised(visitor) == before + 55)

    read(treasurer, file)
    expect(treasurer.page.get_by_text("Nothing was added")).to_be_visible()
    assert raised(visitor) == before + 55


def test_a_file_that_does_not_add_up_is_refused_with_a_sentence(visitor: Visitor) -> None:
    visitor.sign_in("treasurer")

    read(visitor, statement(entry("40.00"), closing="39.00"))

    expect(visitor.page.get_by_text("does not add up")).to_be_visible()


def test_the_page_of_a_transfer_and_the_desk_are_accessible(visitor: Visitor, another: Another) -> None:
    promise(visitor, "12")
    treasurer = another()
    treasurer.sign_in("treasurer")
    treasurer.go("/admin/funding/bank/")

    if visitor.has_script:
        assert Axe().run(visitor.page, options=OPTIONS).response["violations"] == []
        assert Axe().run(treasurer.page, context=".desk", options=OPTIONS).response["violations"] == []
