"""The letters of funding: one for each thing that happened, none for what was put right (attacks A02, G01, G05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from readership import outbox
from readership.funding.giver_links import giver_of
from readership.funding.giving import reverse_gift
from readership.funding.models import Gift, Giver, Pledge, PledgeState, RefundOrder, StoppedBy
from readership.funding.pledge_mails import tell_behind, tell_stopped
from readership.funding.refund_mails import tell_refunded
from readership.funding.refunding import ask_refund, decline_refund, grant_refund
from readership.funding.tests.counter import Counter, work
from readership.funding.tests.makers import (
    make_campaign,
    make_gift,
    make_giver,
    make_own_gift,
    make_own_pledge,
    make_reader,
    make_treasurer,
)
from readership.funding.tests.reading_pdf import words_of
from readership.funding.thanks import send_thanks
from readership.outbox.models import OutboxItem
from tests.fake_stripe import cards
from tests.fake_stripe.things import Subscription

pytestmark = pytest.mark.django_db


def letters() -> list[EmailMultiAlternatives]:
    work()
    return [cast(EmailMultiAlternatives, letter) for letter in mail.outbox]


def subjects() -> list[str]:
    return sorted(str(letter.subject) for letter in letters())


def html_of(letter: EmailMultiAlternatives) -> str:
    return str(letter.alternatives[0][0])


def test_the_thanks_bring_the_receipt_and_the_key_to_the_own_page() -> None:
    make_gift(make_campaign(title="Court fund"), giver_email="ann@example.org", giver_name="Ann")

    (letter,) = letters()

    assert letter.to == ["ann@example.org"]
    for written in (str(letter.body), html_of(letter)):
        assert "Dear Ann," in written
        assert "$25" in written
        assert "You get this mail because" in written
        token = written.partition("/gifts/yours/")[2].partition("/")[0]
        assert giver_of(token) == Giver.objects.get()
    (attached,) = letter.attachments
    name, content, kind = cast(tuple[str, bytes, str], attached)
    assert (name, kind) == (f"receipt-{Gift.objects.get().reference}.pdf", "application/pdf")
    assert "Court fund" in words_of(content)


def test_one_letter_for_a_gift_however_often_it_is_told() -> None:
    gift = make_gift(giver_email="ann@example.org")
    for _time in range(3):
        send_thanks({"gift_id": gift.pk})

    assert len(letters()) == 1


def test_a_letter_shows_nothing_from_elsewhere_and_tells_nobody_that_it_was_read() -> None:
    make_gift(giver_email="ann@example.org")

    (letter,) = letters()

    for fetched in ("<img", "src=", "url(", "<link", "<script", "@import"):
        assert fetched not in html_of(letter)
    assert html_of(letter).count("href=") == 1


@pytest.mark.parametrize(
    "name",
    ["Pay at https://evil.example", "evil.example", "www evil", "mail eve@evil.example", "a//b", "x:y", "N" * 100],
)
def test_g05_a_name_that_mail_programs_make_a_link_of_is_left_out(name: str) -> None:
    make_gift(giver_email="ann@example.org", giver_name=name)

    (letter,) = letters()

    assert str(letter.body).startswith("Dear reader,")
    assert name not in html_of(letter)


@pytest.mark.parametrize("name", ["Ann\r\nBcc: b@example.org", "Ann\u2028Bcc", "Zsófia <b>", "محمد"])
def test_g01_a02_a_name_begins_no_header_and_no_markup(name: str) -> None:
    make_gift(giver_email="ann@example.org", giver_name=name)

    (letter,) = letters()

    written = letter.message()
    assert written["Bcc"] is None
    assert written["To"] == "ann@example.org"
    assert "<b>" not in html_of(letter)


def test_the_letter_is_in_the_givers_language() -> None:
    giver = make_giver(language="ar")
    make_own_gift(giver, received_on=date(2026, 2, 3))

    (letter,) = letters()

    assert '<html lang="ar" dir="rtl">' in html_of(letter)


def test_a_trial_says_in_its_subject_and_its_text_that_it_is_one() -> None:
    gift = make_gift(giver_email="ann@example.org")
    Gift.objects.filter(pk=gift.pk).update(is_trial=True)

    (letter,) = letters()

    assert str(letter.subject).startswith("Trial: ")
    assert "No money moved" in str(letter.body)


# Pledges


def test_a_pledge_is_told_once_and_each_instalment_brings_its_receipt(counter: Counter) -> None:
    counter.pledge(make_campaign(currency="EUR"))
    counter.announce(counter.events())
    assert subjects() == ["Receipt for your pledge to Readership", "Your pledge to Readership has begun"]

    counter.fake.advance(days=32)
    counter.announce()

    assert subjects().count("Receipt for your pledge to Readership") == 2
    assert len(letters()) == 3


def behind(*, attempts: int = 1, since_days: int = 0) -> Pledge:
    return make_own_pledge(
        make_giver(),
        state=PledgeState.BEHIND,
        failed_since=timezone.now() - timedelta(days=since_days),
        failures_count=attempts,
    )


def fail(pledge: Pledge, attempt: int, *, is_last: bool = False) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(failures_count=attempt)
    next_at = None if is_last else (timezone.now() + timedelta(days=1)).isoformat()
    tell_behind({"pledge_id": pledge.pk, "attempt": attempt, "next_at": next_at})


def pass_days(days: float) -> None:
    for item in OutboxItem.objects.all():
        OutboxItem.objects.filter(pk=item.pk).update(created_at=item.created_at - timedelta(days=days))


def test_a_failed_payment_is_told_at_once_then_not_more_than_every_three_days_and_at_the_end() -> None:
    pledge = behind()
    told = []
    # One try a day; the letters after each.
    for attempt in range(1, 8):
        fail(pledge, attempt)
        told.append(len(letters()))
        pass_days(1)
    fail(pledge, 8, is_last=True)
    told.append(len(letters()))

    assert told == [1, 1, 1, 2, 2, 2, 3, 4]
    assert "We try again on" in str(letters()[0].body)
    assert "will not be tried again" in str(letters()[-1].body)


def test_the_same_failure_told_twice_is_one_letter() -> None:
    pledge = behind()
    fail(pledge, 1)
    fail(pledge, 1)
    fail(pledge, 2, is_last=True)
    fail(pledge, 2, is_last=True)

    assert len(letters()) == 2


@pytest.mark.parametrize("state", [PledgeState.ACTIVE, PledgeState.STOPPED])
def test_nobody_is_reminded_of_what_was_paid_or_stopped_meanwhile(state: PledgeState) -> None:
    pledge = behind()
    Pledge.objects.update(state=state, stopped_at=timezone.now(), failed_since=None)

    fail(pledge, 1)

    assert letters() == []


def test_a_second_time_behind_is_told_from_the_beginning() -> None:
    pledge = behind(since_days=32)
    fail(pledge, 1)
    Pledge.objects.update(failed_since=timezone.now())

    fail(pledge, 1)

    assert len(letters()) == 2


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (StoppedBy.GIVER, "is stopped"),
        (StoppedBy.NEWSROOM, "We have stopped"),
        (StoppedBy.PROCESSOR, "payments did not go through"),
    ],
)
def test_a_stop_is_told_by_whom_and_once(by: StoppedBy, said: str) -> None:
    pledge = make_own_pledge(make_giver(), state=PledgeState.STOPPED, stopped_at=timezone.now(), stopped_by=by)

    for _time in range(2):
        tell_stopped({"pledge_id": pledge.pk})

    (letter,) = letters()
    assert said in str(letter.body)
    assert "can be resumed" in str(letter.body)


def test_a_stop_that_was_taken_back_meanwhile_is_not_told() -> None:
    pledge = make_own_pledge(make_giver(), state=PledgeState.ACTIVE)

    tell_stopped({"pledge_id": pledge.pk})

    assert letters() == []


def test_a_card_that_keeps_failing_is_told_a_few_times_and_then_the_end(counter: Counter) -> None:
    pledge = counter.pledge(make_campaign(currency="EUR"))
    customer = str(counter.world.get(Subscription, pledge.subscription_ref or "").customer)
    counter.fake.change_card(customer, cards.FAILS_LATER, world=counter.world)
    for _day in range(60):
        counter.fake.advance(days=1)
        counter.announce()

    told = subjects()

    assert told.count("Your pledge to Readership is stopped") == 1
    assert told.count("A payment for your pledge to Readership did not go through") in range(1, 3)


# Money that goes back


def test_refunds_are_told_each_with_the_receipt_as_it_is_now(counter: Counter) -> None:
    gift = counter.gift(make_campaign(currency="EUR"))
    for _time in range(2):
        counter.fake.refund_by_hand(gift.payment_ref, amount=500, world=counter.world)
        counter.announce()
    counter.announce(counter.events())

    told = [letter for letter in letters() if "back" in str(letter.subject)]

    assert len(told) == 2
    _name, content, _kind = cast(tuple[str, bytes, str], told[-1].attachments[0])
    assert "€15" in words_of(content)


def test_what_was_put_before_a_refund_had_its_name_is_told() -> None:
    gift = make_own_gift(make_giver())

    tell_refunded({"gift_id": gift.pk, "amount_minor": 500})

    assert any("part of your gift back" in str(letter.subject) for letter in letters())


def test_treasurers_learn_that_a_refund_is_asked_for_and_its_giver_the_answer(counter: Counter) -> None:
    treasurer = make_treasurer()
    gift = counter.gift(make_campaign(currency="EUR"))
    order = ask_refund(gift=gift, reason="See https://evil.example", submission_key="a")
    (asked,) = [letter for letter in letters() if letter.to == [treasurer.email]]
    assert gift.reference in str(asked.body)
    assert "evil" not in str(asked.body)

    decline_refund(order=order, answer="It is spent.", declined_by=make_reader(), now=timezone.now())

    (declined,) = [letter for letter in letters() if "the answer" in str(letter.subject)]
    assert (declined.to, "It is spent." in str(declined.body)) == (["ann@example.org"], True)


def test_a_refund_that_was_decided_is_not_announced_as_waiting(counter: Counter) -> None:
    treasurer = make_treasurer()
    gift = counter.gift(make_campaign(currency="EUR"))
    order = ask_refund(gift=gift, reason="", submission_key="a")
    grant_refund(order=order, granted_by=make_reader(), now=timezone.now())

    assert [letter for letter in letters() if letter.to == [treasurer.email]] == []
    assert RefundOrder.objects.get().state == "paid"


# The year


def test_a_year_goes_out_once_to_those_who_gave_in_it() -> None:
    giver, idle = make_giver(), make_giver(email="ben@example.org")
    make_own_gift(giver, received_on=date(2025, 5, 1), amount_minor=144_050)
    letters()
    mail.outbox.clear()
    for number, one in enumerate((giver, idle, giver)):
        outbox.put("giver_statement", key=f"{number}", payload={"giver_id": one.pk, "year_start": "2025-04-06"})

    (letter,) = letters()

    assert letter.to == ["ann@example.org"]
    name, content, _kind = cast(tuple[str, bytes, str], letter.attachments[0])
    assert name == "gifts-2025-04-06.pdf"
    assert "$1,440.50" in words_of(content)


@pytest.mark.parametrize(
    "kind", ["pledge_begun", "pledge_behind", "pledge_stopped", "gift_thanks", "gift_refunded", "refund_asked"]
)
def test_what_is_gone_meanwhile_is_told_to_nobody(kind: str) -> None:
    ids = {"pledge_id": 9, "gift_id": 9, "refund_id": 9, "giver_id": 9}
    outbox.put(kind, key="1", payload={**ids, "attempt": 1, "next_at": None, "amount_minor": 5})

    assert letters() == []
    assert OutboxItem.objects.get(kind=kind).done_at is not None


def test_a_reversed_gift_brings_no_letter_of_any_kind() -> None:
    gift = make_own_gift(make_giver())
    reverse_gift(gift=gift, reason="slip", reversed_by=make_reader())

    send_thanks({"gift_id": gift.pk})
    tell_refunded({"gift_id": gift.pk, "amount_minor": 500, "ref": "re_1"})

    assert letters() == []
