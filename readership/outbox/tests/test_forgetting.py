"""L12: whoever is erased gets no mail that waited, and nothing is kept of what they got."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from readership.outbox import put
from readership.outbox.forgetting import forget_mail_to
from readership.outbox.mail import put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump

pytestmark = pytest.mark.django_db
ANN = "ann@example.org"


def put_letter(key: str, *, to: str = ANN) -> None:
    put_mail(key=key, to=to, subject="A code", text=f"It is {key}.")


def test_l12_what_waits_for_an_address_goes_and_what_waits_for_another_stays() -> None:
    put_letter("7")
    put_letter("8", to="Ann@Example.org")
    put_letter("9", to="ann@example.org.evil.example")
    OutboxItem.objects.filter(key="7").update(given_up_at=timezone.now())

    assert forget_mail_to(ANN) == 2
    Pump().do_due()

    assert [sent.to for sent in mail.outbox] == [["ann@example.org.evil.example"]]


def test_of_what_went_out_nothing_is_kept_and_it_does_not_go_out_again() -> None:
    put_letter("7")
    Pump().do_due()

    forget_mail_to(ANN)
    put_letter("7")
    Pump().do_due()

    item = OutboxItem.objects.get()
    assert (item.payload, item.line, len(mail.outbox)) == ({}, "", 1)


def test_what_was_asked_for_with_an_address_goes_too() -> None:
    put("giver_link", key="1", payload={"address": "Ann@example.org"})
    put("giver_link", key="2", payload={"address": "bea@example.org"})

    forget_mail_to(ANN)

    assert OutboxItem.objects.get().key == "2"


def test_a_letter_that_was_put_before_there_were_lines_goes_too() -> None:
    put_letter("7")
    OutboxItem.objects.update(line="")

    assert forget_mail_to("ANN@example.org") == 1
    assert not OutboxItem.objects.exists()
