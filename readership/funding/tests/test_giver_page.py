"""A giver's own page: everything of the own, nothing of others, and no write but from here (attacks C01, C21, D01, K18, K19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readership.funding.giver_links import page_of
from readership.funding.giver_wishes import (
    be_named,
    join_account,
    leave_account,
    renew_badges,
    supporters_among,
    wear_badge,
)
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift, Giver, Pledge, PledgeState, RefundOrder
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import make_campaign, make_giver, make_own_gift, make_own_pledge, make_reader
from readership.readers.models import Reader

pytestmark = pytest.mark.django_db


def visitor() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def shown(giver: Giver, path: str = "") -> str:
    answer = visitor().get(f"{page_of(giver)}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def wish(giver: Giver, **typed: str) -> Any:
    return visitor().post(f"{page_of(giver)}wishes/", {"language": "en", **typed})


def test_it_shows_pledges_and_gifts_by_year_with_their_sums() -> None:
    giver, campaign = make_giver(), make_campaign(title="Court fund")
    make_own_pledge(giver, campaign, next_on=date(2026, 12, 1))
    for day, minor in ((date(2026, 2, 3), 2_500), (date(2026, 3, 1), 500), (date(2025, 3, 1), 144_050)):
        make_own_gift(giver, campaign, received_on=day, amount_minor=minor)

    page = shown(giver)

    for said in ("$10", "each month", "Next payment on Dec. 1, 2026", "$25", "$30", "$1,440.50", "Court fund"):
        assert said in page
    assert page.count(">$1,440.50<") == 2  # the gift, and the sum of its year


def test_the_page_asks_as_much_for_forty_gifts_as_for_four() -> None:
    giver, campaign = make_giver(), make_campaign()
    path = page_of(giver)
    counts = []
    for count in (4, 36):
        for _number in range(count):
            make_own_gift(giver, campaign)
        make_own_pledge(giver, campaign)
        Client().get(path)
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 16


def test_c01_k18_every_way_to_somebody_elses_is_not_there() -> None:
    ann, ben = make_giver(), make_giver(email="ben@example.org", name="Ben")
    pledge, gift = make_own_pledge(ben), make_own_gift(ben)
    own = page_of(ann)
    client = visitor()
    ways = [
        *(f"pledges/{pledge.reference}/{verb}/" for verb in ("change", "stop", "resume", "card")),
        f"refunds/{gift.reference}/",
        f"receipts/{gift.reference}/",
        f"receipts/{gift.reference}/receipt.pdf",
    ]
    absent = [way.replace(pledge.reference, "PNONE").replace(gift.reference, "0000000000") for way in ways]

    for way, nothing in zip(ways, absent, strict=True):
        foreign = [client.get(f"{own}{way}"), client.post(f"{own}{way}", {"amount": "1", "reason": "x"})]
        missing = [client.get(f"{own}{nothing}"), client.post(f"{own}{nothing}", {"amount": "1", "reason": "x"})]
        assert [answer.status_code for answer in foreign] == [answer.status_code for answer in missing]
        assert {answer.status_code for answer in foreign} <= {404, 405}
        # What is somebody else's and what is nowhere: the same answer, byte for byte but for the address.
        for one, other in zip(foreign, missing, strict=True):
            assert b"Ben" not in one.content
            assert len(one.content) - len(other.content) in range(-4, 40)
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.ACTIVE
    assert not RefundOrder.objects.exists()


def test_c05_a_token_that_is_missing_or_doubled_opens_nothing() -> None:
    giver = make_giver()
    token = page_of(giver)

    for path in ("/gifts/yours//", f"/gifts/yours/{token}{token}", "/gifts/yours/?token=1"):
        assert giver.email not in Client().get(path).content.decode()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_d01_no_form_of_another_site_changes_anything(site: str) -> None:
    giver = make_giver()
    pledge, gift = make_own_pledge(giver), make_own_gift(giver)
    elsewhere = Client(headers={"Sec-Fetch-Site": site})

    ways = [
        "wishes/",
        "end-links/",
        "join/",
        "leave/",
        f"pledges/{pledge.reference}/stop/",
        f"refunds/{gift.reference}/",
    ]
    answers = [elsewhere.post(f"{page_of(giver)}{way}", {"language": "en"}) for way in ways]

    assert {answer.status_code for answer in answers} == {403}
    assert Giver.objects.get().link_version == 1


def test_c07_reading_every_page_changes_nothing() -> None:
    giver = make_giver()
    pledge, gift = make_own_pledge(giver), make_own_gift(giver)
    before = [list(model.objects.values()) for model in (Giver, Gift, Pledge)]

    ways = [
        "",
        f"pledges/{pledge.reference}/stop/",
        f"pledges/{pledge.reference}/change/",
        f"refunds/{gift.reference}/",
    ]
    for way in [*ways, "wishes/", "end-links/", "join/", f"pledges/{pledge.reference}/resume/", "year/"]:
        visitor().get(f"{page_of(giver)}{way}")

    assert [list(model.objects.values()) for model in (Giver, Gift, Pledge)] == before


def test_k19_one_name_stands_on_every_gift_and_pledge_or_on_none() -> None:
    giver, campaign = make_giver(), make_campaign()
    make_own_gift(giver, campaign, is_anonymous=True)
    make_own_pledge(giver, campaign)
    other = make_own_gift(make_giver(email="ben@example.org"), campaign)

    wish(giver, is_named="on", public_name="  Old\u202e Salt ")
    assert set(Gift.objects.filter(giver=giver).values_list("public_name", "is_anonymous")) == {("Old Salt", False)}
    assert Pledge.objects.get().public_name == "Old Salt"
    assert 'value="Old Salt"' in shown(giver)

    wish(giver, public_name="Old Salt")

    assert set(Gift.objects.filter(giver=giver).values_list("public_name", "is_anonymous")) == {("", True)}
    assert (Pledge.objects.get().public_name, Pledge.objects.get().is_anonymous) == ("", True)
    other.refresh_from_db()
    assert (other.public_name, other.is_anonymous) == ("", False)


def test_to_be_named_needs_a_name() -> None:
    giver = make_giver()
    make_own_gift(giver)

    answer = wish(giver, is_named="on", public_name=" \u200b ")

    assert answer.status_code == 400
    assert "Please write the name" in answer.content.decode()


def test_c21_an_unnamed_giver_is_on_no_public_page() -> None:
    giver, campaign = make_giver(email="zsofia@example.org", name="Zsófia Barta"), make_campaign()
    make_own_gift(giver, campaign)
    make_own_pledge(giver, campaign)
    be_named(giver, is_named=False)

    for path in (
        "/support/",
        f"/support/{campaign.slug}/",
        "/",
        f"/api/v1/campaigns/{campaign.pk}",
        "/gifts/link/?sent=1",
    ):
        page = Client().get(path).content.decode().lower()
        assert "zsófia" not in page
        assert "zsofia" not in page


def test_c09_no_field_but_the_forms_own_is_taken() -> None:
    giver = make_giver()

    wish(giver, email="eve@example.org", link_version="9", reader="1", name="Eve", wants_badge="on")

    giver.refresh_from_db()
    assert (giver.email, giver.link_version, giver.reader, giver.name) == ("ann@example.org", 1, None, "Ann")
    assert giver.wants_badge


def test_the_language_of_the_page_is_the_givers_and_one_that_is_not_offered_is_refused() -> None:
    giver = make_giver()
    assert wish(giver, language="de").status_code == 303

    assert '<html lang="de"' in shown(giver)
    assert wish(giver, language="xx").status_code == 400
    assert Giver.objects.get().language == "de"


def test_an_account_is_joined_by_whoever_holds_both_and_not_by_its_address() -> None:
    owner = make_reader()
    giver = make_giver(email=owner.email)
    assert giver.reader is None
    client = visitor()
    assert client.post(f"{page_of(giver)}join/")["Location"].endswith("?said=sign_in#said")

    client.force_login(owner)
    client.post(f"{page_of(giver)}join/")
    giver.refresh_from_db()
    assert giver.reader == owner

    thief = visitor()
    thief.force_login(make_reader())
    assert thief.post(f"{page_of(giver)}join/").status_code == 409
    second = make_giver(email="second@example.org")
    assert client.post(f"{page_of(second)}join/").status_code == 409
    client.post(f"{page_of(giver)}leave/")
    giver.refresh_from_db()
    assert giver.reader is None


def test_forgetting_old_links_ends_them_and_leads_on_with_a_new_one() -> None:
    giver = make_giver()
    old = page_of(giver)

    answer = visitor().post(f"{old}end-links/")

    assert Client().get(old).status_code == 404
    assert Client().get(answer["Location"]).status_code == 200


def test_the_badge_is_for_those_who_gave_and_asked_for_it() -> None:
    reader, quiet, poor, slip = (make_reader() for _number in range(4))
    givers = {}
    for number, one in enumerate((reader, quiet, poor, slip)):
        givers[one] = Giver.objects.create(email=f"g{number}@example.org", reader=one, wants_badge=one != quiet)
    gifts = {one: make_own_gift(givers[one]) for one in (reader, quiet, slip)}
    reverse_gift(gift=gifts[slip], reason="slip", reversed_by=make_reader())

    assert supporters_among({one.pk for one in givers}) == {reader.pk}


def wears(reader: Reader) -> bool:
    return Reader.objects.get(pk=reader.pk).is_supporter


def test_the_badge_is_shown_as_soon_as_its_giver_wishes_and_goes_with_the_wish_and_the_account() -> None:
    reader, giver = make_reader(), make_giver()
    make_own_gift(giver)
    join_account(giver, reader)
    giver.refresh_from_db()
    assert not wears(reader)

    wear_badge(giver, wants_badge=True)
    assert wears(reader)
    wear_badge(giver, wants_badge=False)
    assert not wears(reader)

    wear_badge(giver, wants_badge=True)
    leave_account(giver)
    assert not wears(reader)


def test_badges_follow_the_books_though_nobody_looks_at_them() -> None:
    reader, giver = make_reader(), make_giver()
    join_account(giver, reader)
    giver.refresh_from_db()
    wear_badge(giver, wants_badge=True)
    assert not wears(reader)

    gift = make_own_gift(giver)
    assert renew_badges() == 1
    assert wears(reader)
    assert renew_badges() == 0
    reverse_gift(gift=gift, reason="slip", reversed_by=make_reader())
    assert renew_badges() == 1
    assert not wears(reader)


def test_a_refund_is_asked_for_once_and_only_of_what_can_be_paid_back(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    giver = Giver.objects.get()
    client, way = visitor(), f"{page_of(giver)}refunds/{gift.reference}/"
    assert "€25" in shown(giver, f"refunds/{gift.reference}/")

    first = client.post(way, {"reason": "I pressed twice.", "sending": "a" * 32})
    again = client.post(way, {"reason": "I pressed twice.", "sending": "a" * 32})
    other = client.post(way, {"reason": "And again.", "sending": "b" * 32})

    assert first.status_code == again.status_code == 303
    assert other.status_code == 400
    assert RefundOrder.objects.get().reason == "I pressed twice."
    assert "You asked for a refund" in shown(giver)
    cash = make_own_gift(giver)
    assert visitor().post(f"{page_of(giver)}refunds/{cash.reference}/", {"sending": "c"}).status_code == 400
