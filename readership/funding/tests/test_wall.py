"""On the wall stands who chose to, under the chosen name, with a class of size that others share (attacks C21, K19)."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.funding.giving import reverse_gift
from readership.funding.models import Campaign, Gift
from readership.funding.tests.makers import make_campaign, make_gift, make_reader
from readership.funding.wall import wall
from readership.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


@pytest.fixture
def clerk() -> Reader:
    return make_reader()


def named_gift(campaign: Campaign, clerk: Reader, public_name: str, *, email: str = "", minor: int = 2_000) -> Gift:
    gift = make_gift(campaign, amount_minor=minor, giver_name="Canary Real", giver_email=email, entered_by=clerk)
    Gift.objects.filter(pk=gift.pk).update(public_name=public_name)
    return gift


def names() -> list[str]:
    return [giver.name for giver in wall().givers]


def test_k19_only_who_chose_a_name_is_on_it_and_by_that_name(campaign: Campaign, clerk: Reader) -> None:
    named_gift(campaign, clerk, "Zoë of the Quay", email="canary@example.org")
    make_gift(campaign, giver_name="Canary Unasked", giver_email="canary2@example.org", entered_by=clerk)
    hidden = named_gift(campaign, clerk, "Canary Anonymous")
    Gift.objects.filter(pk=hidden.pk).update(is_anonymous=True)

    for address in ("/support/givers/", "/support/books/"):
        page = Client().get(address).content.decode()
        assert "Zoë of the Quay" in page
        assert "anary" not in page.replace("Canary Wharf", "")
    assert names() == ["Zoë of the Quay"]


def test_the_order_is_the_alphabets_not_moneys(campaign: Campaign, clerk: Reader) -> None:
    for name, minor in (("carl", 99_900), ("Bea", 500), ("Ann", 10_000)):
        named_gift(campaign, clerk, name, minor=minor)

    assert names() == ["Ann", "Bea", "carl"]


def test_several_gifts_of_one_giver_under_one_name_stand_once(campaign: Campaign, clerk: Reader) -> None:
    for _number in range(3):
        named_gift(campaign, clerk, "Ann", email="ann@example.org")
    named_gift(campaign, clerk, "Ann", email="other.ann@example.org")

    assert names() == ["Ann", "Ann"]


def test_k19_a_class_that_nobody_shares_is_not_told(campaign: Campaign, clerk: Reader) -> None:
    named_gift(campaign, clerk, "Rich", email="rich@example.org", minor=99_900)
    assert [giver.size for giver in wall().givers] == [""]

    for number in range(3):
        make_gift(campaign, amount_minor=2_000, giver_email=f"g{number}@example.org", entered_by=clerk)

    # "$250 and more" would be Rich alone, and the files would tell the sum.
    assert [giver.size for giver in wall().givers] == ["$10 and more"]


def test_k19_what_the_same_person_gave_unnamed_is_in_no_class_of_theirs(campaign: Campaign, clerk: Reader) -> None:
    named_gift(campaign, clerk, "Ann", email="ann@example.org", minor=500)
    make_gift(campaign, amount_minor=99_900, giver_email="ann@example.org", entered_by=clerk)
    for number in range(3):
        for minor in (500, 99_900):
            make_gift(campaign, amount_minor=minor, giver_email=f"g{number}-{minor}@example.org", entered_by=clerk)

    assert [giver.size for giver in wall().givers] == ["less than $10"]


def test_a_reversed_gift_takes_its_name_along(campaign: Campaign, clerk: Reader) -> None:
    gift = named_gift(campaign, clerk, "Ann")

    reverse_gift(gift=gift, reason="slip", reversed_by=clerk)

    assert names() == []


def test_a01_a_name_is_text(campaign: Campaign, clerk: Reader) -> None:
    named_gift(campaign, clerk, "<script>alert(1)</script>\u202e")

    page = Client().get("/support/givers/").content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_many_names_come_in_pages(campaign: Campaign, clerk: Reader) -> None:
    for number in range(5):
        named_gift(campaign, clerk, f"Giver {number}")

    first, last = wall(1, per_page=2), wall(3, per_page=2)

    assert ([giver.name for giver in first.givers], first.count, first.before, first.after) == (
        ["Giver 0", "Giver 1"],
        5,
        None,
        2,
    )
    assert ([giver.name for giver in last.givers], last.before, last.after) == (["Giver 4"], 2, None)
    assert Client().get("/support/givers/?page=2").status_code == 404
    assert Client().get("/support/givers/?page=x").status_code == 404
