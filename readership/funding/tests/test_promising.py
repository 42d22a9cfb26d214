"""A gift by transfer is promised once, counts nowhere, is given up in time, and its mail says where to send it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from readership.config.serving.chores import all_chores
from readership.funding.auditing import audit
from readership.funding.errors import AmountNotPositive, CurrenciesDiffer, NameTooLong, TransferNotOffered
from readership.funding.models import BankAccount, Campaign, Gift, GiftState, LedgerEntry
from readership.funding.money import Money
from readership.funding.promises import promises_to
from readership.funding.promising import expire_promises, promise_transfer
from readership.funding.queries import meter
from readership.funding.tests.bank_makers import IBAN, make_account, make_line, make_promise
from readership.funding.tests.makers import make_campaign
from readership.funding.transfer_mail import send_instructions
from readership.funding.transferring import transfer_address, transfer_part
from readership.outbox.mail import send
from readership.outbox.models import OutboxItem
from readership.pagecache.collecting import rendering

pytestmark = pytest.mark.django_db
RF = "RF74 7K2M 9QX4 TB"


def promise(campaign: Campaign | None = None, **changed: Any) -> Gift:
    campaign = campaign or make_campaign(currency="EUR")
    facts = {"amount": Money(2_500, campaign.currency), "submission_key": "a" * 32, "giver_email": "Ann@Example.org"}
    return promise_transfer(**{"campaign": campaign, **facts, **changed})


def test_a_promise_is_a_gift_that_counts_nowhere() -> None:
    make_account()
    gift = promise(giver_name=" Ann  Salt ", message="Go on!\r\n", dedication="my mother", language="de")

    assert (gift.state, gift.kind, gift.received_on) == (GiftState.PROMISED, "transfer", None)
    assert (gift.giver_name, gift.giver_email, gift.message) == ("Ann Salt", "ann@example.org", "Go on!")
    assert not LedgerEntry.objects.exists()
    assert meter(gift.campaign).raised == Money(0, "EUR")
    assert promises_to(gift.campaign).on_the_way == Money(2_500, "EUR")
    assert audit().is_whole


def test_the_same_sending_again_is_the_first_promise_and_one_mail() -> None:
    make_account()
    campaign = make_campaign(currency="EUR")

    assert promise(campaign) == promise(campaign)
    assert (Gift.objects.count(), OutboxItem.objects.count()) == (1, 1)


def test_k06_only_a_positive_sum_in_a_currency_that_an_account_takes_is_promised() -> None:
    with pytest.raises(TransferNotOffered):
        promise()
    make_account()
    BankAccount.objects.update(is_offered=False)
    with pytest.raises(TransferNotOffered):
        promise()
    BankAccount.objects.update(is_offered=True)
    for minor in (0, -5):
        with pytest.raises(AmountNotPositive):
            promise(amount=Money(minor, "EUR"))
    with pytest.raises(CurrenciesDiffer):
        promise(amount=Money(500, "USD"))
    with pytest.raises(NameTooLong):
        promise(giver_name="x" * 121)
    assert not Gift.objects.exists()


def test_what_is_promised_is_the_sum_of_what_has_not_come() -> None:
    make_account()
    campaign = make_campaign(currency="EUR")
    make_promise(campaign, amount_minor=2_500, reference="7K2M9QX4TB")
    make_promise(campaign, amount_minor=700, reference="ABCDE12345")
    make_promise(campaign, amount_minor=9_900, reference="ABCDE12346", state=GiftState.EXPIRED)
    make_promise(make_campaign(currency="EUR"), reference="ABCDE12347")

    assert promises_to(campaign).on_the_way == Money(3_200, "EUR")

    make_line(text=RF)
    assert promises_to(campaign).on_the_way == Money(700, "EUR")


def test_what_never_came_is_given_up_in_time_and_found_when_it_comes_after_all() -> None:
    now = timezone.now()
    young, old = make_promise(reference="ABCDE12345"), make_promise(reference="7K2M9QX4TB")
    Gift.objects.filter(pk=old.pk).update(entered_at=now - timedelta(days=61))
    Gift.objects.filter(pk=young.pk).update(entered_at=now - timedelta(days=59))

    assert [expire_promises(now=now), expire_promises(now=now)] == [1, 0]
    states = set(Gift.objects.values_list("reference", "state"))
    assert states == {("ABCDE12345", "promised"), ("7K2M9QX4TB", "expired")}

    make_line(text=RF)
    assert Gift.objects.get(pk=old.pk).state == GiftState.RECEIVED


def test_giving_up_is_a_chore() -> None:
    gift = make_promise()
    Gift.objects.update(entered_at=timezone.now() - timedelta(days=400))

    (chore,) = [one for one in all_chores() if "promised transfers" in one.name]
    chore.do()

    gift.refresh_from_db()
    assert gift.state == GiftState.EXPIRED


def test_the_mail_says_it_all_in_words_in_html_and_as_a_picture() -> None:
    make_account(bic="COBADEFFXXX")
    gift = promise(giver_name="<b>Ann</b>")

    send_instructions(OutboxItem.objects.get(kind="transfer_instructions").payload)
    send(OutboxItem.objects.get(kind="mail").payload)

    (letter,) = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    text, html = str(letter.body), str(letter.alternatives[0][0])
    part = transfer_part(gift)
    for wanted in ("€25", "Die Laterne e.V.", "DE89 3704 0044 0532 0130 00", "COBADEFFXXX", part.reference_text):
        assert wanted in text
        assert wanted in html
    assert "Dear <b>Ann</b>," in text
    assert "Dear &lt;b&gt;Ann&lt;/b&gt;," in html
    assert f"http://127.0.0.1:8000{transfer_address(gift)}" in text
    assert '<img src="cid:transfer-code"' in html
    (picture,) = letter.attachments
    assert picture["Content-ID"] == "<transfer-code>"
    assert picture.get_content_type() == "image/png"


def test_the_mail_speaks_the_givers_language() -> None:
    make_account()
    promise(language="de")
    with override("de"):
        wanted = transfer_part(Gift.objects.get()).amount_text

    send_instructions({"gift_id": Gift.objects.get().pk})

    assert wanted in OutboxItem.objects.get(kind="mail").payload["text"]
    assert '<html lang="de"' in OutboxItem.objects.get(kind="mail").payload["html"]


def test_nobody_is_asked_to_send_what_has_come() -> None:
    gift = make_promise(giver_email="ann@example.org")
    make_line(text=RF)

    send_instructions({"gift_id": gift.pk})

    assert not OutboxItem.objects.filter(kind="mail").exists()


def test_the_page_has_all_that_the_bank_asks_for_and_nothing_of_the_giver() -> None:
    make_account(bic="COBADEFFXXX")
    gift = make_promise(giver_name="Zsófia Barta", giver_email="zsofia@example.org")

    answer = Client().get(transfer_address(gift))

    page = answer.content.decode()
    for wanted in ("€25", "DE89 3704 0044 0532 0130 00", "COBADEFFXXX", RF, '<svg role="img"', "Spring fund"):
        assert wanted in page
    assert "Zsófia" not in page
    assert "zsofia" not in page
    assert " style=" not in page
    assert "no-store" in answer["Cache-Control"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert not answer.cookies


def test_the_page_is_kept_by_no_cache() -> None:
    with rendering() as page:
        Client().get(transfer_address(make_promise()))

    assert not page.is_shared


def test_a_reference_alone_opens_no_page() -> None:
    gift = make_promise()
    address = transfer_address(gift)
    token = address.removeprefix("/gifts/transfer/").rstrip("/")

    for guess in (
        gift.reference,
        f"{gift.reference}:",
        f"{gift.reference}:{'A' * 43}",
        token[:-1],
        token.replace("7K2M", "ABCD"),
        "x" * 3_000,
    ):
        assert Client().get(f"/gifts/transfer/{guess}/").status_code == 404
    assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 405


def test_the_page_tells_when_it_came() -> None:
    gift = make_promise()
    make_line(text=RF)

    page = Client().get(transfer_address(gift)).content.decode()

    assert "Your gift has arrived" in page
    assert "March 2, 2026" in page
    assert IBAN[-4:] not in page


def test_without_euro_there_are_plain_instructions_and_no_code() -> None:
    make_account(iban="", other_number="30-12-34, 12345678", currency="GBP")
    gift = make_promise(make_campaign(currency="GBP"))

    page = Client().get(transfer_address(gift)).content.decode()

    assert "30-12-34, 12345678" in page
    assert "transfer__code" not in page


def test_when_no_account_takes_it_any_more_the_page_says_so() -> None:
    page = Client().get(transfer_address(make_promise())).content.decode()

    assert "No account takes transfers at the moment" in page
