"""What becomes of a line: the promised gift that came, a new gift, no gift; and back (attacks K15, K23)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from readership.funding.auditing import audit
from readership.funding.errors import (
    CurrenciesDiffer,
    GiftHasCome,
    LineIsSettled,
    NameTooLong,
    NotAGiftLine,
    PeriodClosed,
    ReasonMissing,
    ReceivedInFuture,
)
from readership.funding.matching import named_gifts, suggestions, sure_gift
from readership.funding.models import BankLine, ClosedPeriod, Gift, GiftState, LedgerEntry, LineState
from readership.funding.money import Money
from readership.funding.queries import meter
from readership.funding.settling_lines import (
    put_aside,
    put_debits_aside,
    reopen_line,
    settle_again,
    settle_as_new_gift,
    settle_line,
)
from readership.funding.tests.bank_makers import (
    IBAN,
    OTHER_IBAN,
    camt053,
    entry,
    make_account,
    make_line,
    make_promise,
    read,
)
from readership.funding.tests.makers import make_campaign, make_reader
from readership.outbox.models import OutboxItem

pytestmark = pytest.mark.django_db
RF = "RF74 7K2M 9QX4 TB"
DAY = date(2026, 3, 2)


def close_the_books(*, starts_on: date = DAY, ends_on: date = DAY) -> None:
    ClosedPeriod.objects.create(
        starts_on=starts_on, ends_on=ends_on, closed_by=make_reader(), last_number=0, last_hash="0" * 64
    )


# Each row: what was promised, what came, and whether that is beyond doubt.
@pytest.mark.parametrize(
    ("promise", "came", "is_sure"),
    [
        # The reference, marked or bare, in whatever writing.
        ({}, {"text": RF}, True),
        ({}, {"text": "rf74-7k2m-9qx4-tb merci"}, True),
        ({}, {"text": "Gift 7k2m9 qx4tb"}, True),
        ({}, {"text": "RF74 7K2M 9QX4 TC"}, False),
        ({}, {"text": "RF75 7K2M 9QX4 TB"}, True),  # wrong check digits, and the bare reference behind them
        ({}, {"text": "no reference"}, False),
        # One that was given up still finds its gift; one that has come does not.
        ({"state": GiftState.EXPIRED}, {"text": RF}, True),
        ({"state": GiftState.FAILED}, {"text": RF}, False),
        # The sum, to the cent.
        ({}, {"text": RF, "amount": "24.99"}, False),
        ({}, {"text": RF, "amount": "25.01"}, False),
        # The name, where both are known (K15).
        ({"giver_name": "Ann Salt"}, {"text": RF, "name": "SALT, ANN MARIE"}, True),
        ({"giver_name": "Jörg Müller"}, {"text": RF, "name": "HERR JOERG MUELLER"}, True),
        ({"giver_name": "Ann Salt"}, {"text": RF, "name": ""}, True),
        ({"giver_name": ""}, {"text": RF, "name": "Ann Salt"}, True),
        ({"giver_name": "Ann Salt"}, {"text": RF, "name": "Mallory Marsh"}, False),
    ],
)
def test_k15_only_what_is_beyond_doubt_is_settled_by_itself(
    promise: dict[str, str], came: dict[str, str], is_sure: bool
) -> None:
    gift = make_promise(**promise)  # type: ignore[arg-type]

    line = make_line(**came)  # type: ignore[arg-type]

    gift.refresh_from_db()
    assert (line.state, line.gift) == ((LineState.SETTLED, gift) if is_sure else (LineState.OPEN, None))
    assert LedgerEntry.objects.count() == is_sure
    assert (gift.state == GiftState.RECEIVED) == is_sure


def test_a_line_that_names_two_gifts_is_for_the_treasurer() -> None:
    make_promise(reference="7K2M9QX4TB")
    make_promise(reference="ABCDE12345")

    line = make_line(text=f"{RF} RF43 ABCD E123 45")

    assert line.state == LineState.OPEN
    assert len(suggestions([line])[line.pk]) == 2


def test_money_that_the_bank_takes_back_is_nobodys_gift() -> None:
    make_account()
    make_promise()
    taken_back = entry("25.00", text=RF).replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")
    read(camt053(taken_back, closing="25.00"))

    line = BankLine.objects.get()
    assert line.state == LineState.OPEN
    assert suggestions([line]) == {}
    with pytest.raises(NotAGiftLine):
        settle_as_new_gift(line_id=line.pk, campaign=make_campaign(currency="EUR"), settled_by=make_reader())


def test_the_gift_is_received_on_the_banks_day_and_booked_by_the_lines_fingerprint() -> None:
    gift = make_promise(giver_email="ann@example.org")

    line = make_line(text=RF)

    entry = LedgerEntry.objects.get()
    assert (entry.gift, entry.amount, entry.booked_by) == (gift, Money(2_500, "EUR"), None)
    assert (entry.processor, entry.movement_ref) == ("bank", line.fingerprint)
    gift.refresh_from_db()
    assert gift.received_on == DAY
    assert OutboxItem.objects.get(kind="gift_thanks").payload == {"gift_id": gift.pk}
    assert meter(gift.campaign).raised == Money(2_500, "EUR")
    assert audit().is_whole


def test_what_came_is_what_counts_and_the_promise_is_noted() -> None:
    gift, line = make_promise(amount_minor=2_500), make_line(amount="20.00", text=RF)

    settle_line(line_id=line.pk, gift_id=gift.pk, settled_by=make_reader())

    gift.refresh_from_db()
    assert (gift.amount_minor, gift.note) == (2_000, "Promised: €25.")
    assert LedgerEntry.objects.get().amount_minor == 2_000
    assert audit().is_whole


def test_settling_twice_books_once() -> None:
    gift, line, reader = make_promise(), make_line(), make_reader()

    for _time in range(2):
        assert settle_line(line_id=line.pk, gift_id=gift.pk, settled_by=reader) == gift
    assert LedgerEntry.objects.count() == 1


def test_a_settled_line_takes_no_other_gift_and_a_gift_no_other_line() -> None:
    first, second = make_promise(reference="7K2M9QX4TB"), make_promise(reference="ABCDE12345")
    line, other, reader = make_line(), make_line(), make_reader()
    settle_line(line_id=line.pk, gift_id=first.pk, settled_by=reader)

    with pytest.raises(LineIsSettled):
        settle_line(line_id=line.pk, gift_id=second.pk, settled_by=reader)
    with pytest.raises(GiftHasCome):
        settle_line(line_id=other.pk, gift_id=first.pk, settled_by=reader)
    with pytest.raises(LineIsSettled):
        put_aside(line_id=line.pk, settled_by=reader)
    assert LedgerEntry.objects.count() == 1


def test_money_that_left_is_no_gift() -> None:
    gift, line = make_promise(), make_line(amount="-25.00", text=RF)

    assert line.state == LineState.OPEN
    with pytest.raises(NotAGiftLine):
        settle_line(line_id=line.pk, gift_id=gift.pk, settled_by=make_reader())


def test_two_currencies_never_meet() -> None:
    line = make_line()

    with pytest.raises(CurrenciesDiffer):
        settle_line(line_id=line.pk, gift_id=make_promise(make_campaign(currency="CHF")).pk)
    with pytest.raises(CurrenciesDiffer):
        settle_as_new_gift(line_id=line.pk, campaign=make_campaign(currency="USD"), settled_by=make_reader())


def test_in_a_closed_period_nothing_is_received_and_the_line_waits() -> None:
    close_the_books()
    gift = make_promise()

    line = make_line(text=RF)

    assert line.state == LineState.OPEN
    with pytest.raises(PeriodClosed):
        settle_line(line_id=line.pk, gift_id=gift.pk, settled_by=make_reader())
    with pytest.raises(PeriodClosed):
        settle_as_new_gift(line_id=line.pk, campaign=gift.campaign, settled_by=make_reader())


def test_a_day_that_is_yet_to_come_waits() -> None:
    make_promise()

    line = make_line(text=RF, day=timezone.localdate() + timedelta(days=2))

    assert line.state == LineState.OPEN
    with pytest.raises(ReceivedInFuture):
        settle_as_new_gift(line_id=line.pk, campaign=make_campaign(currency="EUR"), settled_by=make_reader())


def test_a_line_becomes_a_new_gift_once() -> None:
    line, campaign, reader = make_line(), make_campaign(currency="EUR"), make_reader()

    gifts = [
        settle_as_new_gift(
            line_id=line.pk,
            campaign=campaign,
            settled_by=reader,
            giver_name=" Ann\u202e Salt ",
            giver_email="Ann@Example.org",
        )
        for _time in range(2)
    ]

    assert gifts[0] == gifts[1]
    assert (gifts[0].giver_name, gifts[0].giver_email, gifts[0].entered_by) == ("Ann Salt", "ann@example.org", reader)
    assert (gifts[0].received_on, gifts[0].kind) == (DAY, "transfer")
    assert LedgerEntry.objects.get().booked_by == reader
    assert audit().is_whole


def test_a_name_that_is_too_long_is_refused_not_cut() -> None:
    with pytest.raises(NameTooLong):
        settle_as_new_gift(
            line_id=make_line().pk,
            campaign=make_campaign(currency="EUR"),
            settled_by=make_reader(),
            giver_name="x" * 121,
        )


def test_put_aside_with_a_note_and_back_again() -> None:
    line, reader = make_line(), make_reader()

    put_aside(line_id=line.pk, note=" Sale of\nthe bicycle ", settled_by=reader)
    line.refresh_from_db()
    assert (line.state, line.note, line.settled_by) == (LineState.NO_GIFT, "Sale of the bicycle", reader)

    reopen_line(line_id=line.pk, reason="", reopened_by=reader)
    line.refresh_from_db()
    assert (line.state, line.note, line.settled_by, line.settled_at) == (LineState.OPEN, "", None, None)


def test_all_money_that_left_is_put_aside_at_once_and_none_that_came() -> None:
    make_account()
    read(camt053(entry("-3.90"), entry("-100.00"), entry("5.00"), opening="100.00", closing="1.10"))

    assert put_debits_aside(settled_by=make_reader()) == 2
    assert BankLine.objects.get(state=LineState.OPEN).amount_minor == 500


def test_opened_again_the_gift_is_reversed_and_the_line_can_be_booked_anew() -> None:
    gift, line, reader = make_promise(), make_line(text=RF), make_reader()

    with pytest.raises(ReasonMissing):
        reopen_line(line_id=line.pk, reason=" ", reopened_by=reader)
    reopen_line(line_id=line.pk, reason="Wrong giver", reopened_by=reader)
    assert meter(gift.campaign).raised == Money(0, "EUR")

    second = settle_as_new_gift(line_id=line.pk, campaign=gift.campaign, settled_by=reader)
    reopen_line(line_id=line.pk, reason="Wrong again", reopened_by=reader)
    settle_as_new_gift(line_id=line.pk, campaign=gift.campaign, settled_by=reader)
    assert second != gift
    assert meter(gift.campaign).raised == Money(2_500, "EUR")
    assert LedgerEntry.objects.filter(kind="gift").count() == 3
    assert audit().is_whole


def test_who_gave_before_gives_again_with_the_same_reference() -> None:
    gift = make_promise(giver_name="Ann Salt", giver_email="ann@example.org")
    make_line(text=RF)

    again = make_line(text=RF)
    (suggestion,) = suggestions([again])[again.pk]
    assert again.state == LineState.OPEN
    assert (suggestion.gift, suggestion.is_again) == (gift, True)

    new = settle_again(line_id=again.pk, gift_id=gift.pk, settled_by=make_reader())
    assert (new.campaign, new.giver_name, new.giver_email) == (gift.campaign, "Ann Salt", "ann@example.org")


def test_k15_another_name_on_a_reference_is_a_suggestion_that_warns() -> None:
    make_promise(giver_name="Ann Salt", giver_email="ann@example.org")

    line = make_line(text=RF, name="Mallory Marsh")

    (suggestion,) = suggestions([line])[line.pk]
    assert any("anybody may write any reference" in warning for warning in suggestion.warnings)
    assert not OutboxItem.objects.filter(kind="gift_thanks").exists()


def test_without_a_reference_the_likeliest_promise_comes_first() -> None:
    campaign = make_campaign(currency="EUR")
    facts: list[tuple[str, int, str]] = [
        ("Ann Salt", 2_500, "AAAAAAAAAA"),
        ("Ann Salt", 9_900, "BBBBBBBBBB"),
        ("Bo Reed", 2_500, "CCCCCCCCCC"),
        ("Cy Fern", 100, "DDDDDDDDDD"),
    ]
    for name, minor, reference in facts:
        make_promise(campaign, giver_name=name, amount_minor=minor, reference=reference)
    Gift.objects.update(entered_at=datetime(2026, 2, 25, tzinfo=UTC))

    line = make_line(name="Ann Salt", iban=IBAN)

    assert [one.gift.reference for one in suggestions([line])[line.pk]] == ["AAAAAAAAAA", "CCCCCCCCCC"]


def test_a_known_account_remembers_who_gave_from_it() -> None:
    gift = make_promise(giver_name="Ann Salt")
    make_line(text=RF, iban=OTHER_IBAN)

    line = make_line(name="A. S.", iban=OTHER_IBAN, amount="7.00")

    (suggestion,) = suggestions([line])[line.pk]
    assert (suggestion.gift, suggestion.is_again) == (gift, True)


def test_suggestions_for_many_lines_ask_as_often_as_for_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_promise()
    lines = [make_line(text=f"{RF} {number}", amount="7.00") for number in range(4)]

    for some in (lines[:1], lines):
        with django_assert_num_queries(3):
            suggestions(some)


def test_sure_is_asked_of_the_gift_as_it_is_now() -> None:
    gift, line = make_promise(), make_line(amount="25.00")
    line.text = RF

    assert sure_gift(line, named_gifts([line])[line.pk]) == gift
    Gift.objects.update(state=GiftState.RECEIVED, received_on=DAY)
    assert sure_gift(line, named_gifts([line])[line.pk]) is None


def test_k23_a_sum_beyond_any_float_is_settled_to_the_cent() -> None:
    gift = make_promise(amount_minor=9_007_199_254_740_993)

    make_line(amount="90071992547409.93", text=RF)

    gift.refresh_from_db()
    assert (gift.state, LedgerEntry.objects.get().amount_minor) == (GiftState.RECEIVED, 9_007_199_254_740_993)
