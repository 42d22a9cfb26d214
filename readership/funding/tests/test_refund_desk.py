"""Refunds and disputes at the desk: asked, decided, paid back once, and only by those who may."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.errors import NotReceived, NotReversible
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift, LedgerEntry, RefundOrder, RefundState
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.refund_list import disputes_page
from readership.funding.refunding import ask_refund
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import (
    ADMIN,
    announce_charge,
    make_campaign,
    make_gift,
    make_online_gift,
    make_reader,
    make_treasurer,
)
from tests.fake_stripe.things import Refund

pytestmark = pytest.mark.django_db
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_treasurer())
    return client


def pay_back_page(gift: Gift) -> str:
    return f"/admin/funding/gifts/{gift.reference}/pay-back/"


def key_of(page: str) -> str:
    found = re.search(r'name="submission_key" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def test_a_part_is_paid_back_from_the_desk_and_the_meter_follows(desk: Client, counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign, 2_500)
    page = desk.get(pay_back_page(gift)).content.decode()
    assert "€25" in page
    assert 'value="25.00"' in page

    typed = {"amount": "10", "reason": "Asked by phone", "submission_key": key_of(page)}
    answer = desk.post(pay_back_page(gift), typed, follow=True)
    work()

    assert "€10" in answer.content.decode()
    assert [refund.amount for refund in counter.world.all(Refund)] == [1_000]
    assert meter(campaign).raised == Money(1_500, "EUR")
    assert "€15" in desk.get(pay_back_page(gift)).content.decode()
    assert "paid back" in desk.get("/admin/funding/refunds/?state=paid").content.decode()


def test_k11_the_same_page_sent_twice_pays_back_once(desk: Client, counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"), 2_500)
    key = key_of(desk.get(pay_back_page(gift)).content.decode())

    for _time in range(2):
        desk.post(pay_back_page(gift), {"amount": "5", "reason": "x", "submission_key": key})
    work()

    assert [refund.amount for refund in counter.world.all(Refund)] == [500]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "25.01"}, "more than is left"),
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "5,00"}, "in figures"),
        ({"amount": ""}, "required"),
        ({"reason": " "}, "required"),
    ],
)
def test_k06_a_refund_that_makes_no_sense_is_refused(desk: Client, wrong: dict[str, str], said: str) -> None:
    gift = make_online_gift()

    answer = desk.post(pay_back_page(gift), {"amount": "5", "reason": "x", "submission_key": "0" * 32, **wrong})

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not RefundOrder.objects.exists()


def test_a_processors_gift_is_paid_back_and_not_reversed(desk: Client) -> None:
    gift = make_online_gift()
    address = f"/admin/funding/gifts/{gift.reference}/reverse/"

    with pytest.raises(NotReversible, match="Pay it back"):
        reverse_gift(gift=gift, reason="x", reversed_by=make_reader())
    assert desk.post(address, {"reason": "x"}).status_code == 400
    page = desk.get(address).content.decode()

    assert pay_back_page(gift) in page
    assert "Reverse this gift" not in page
    assert not LedgerEntry.objects.filter(kind="reversal").exists()


def test_what_never_came_is_not_reversed() -> None:
    gift = make_gift()
    other = Gift.objects.create(
        campaign=gift.campaign,
        amount_minor=5,
        currency="USD",
        kind="transfer",
        state="promised",
        submission_key="promise",
    )

    with pytest.raises(NotReceived):
        reverse_gift(gift=other, reason="x", reversed_by=make_reader())


def test_cash_cannot_be_paid_back_through_a_processor(desk: Client) -> None:
    gift = make_gift()

    assert "Nothing of this gift can be paid back" in desk.get(pay_back_page(gift)).content.decode()
    typed = {"amount": "5", "reason": "x", "submission_key": "0" * 32}
    assert desk.post(pay_back_page(gift), typed).status_code == 400
    assert not RefundOrder.objects.exists()


def test_what_a_giver_asks_is_granted_once(desk: Client, counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    order = ask_refund(gift=counter.gift(campaign), reason=EVIL, submission_key="a")
    address = f"/admin/funding/refunds/{order.pk}/"
    assert "Decide" in desk.get("/admin/funding/refunds/").content.decode()
    page = desk.get(address).content.decode()
    assert "&lt;img" in page
    assert EVIL not in page

    for _time in range(2):
        desk.post(address, {"grant": "yes"})
    work()

    assert [refund.amount for refund in counter.world.all(Refund)] == [2_500]
    assert meter(campaign).raised == Money(0, "EUR")
    assert "Grant it" not in desk.get(address).content.decode()


def test_a_refund_is_declined_with_an_answer_only(desk: Client, counter: Counter) -> None:
    order = ask_refund(gift=counter.gift(make_campaign(currency="EUR")), reason="", submission_key="a")
    address = f"/admin/funding/refunds/{order.pk}/"

    assert desk.post(address, {"decline": "yes", "answer": ""}).status_code == 400
    desk.post(address, {"decline": "yes", "answer": "It was spent."})
    work()

    order.refresh_from_db()
    assert (order.state, order.answer) == (RefundState.DECLINED, "It was spent.")
    assert not counter.world.all(Refund)


def test_granting_more_than_is_left_is_refused_and_said(desk: Client, counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    order = ask_refund(gift=gift, reason="", submission_key="a")
    counter.fake.refund_by_hand(gift.payment_ref, amount=500, world=counter.world)
    counter.announce()

    answer = desk.post(f"/admin/funding/refunds/{order.pk}/", {"grant": "yes"})

    assert answer.status_code == 400
    assert "more than is left" in answer.content.decode()


def test_k12_a_dispute_stands_in_the_list_with_what_to_do_until_it_is_won(desk: Client) -> None:
    campaign = make_campaign()
    gift = make_online_gift(campaign, disputed=2_500, name="Grete")
    _page, (line,) = disputes_page(None)
    assert (line.taken_text, line.back_text, line.fees_text, line.is_won) == ("$25", "", "$15", False)
    page = desk.get("/admin/funding/disputes/").content.decode()
    assert "Grete" in page
    assert gift.payment_ref in page

    announce_charge(gift, disputed=2_500, is_won=True)

    _page, (line,) = disputes_page(None)
    assert (line.back_text, line.is_won) == ("$25", True)
    assert meter(campaign).raised == Money(2_500, "USD")


def test_gifts_show_what_is_left_of_them_here_and_in_the_download(desk: Client) -> None:
    campaign = make_campaign()
    make_online_gift(campaign, amount_minor=2_500, cover_minor=100, fee_minor=90, refunded=1_040, name="Ann")
    page = desk.get("/admin/funding/gifts/").content.decode()
    assert "partly paid back" in page
    assert "$15 left" in page

    text = desk.get("/admin/funding/gifts/download.csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))

    names = ("Amount", "Counted by the campaign", "Added for the fee", "Fee", "Currency of the fee", "Net", "State")
    assert [row[name] for name in names] == ["25.00", "15.00", "0.60", "0.90", "USD", "14.70", "partly paid back"]
    assert row["How often"] == "once"


def test_trials_stand_under_their_own_filter_only_and_are_marked(desk: Client) -> None:
    trial = make_online_gift(is_trial=True, name="Trial giver")
    make_gift(giver_name="Ann")

    usual = desk.get("/admin/funding/gifts/").content.decode()
    trials = desk.get("/admin/funding/gifts/?state=trials").content.decode()
    download = desk.get("/admin/funding/gifts/download.csv").getvalue().decode()

    assert "Trial giver" not in usual + download
    assert trial.reference in trials
    assert "no money moved" in trials
    assert "Ann" not in re.findall(r"<bdi>(.*?)</bdi>", trials)
    for page in (f"/admin/funding/gifts/{trial.reference}/reverse/", pay_back_page(trial)):
        assert desk.get(page).status_code == 200


PAGES = ["/admin/funding/refunds/", "/admin/funding/disputes/", "/admin/funding/refunds/{order}/", "{pay_back}"]


@pytest.mark.parametrize("page", PAGES)
def test_c17_refunds_are_closed_to_others(page: str) -> None:
    gift = make_online_gift()
    order = ask_refund(gift=gift, reason="", submission_key="a")
    address = page.format(order=order.pk, pay_back=pay_back_page(gift))
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.get(address).status_code == 403
    assert client.post(address, {"grant": "yes"}).status_code in {403, 405}


def test_c17_who_records_gifts_pays_none_back_unless_allowed() -> None:
    gift = make_online_gift()
    order = ask_refund(gift=gift, reason="", submission_key="a")
    client = Client()
    client.force_login(make_reader(may=[*ADMIN, "record_gift"]))

    assert client.get("/admin/funding/refunds/").status_code == 200
    assert client.post(f"/admin/funding/refunds/{order.pk}/", {"grant": "yes"}).status_code == 403
    typed = {"amount": "5", "reason": "x", "submission_key": "0" * 32}
    assert client.post(pay_back_page(gift), typed).status_code == 403
    assert RefundOrder.objects.get().state == RefundState.ASKED
    for shown in ("/admin/funding/refunds/", "/admin/funding/gifts/"):
        page = client.get(shown).content.decode()
        assert "Pay back" not in page
        assert "/refunds/1" not in page


def test_the_lists_take_as_many_queries_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = make_campaign()
    for number in range(12):
        gift = make_online_gift(campaign, disputed=100)
        RefundOrder.objects.create(
            gift=gift,
            amount_minor=5,
            currency="USD",
            state=RefundState.PAID,
            decided_by=make_reader(),
            decided_at=timezone.now(),
            submission_key=f"order-{number}",
        )

    for page in ("/admin/funding/refunds/", "/admin/funding/disputes/", "/admin/funding/gifts/"):
        with django_assert_max_num_queries(20):
            desk.get(page)
