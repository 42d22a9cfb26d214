"""A gift is booked once, undone once, and never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from readership.funding.errors import (
    AlreadyOpened,
    AmountNotPositive,
    CurrenciesDiffer,
    NameTooLong,
    ReasonMissing,
    ReceivedInFuture,
)
from readership.funding.giving import open_with, receive_gift, reverse_gift
from readership.funding.models import Gift, GiftKind, LedgerEntry
from readership.funding.money import Money
from readership.funding.tests.makers import make_campaign, make_gift, make_opening, make_reader
from readership.funding.thanks import send_thanks
from readership.outbox.mail import send
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db


def test_a_gift_is_one_row_one_entry_and_one_letter() -> None:
    gift = make_gift(amount_minor=2_500, giver_email="Salt@Example.org", giver_name="Old Salt")

    entry = LedgerEntry.objects.get()
    assert (entry.gift, entry.kind, entry.amount) == (gift, "gift", Money(2_500, "USD"))
    assert OutboxItem.objects.get().payload == {"gift_id": gift.pk}
    assert gift.giver_email == "salt@example.org"


def test_a_gift_without_an_address_sends_nothing() -> None:
    make_gift(giver_email="")

    assert not OutboxItem.objects.exists()


def test_the_same_sending_again_returns_the_first_gift() -> None:
    campaign = make_campaign()
    first = make_gift(campaign, submission_key="a" * 32, giver_email="a@example.org")

    second = make_gift(campaign, submission_key="a" * 32, giver_email="a@example.org")

    assert second == first
    assert (Gift.objects.count(), LedgerEntry.objects.count(), OutboxItem.objects.count()) == (1, 1, 1)


def test_references_hold_nothing_that_is_misread() -> None:
    campaign, reader = make_campaign(), make_reader()
    references = {make_gift(campaign, entered_by=reader).reference for _number in range(30)}

    assert len(references) == 30
    assert not set("".join(references)) & set("ILOUilou")


def test_k06_only_a_positive_sum_in_the_campaigns_currency_arrives() -> None:
    facts = {
        "campaign": make_campaign(currency="USD"),
        "received_on": timezone.localdate(),
        "kind": GiftKind.CASH,
        "entered_by": make_reader(),
        "submission_key": "k",
    }

    for amount in (Money(0, "USD"), Money(-5, "USD")):
        with pytest.raises(AmountNotPositive):
            receive_gift(amount=amount, **facts)  # type: ignore[arg-type]
    with pytest.raises(CurrenciesDiffer):
        receive_gift(amount=Money(500, "EUR"), **facts)  # type: ignore[arg-type]
    assert not LedgerEntry.objects.exists()


def test_money_cannot_have_arrived_tomorrow() -> None:
    with pytest.raises(ReceivedInFuture):
        make_gift(received_on=timezone.localdate() + timedelta(days=1))


def test_a_name_that_is_too_long_is_refused_not_cut() -> None:
    with pytest.raises(NameTooLong):
        make_gift(giver_name="x" * 121)


def test_k23_a_sum_beyond_any_float_is_stored_to_the_cent() -> None:
    gift = make_gift(amount_minor=9_007_199_254_740_993)

    gift.refresh_from_db()
    assert gift.amount_minor == LedgerEntry.objects.get().amount_minor == 9_007_199_254_740_993


def test_a_reversal_is_the_opposite_entry_and_names_the_first() -> None:
    gift, reader = make_gift(amount_minor=2_500), make_reader()

    entry = reverse_gift(gift=gift, reason=" typed twice ", reversed_by=reader)

    assert (entry.amount_minor, entry.kind, entry.reason) == (-2_500, "reversal", "typed twice")
    assert entry.reverses_id == LedgerEntry.objects.get(kind="gift").pk
    assert list(Gift.objects.standing()) == []


def test_k11_a_second_reversal_books_nothing() -> None:
    gift, reader = make_gift(), make_reader()

    first = reverse_gift(gift=gift, reason="once", reversed_by=reader)
    second = reverse_gift(gift=gift, reason="twice", reversed_by=reader)

    assert first == second
    assert LedgerEntry.objects.count() == 2


def test_a_reversal_without_a_reason_is_refused() -> None:
    with pytest.raises(ReasonMissing):
        reverse_gift(gift=make_gift(), reason=" \u200b\n", reversed_by=make_reader())


def test_an_opening_sum_is_booked_once() -> None:
    campaign = make_campaign()
    first = make_opening(campaign, amount_minor=144_000)

    assert make_opening(campaign, amount_minor=144_000) == first
    with pytest.raises(AlreadyOpened):
        make_opening(campaign, amount_minor=5)
    with pytest.raises(CurrenciesDiffer):
        open_with(campaign=campaign, amount=Money(1, "EUR"), reason="old site")
    assert LedgerEntry.objects.count() == 1


def test_a02_the_letter_says_a_strange_name_literally() -> None:
    gift = make_gift(giver_name="<img src=x onerror=alert(1)>", giver_email="a@example.org", amount_minor=2_500)

    send_thanks({"gift_id": gift.pk})
    send(OutboxItem.objects.get(kind="mail").payload)

    (letter,) = mail.outbox
    assert letter.to == ["a@example.org"]
    assert "Dear <img src=x onerror=alert(1)>," in letter.body
    assert "$25" in letter.body
    assert gift.reference in letter.body


def test_nobody_is_thanked_for_a_gift_that_was_reversed() -> None:
    gift = make_gift(giver_email="a@example.org")
    reverse_gift(gift=gift, reason="slip", reversed_by=make_reader())

    send_thanks({"gift_id": gift.pk})

    assert not OutboxItem.objects.filter(kind="mail").exists()
