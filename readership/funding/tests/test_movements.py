"""Each movement of a processor's money is booked once; trials are booked in a ledger of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from readership.funding import ledger
from readership.funding.auditing import audit
from readership.funding.ledger import NO_ENTRY, Line, Movement, book, hash_of, moment
from readership.funding.models import AnyEntry, EntryKind, Gift, LedgerEntry, TrialEntry
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_gift
from readership.funding.tests.tampering import change_unseen


def refund(gift: Gift, ref: str, minor: int = -500) -> AnyEntry:
    with transaction.atomic():
        return book(
            campaign=gift.campaign,
            gift=gift,
            kind=EntryKind.REFUND,
            amount=Money(minor, gift.currency),
            movement=Movement("stripe", ref),
        )


@pytest.mark.django_db
def test_a_movement_that_arrives_twice_is_booked_once() -> None:
    gift = make_gift()

    assert refund(gift, "re_1") == refund(gift, "re_1")

    assert LedgerEntry.objects.filter(kind="refund").count() == 1
    assert meter(gift.campaign).raised == Money(2_000, "USD")


@pytest.mark.django_db
def test_one_movement_may_move_a_gift_and_a_fee() -> None:
    gift = make_gift()

    refund(gift, "txn_1")
    book(
        campaign=gift.campaign,
        gift=gift,
        kind=EntryKind.FEE,
        amount=Money(-30, "EUR"),
        movement=Movement("stripe", "txn_1"),
    )

    assert LedgerEntry.objects.count() == 3
    assert audit().is_whole


@pytest.mark.django_db
def test_fees_and_payouts_move_no_meter_and_the_audit_agrees() -> None:
    gift = make_gift()
    book(
        campaign=gift.campaign,
        gift=gift,
        kind=EntryKind.FEE,
        amount=Money(-103, "USD"),
        movement=Movement("stripe", "txn_1"),
    )
    book(campaign=None, kind=EntryKind.PAYOUT, amount=Money(-2_397, "USD"), movement=Movement("stripe", "po_1"))

    assert meter(gift.campaign).raised == Money(2_500, "USD")
    assert audit().is_whole


@pytest.mark.django_db
def test_the_database_refuses_a_second_entry_for_a_movement(monkeypatch: pytest.MonkeyPatch) -> None:
    gift = make_gift()
    refund(gift, "re_1")
    monkeypatch.setattr(ledger, "booked", lambda *_facts: None)

    with pytest.raises(IntegrityError):
        refund(gift, "re_1")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [EntryKind.REFUND, EntryKind.PAYOUT])
def test_the_database_refuses_a_movement_without_its_name(kind: EntryKind) -> None:
    gift = make_gift()

    with pytest.raises(IntegrityError):
        book(campaign=gift.campaign, gift=gift, kind=kind, amount=Money(-5, "USD"))


@pytest.mark.postgresql
def test_eight_deliveries_at_once_are_booked_once(books_for_good: None) -> None:
    gift = make_gift()

    def deliver(_number: int) -> AnyEntry:
        try:
            return refund(gift, "re_1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        entries = list(threads.map(deliver, range(8)))

    assert len({entry.pk for entry in entries}) == 1
    assert meter(gift.campaign).raised == Money(2_000, "USD")


@pytest.mark.django_db
def test_a_trial_is_booked_in_its_own_ledger_and_counted_nowhere() -> None:
    gift = make_gift()
    trial = Gift.objects.create(
        campaign=gift.campaign,
        amount_minor=9_900,
        currency="USD",
        received_on=gift.received_on,
        kind=gift.kind,
        is_trial=True,
        submission_key="trial",
    )

    entry = book(campaign=gift.campaign, gift=trial, kind=EntryKind.GIFT, amount=trial.amount)

    assert isinstance(entry, TrialEntry)
    assert (entry.number, entry.previous_hash) == (1, NO_ENTRY)
    assert meter(gift.campaign).raised == gift.amount
    assert list(Gift.objects.received()) == [gift]
    assert audit().is_whole


@pytest.mark.django_db
def test_entries_of_the_first_form_are_still_proved() -> None:
    campaign = make_campaign()
    gift = make_gift(campaign)
    entry = LedgerEntry.objects.get()
    facts = {name: getattr(entry, name) for name in ledger.FACTS}
    first = hash_of(Line(**{**facts, "form": 1, "booked_at": moment(entry.booked_at)}))
    change_unseen("UPDATE funding_ledgerentry SET form = 1, hash = %s", first)
    assert audit().is_whole

    change_unseen("UPDATE funding_ledgerentry SET amount_minor = 2501")
    change_unseen("UPDATE funding_gift SET amount_minor = 2501 WHERE id = %s", gift.pk)

    assert any("Entry 1 was changed" in sentence for sentence in audit().differences)
