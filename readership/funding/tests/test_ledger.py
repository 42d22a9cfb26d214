"""The ledger only grows, without gaps, each entry bound to the one before."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from readership.funding import ledger
from readership.funding.auditing import audit
from readership.funding.giving import receive_gift, reverse_gift
from readership.funding.models import AnyEntry, Campaign, EntryKind, Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_gift, make_opening, make_reader
from readership.readers.models import Reader

WRITERS = 8


@pytest.mark.django_db
def test_an_entry_is_never_changed() -> None:
    make_gift()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LedgerEntry.objects.update(amount_minor=1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LedgerEntry.objects.get().save()


@pytest.mark.django_db
def test_an_entry_is_never_deleted() -> None:
    make_gift()

    with pytest.raises(DatabaseError, match=r"never (changed or )?deleted"), transaction.atomic():
        LedgerEntry.objects.all().delete()


@pytest.mark.django_db
def test_nothing_that_an_entry_names_can_be_deleted() -> None:
    gift = make_gift()

    assert gift.entered_by
    for row in (gift, gift.campaign, gift.entered_by):
        with pytest.raises(ProtectedError):
            row.delete()


@pytest.mark.django_db
def test_the_chain_starts_at_one_and_binds_each_entry_to_the_last() -> None:
    campaign = make_campaign()
    make_opening(campaign)
    reverse_gift(gift=make_gift(campaign), reason="slip", reversed_by=make_reader())

    first, second, third = LedgerEntry.objects.order_by("number")

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert first.previous_hash == ledger.NO_ENTRY
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


@pytest.mark.django_db
def test_the_hash_can_be_worked_out_with_other_tools_from_what_the_docs_say() -> None:
    campaign = make_campaign()
    make_gift(campaign)
    gift = make_gift(campaign)
    entry = LedgerEntry.objects.get(gift=gift)

    facts = [
        "readership-ledger-2",
        2,
        campaign.pk,
        gift.pk,
        "gift",
        2_500,
        "USD",
        entry.booked_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        entry.booked_by_id,
        "",
        None,
        "",
        None,
        None,
        "",
        entry.previous_hash,
    ]
    written = json.dumps(facts, separators=(",", ":")).encode()
    assert hashlib.sha256(written).hexdigest() == entry.hash


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "gift", "amount_minor": -5},
        {"kind": "gift", "gift_id": None},
        {"kind": "reversal", "amount_minor": -5},
        {"kind": "opening"},
        {"kind": "present"},
        {"amount_minor": 0},
        {"number": 0},
    ],
)
def test_the_database_refuses_an_entry_that_is_not_what_its_kind_says(wrong: dict[str, Any]) -> None:
    gift = make_gift(make_campaign())
    reader = gift.entered_by
    other = Gift.objects.create(
        campaign=gift.campaign,
        amount_minor=5,
        currency="USD",
        received_on=gift.received_on,
        kind=GiftKind.CASH,
        entered_by=reader,
        submission_key="other",
    )
    facts = {
        "number": 2,
        "campaign": gift.campaign,
        "gift_id": other.pk,
        "kind": "gift",
        "amount_minor": 5,
        "currency": "USD",
        "booked_at": gift.entered_at,
        "previous_hash": "a",
        "hash": "b",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(**{**facts, **wrong})
    LedgerEntry.objects.create(**facts)


@pytest.mark.django_db
def test_one_gift_cannot_be_booked_twice() -> None:
    gift = make_gift()

    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.book(
            campaign=gift.campaign,
            gift=gift,
            kind=EntryKind.GIFT,
            amount=gift.amount,
            booked_by=gift.entered_by,
        )


def _give(campaign: Campaign, reader: Reader, number: int) -> bool:
    """Whether the gift was booked; False when it met another."""
    try:
        receive_gift(
            campaign=campaign,
            amount=Money(100, "USD"),
            received_on=campaign.starts_on,
            kind=GiftKind.CASH,
            entered_by=reader,
            submission_key=f"{number}",
        )
    except IntegrityError:
        return False
    finally:
        connection.close()
    return True


def _give_at_once(keys: list[int]) -> list[bool]:
    campaign, reader = make_campaign(), make_reader()
    with ThreadPoolExecutor(len(keys)) as writers:
        return list(writers.map(lambda key: _give(campaign, reader, key), keys))


@pytest.mark.postgresql
@pytest.mark.usefixtures("books_for_good")
def test_without_the_lock_writers_take_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readership.funding.ledger.lock_chain", lambda: None)
    monkeypatch.setattr("readership.funding.giving.lock_chain", lambda: None)
    monkeypatch.setattr("readership.funding.receiving.lock_chain", lambda: None)
    monkeypatch.setattr(ledger, "_store", _store_after(Barrier(WRITERS)))

    booked = _give_at_once(list(range(WRITERS)))

    assert booked.count(True) == 1


def _store_after(meeting: Barrier) -> Any:
    """Every writer has read the last entry before the first one writes: the race, made certain."""
    store = ledger._store

    def wait_and_store(*arguments: Any) -> AnyEntry:
        # With the lock, one writer at a time gets here and nobody comes to meet it.
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=2)
        return store(*arguments)

    return wait_and_store


@pytest.mark.postgresql
@pytest.mark.usefixtures("books_for_good")
def test_with_the_lock_the_same_writers_make_one_chain_without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_store", _store_after(Barrier(WRITERS)))

    booked = _give_at_once(list(range(WRITERS)))

    assert booked.count(True) == WRITERS
    assert list(LedgerEntry.objects.values_list("number", flat=True)) == list(range(1, WRITERS + 1))


@pytest.mark.postgresql
@pytest.mark.usefixtures("books_for_good")
def test_one_form_sent_by_eight_at_once_is_one_gift() -> None:
    booked = _give_at_once([7] * WRITERS)

    assert booked.count(True) == WRITERS
    assert (Gift.objects.count(), LedgerEntry.objects.count()) == (1, 1)


@pytest.mark.usefixtures("books_for_good")
def test_a_gift_whose_booking_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_gift()

    def full_disk(*_arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(ledger, "_store", full_disk)
    with pytest.raises(OSError):  # noqa: PT011
        make_gift()

    assert (Gift.objects.count(), LedgerEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("minors", [[10, 20], [10**15 + 1, 1, 3], [7] * 30, [2**53 + 1, 1]])
def test_k23_the_databases_sum_is_exact_to_the_last_unit(minors: list[int]) -> None:
    """0.1 and 0.2, and sums beyond what a float holds; the same on either database."""
    campaign = make_campaign()
    for minor in minors:
        make_gift(campaign, amount_minor=minor)

    assert meter(campaign).raised == Money(sum(minors), "USD")
    assert audit().is_whole
