"""Gifts through Stripe: whatever is announced, in whatever order, each movement of money is booked once."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from readership.funding.auditing import audit
from readership.funding.models import Gift, GiftState, LedgerEntry, Outcome, ProcessorEvent, TrialEntry
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.tests.counter import SECRET, Counter, send, with_changes, work
from readership.funding.tests.makers import make_campaign
from readership.outbox.models import OutboxItem
from tests.fake_stripe import signing
from tests.fake_stripe.delivery import body_of
from tests.fake_stripe.fake import LIVE_KEY
from tests.fake_stripe.fixtures import client_of
from tests.fake_stripe.things import CheckoutSession

pytestmark = pytest.mark.django_db


def booked() -> list[tuple[str, int]]:
    return [(entry.kind, entry.amount_minor) for entry in LedgerEntry.objects.order_by("number")]


def test_a_gift_is_booked_with_its_fee_apart(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")

    gift = counter.gift(campaign)

    assert (gift.state, gift.giver_email, gift.is_trial) == (GiftState.RECEIVED, "ann@example.org", False)
    # The fake takes 1.5 % and 0.25, as cards of the European Economic Area cost.
    assert booked() == [("gift", 2_500), ("fee", -63)]
    assert meter(campaign).raised == Money(2_500, "EUR")
    assert audit().is_whole


def test_what_was_added_for_the_fee_is_not_counted(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")

    counter.gift(campaign, 300, cover=102)

    assert ("cover", 102) in booked()
    assert meter(campaign).raised == Money(300, "EUR")


def test_the_thanks_go_out_once_however_often_it_is_announced(counter: Counter) -> None:
    counter.gift(make_campaign(currency="EUR"))

    for _time in range(3):
        counter.announce(counter.events())

    assert OutboxItem.objects.filter(kind="gift_thanks").count() == 1


def _payment_ref(counter: Counter, session: str) -> str:
    return str(counter.world.get(CheckoutSession, session).payment_intent)


def test_k12_parts_paid_back_add_up_to_the_gift_to_the_cent(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign, 301, cover=102)

    for part in (1, 1, 1, 200, 200):
        counter.fake.refund_by_hand(gift.payment_ref, amount=part, world=counter.world)
        counter.announce()

    assert meter(campaign).raised == Money(0, "EUR")
    covers = LedgerEntry.objects.filter(kind__in=["cover", "cover_back"])
    assert sum(entry.amount_minor for entry in covers) == 0


def test_k12_a_refund_that_comes_back_counts_again(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    refund = counter.fake.refund_by_hand(gift.payment_ref, amount=1_000, world=counter.world)
    counter.announce()
    assert meter(campaign).raised == Money(1_500, "EUR")

    counter.fake.fail_refund(refund, world=counter.world)
    counter.announce()

    assert meter(campaign).raised == Money(2_500, "EUR")


@pytest.mark.parametrize(("is_won", "left"), [(True, 2_500), (False, 0)])
def test_k12_a_dispute_takes_the_gift_off_the_meter_until_it_is_won(counter: Counter, is_won: bool, left: int) -> None:
    campaign = make_campaign(currency="EUR")
    gift = counter.gift(campaign)
    dispute = counter.fake.dispute(gift.payment_ref, world=counter.world)
    counter.announce()
    assert meter(campaign).raised == Money(0, "EUR")

    counter.fake.close_dispute(dispute, is_won=is_won, world=counter.world)
    counter.announce()

    assert meter(campaign).raised == Money(left, "EUR")
    assert audit().is_whole


def test_k05_a_debit_counts_when_the_money_is_there(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.fake.pay_by_debit(session, world=counter.world)
    counter.announce()
    assert Gift.objects.get().state == GiftState.PENDING
    assert meter(campaign).raised == Money(0, "EUR")

    counter.fake.settle_debit(_payment_ref(counter, session), world=counter.world)
    counter.announce()

    assert meter(campaign).raised == Money(2_500, "EUR")


def test_k05_a_debit_that_fails_never_counted(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.fake.pay_by_debit(session, world=counter.world)
    counter.announce()

    counter.fake.fail_debit(_payment_ref(counter, session), world=counter.world)
    counter.announce()

    assert Gift.objects.get().state == GiftState.FAILED
    assert booked() == []


def test_k06_another_sum_than_was_meant_is_kept_for_the_treasurer(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    Gift.objects.update(amount_minor=9_900)
    counter.pay(session)

    counter.announce()

    assert booked() == []
    event = ProcessorEvent.objects.get(kind="checkout.session.completed")
    assert event.outcome == Outcome.UNMATCHED
    assert "€99 were meant and €25 came" in event.said
    assert OutboxItem.objects.filter(kind="treasurer_alarm").exists()


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 500), ("KWD", 5_000), ("ISK", 1_500), ("UGX", 9_000)])
def test_k07_currencies_with_other_decimals_keep_their_sums(counter: Counter, currency: str, minor: int) -> None:
    counter.fake.set_rate(currency.lower(), "0.01", world=counter.world)
    campaign = make_campaign(currency=currency, goal_minor=100_000)

    counter.gift(campaign, minor)

    assert meter(campaign).raised == Money(minor, currency)
    entry = LedgerEntry.objects.get(kind="gift")
    # Our balance is kept in euros: what it moved by stands beside the gift.
    assert entry.settled_currency == "EUR"
    assert audit().is_whole


def test_k09_a_trial_key_books_into_the_ledger_of_trials(counter: Counter, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"
    counter.world = counter.fake.test
    campaign = make_campaign(currency="EUR")

    counter.gift(campaign)

    assert meter(campaign).raised == Money(0, "EUR")
    assert TrialEntry.objects.filter(kind="gift").count() == 1
    assert audit().is_whole


def test_k09_a_trial_event_at_the_real_books_is_refused_and_alarmed(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.gift(campaign)
    body = with_changes(
        body_of(counter.world, counter.events("checkout.session.completed")[0], None), livemode=False, id="evt_t"
    )
    assert send(body, signing.header(body, [SECRET])) == 200
    work()

    assert ProcessorEvent.objects.get(event_ref="evt_t").outcome == Outcome.REFUSED
    assert OutboxItem.objects.filter(kind="treasurer_alarm").count() == 1
    assert meter(campaign).raised == Money(2_500, "EUR")


def test_k09_real_money_announced_to_a_site_on_trial_is_refused_and_alarmed(
    counter: Counter, settings: Settings
) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.pay(session)
    settings.STRIPE_SECRET_KEY = "sk_test_fake"

    counter.announce(counter.events("checkout.session.completed"))

    assert ProcessorEvent.objects.get().outcome == Outcome.REFUSED
    assert OutboxItem.objects.filter(kind="treasurer_alarm").count() == 1
    assert not TrialEntry.objects.exists()
    assert booked() == []


def test_k10_what_another_shop_of_the_account_sells_is_none_of_our_business(counter: Counter) -> None:
    foreign = client_of(counter.fake, LIVE_KEY).v1.checkout.sessions.create(
        {
            "mode": "payment",
            "line_items": [
                {"price_data": {"currency": "eur", "unit_amount": 999, "product_data": {"name": "Mug"}}, "quantity": 1}
            ],
            "success_url": "http://127.0.0.1:9/",
        }
    )
    counter.pay(foreign.id)

    counter.announce()

    assert booked() == []
    assert set(ProcessorEvent.objects.values_list("outcome", flat=True)) == {Outcome.IGNORED}


@pytest.mark.parametrize(("host", "outcome"), [("other.example", Outcome.IGNORED), (None, Outcome.UNMATCHED)])
def test_k10_another_newsrooms_gift_in_the_same_account_is_none_of_our_business(
    counter: Counter, settings: Settings, host: str | None, outcome: Outcome
) -> None:
    """As when two sites share an account. What we began and do not know any more is alarmed."""
    ours = settings.SITE_HOST
    settings.SITE_HOST = host or ours
    session = counter.begin(make_campaign(currency="EUR"))
    Gift.objects.all().delete()
    settings.SITE_HOST = ours
    counter.pay(session)

    counter.announce(counter.events("checkout.session.completed"))

    assert ProcessorEvent.objects.get().outcome == outcome
    assert OutboxItem.objects.filter(kind="treasurer_alarm").exists() == (outcome == Outcome.UNMATCHED)
    assert booked() == []


@pytest.mark.parametrize("version", ["2025-02-24.acacia", None])
def test_k13_events_of_an_older_version_book_the_same(counter: Counter, version: str | None) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    counter.pay(session)

    counter.announce(counter.events(), version=version)

    assert booked() == [("gift", 2_500), ("fee", -63)]


def test_k13_a_version_newer_than_ours_is_alarmed_once_and_books_the_same(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    counter.pay(counter.begin(campaign))
    bodies = [body_of(counter.world, event, None) for event in counter.events()]

    for body in bodies:
        newer = with_changes(body, api_version="2031-01-01.thyme")
        assert send(newer, signing.header(newer, [SECRET])) == 200
    work()

    assert booked() == [("gift", 2_500), ("fee", -63)]
    alarmed = OutboxItem.objects.get(kind="treasurer_alarm")
    assert "2031-01-01.thyme" in alarmed.payload["said"]


def test_f08_a_crash_before_the_session_was_noted_loses_nothing(counter: Counter) -> None:
    campaign = make_campaign(currency="EUR")
    session = counter.begin(campaign)
    Gift.objects.update(session_ref=None)
    counter.pay(session)

    counter.announce()

    assert meter(campaign).raised == Money(2_500, "EUR")
    assert Gift.objects.get().session_ref == session


def test_a_fee_that_is_told_later_is_booked_later(counter: Counter) -> None:
    counter.world.is_balance_late = True
    campaign = make_campaign(currency="EUR")
    counter.gift(campaign)
    assert booked() == [("gift", 2_500)]

    counter.fake.book_late_charges(world=counter.world)
    counter.announce()

    assert booked() == [("gift", 2_500), ("fee", -63)]
