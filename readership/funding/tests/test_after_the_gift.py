"""What happens to a gift after it came: the meter, its giver's receipt and the books are right after each step (K12)."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from readership.funding.auditing import audit
from readership.funding.giver_links import page_of
from readership.funding.models import Gift, LedgerEntry
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.receipts import receipt_of
from readership.funding.refunding import left_of
from readership.funding.tests.counter import Counter
from readership.funding.tests.makers import make_campaign
from readership.funding.wording import amount_text
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.things import Event

pytestmark = pytest.mark.django_db


def is_true_everywhere(gift: Gift, minor: int) -> None:
    """What is left of the gift, as everybody sees it who may."""
    gift.refresh_from_db()
    left = Money(minor, gift.currency)
    assert meter(gift.campaign).raised == left
    sheet = receipt_of(gift)
    assert sheet is not None
    assert sheet.sums[-1][1] == amount_text(left)
    assert gift.giver is not None
    page = Client().get(f"{page_of(gift.giver)}receipts/{gift.reference}/").content.decode()
    assert amount_text(left) in page
    assert audit().is_whole


@pytest.mark.parametrize(("is_won", "left"), [(True, 1_800), (False, 0)])
def test_k12_paid_back_in_part_returned_and_disputed_it_is_right_after_each_step(
    counter: Counter, is_won: bool, left: int
) -> None:
    gift = counter.gift(make_campaign(currency="EUR"), 2_500)
    is_true_everywhere(gift, 2_500)

    first = counter.fake.refund_by_hand(gift.payment_ref, amount=300, world=counter.world)
    counter.announce()
    is_true_everywhere(gift, 2_200)
    counter.fake.refund_by_hand(gift.payment_ref, amount=700, world=counter.world)
    counter.announce()
    is_true_everywhere(gift, 1_500)
    # Their bank did not take the first part: it is ours again.
    counter.fake.fail_refund(first, world=counter.world)
    counter.announce()
    is_true_everywhere(gift, 1_800)
    dispute = counter.fake.dispute(gift.payment_ref, amount=1_800, world=counter.world)
    counter.announce()
    is_true_everywhere(gift, 0)
    counter.fake.close_dispute(dispute, is_won=is_won, world=counter.world)
    counter.announce()

    is_true_everywhere(gift, left)
    # Lines were added, and none was changed: the first is still the gift.
    first_entry = LedgerEntry.objects.order_by("number")[0]
    assert (first_entry.kind, first_entry.amount_minor) == ("gift", 2_500)


@pytest.mark.parametrize("name", ["charge", "payment_intent"])
def test_k12_a_refund_finds_its_gift_by_either_name_of_the_payment(counter: Counter, name: str) -> None:
    """The peer's bug: a refund looked for the charge, and the gift had kept the payment only, or the reverse."""
    gift = counter.gift(make_campaign(currency="EUR"), 2_500)
    lost = {"charge": "payment_ref", "payment_intent": "charge_ref"}[name]
    Gift.objects.update(**{lost: "" if lost == "payment_ref" else None})
    counter.fake.refund_by_hand(gift.payment_ref, amount=300, world=counter.world)

    counter.announce()

    assert meter(gift.campaign).raised == Money(2_200, "EUR")


def test_k12_a_refund_on_the_processors_pages_counts_against_what_we_may_pay_back(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"), 2_500)
    dispute = counter.fake.dispute(gift.payment_ref, amount=2_000, world=counter.world)
    counter.announce()
    assert left_of(gift) == Money(500, "EUR")

    counter.fake.close_dispute(dispute, is_won=True, world=counter.world)
    counter.announce()

    assert left_of(gift) == Money(2_500, "EUR")


def test_k16_a_pledge_made_and_stopped_before_it_paid_moves_no_meter(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    pledge = counter.pledge(campaign, 1_000)
    counter.processor.stop_pledge(pledge.subscription_ref or "", at_once=True)
    counter.announce()

    # What had come is here, and nothing of what was promised.
    assert meter(campaign).raised == Money(1_000, "EUR")
    assert audit().is_whole


def test_k05_a_debit_that_came_and_is_taken_back_by_the_bank_is_taken_off(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.fake.pay_by_debit(session, world=counter.world)
    counter.announce()
    gift = Gift.objects.get()
    payment = _payment_of(counter, counter.events("checkout.session.completed")[0])
    counter.fake.settle_debit(payment, world=counter.world)
    counter.announce()
    assert meter(campaign).raised == Money(2_500, "EUR")

    counter.fake.dispute(payment, world=counter.world)
    counter.announce()

    is_true_everywhere(gift, 0)


def _payment_of(counter: Counter, event: Event) -> str:
    return str(json.loads(body_of(counter.world, event, None))["data"]["object"]["payment_intent"])
