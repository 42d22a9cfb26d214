"""The bank at the treasurer's desk: files in, lines settled in one click; nobody else gets in (attacks C20, I04)."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from readership.funding.models import BankAccount, BankLine, BankStatement, CsvMapping, Gift, GiftState, LedgerEntry
from readership.funding.tests.bank_makers import camt053, content, entry, make_account, make_line, make_promise
from readership.funding.tests.makers import ADMIN, TREASURER, make_campaign, make_reader

pytestmark = pytest.mark.django_db
ACCOUNTS = ["add_bankaccount", "change_bankaccount", "delete_bankaccount", "view_bankaccount"]
PAGES = ["", "read/", "statements/", "lines.csv"]
BANK = "/admin/funding/bank/"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_reader(name="Tess", may=[*TREASURER, *ACCOUNTS]))
    return client


def _send(desk: Client, file: bytes, **facts: Any) -> Any:
    return desk.post(f"{BANK}read/", {"file": SimpleUploadedFile("march.xml", file), **facts}, follow=True)


@pytest.mark.parametrize("page", [*PAGES, "lines/1/", "lines/1/gift/", "lines/1/reopen/"])
def test_c20_who_is_no_treasurer_gets_403_and_no_name(page: str) -> None:
    make_line(name="Zsófia Barta")
    client = Client()
    assert client.get(f"{BANK}{page}").status_code == 302

    client.force_login(make_reader(may=ADMIN))
    answer = client.get(f"{BANK}{page}")
    assert answer.status_code == 403
    assert "Zsófia" not in answer.content.decode()


@pytest.mark.parametrize(
    "act",
    ["read/", "columns/", "debits/aside/", "lines/1/settle/", "lines/1/gift/", "lines/1/aside/", "lines/1/reopen/"],
)
def test_c20_writing_needs_the_permission_too(act: str) -> None:
    line = make_line()
    client = Client()
    client.force_login(make_reader(may=ADMIN))

    assert client.post(f"{BANK}{act.replace('1', str(line.pk))}", {"reason": "x"}).status_code == 403
    assert not Gift.objects.exists()


@pytest.mark.parametrize("act", ["columns/", "debits/aside/", "lines/1/settle/", "lines/1/aside/"])
def test_nothing_is_written_by_looking(desk: Client, act: str) -> None:
    line = make_line()

    assert desk.get(f"{BANK}{act.replace('1', str(line.pk))}").status_code == 405


def test_every_page_opens_before_and_after_the_first_statement(desk: Client) -> None:
    for page in PAGES:
        assert desk.get(f"{BANK}{page}").status_code == 200
    assert "Add a bank account" in desk.get(BANK).content.decode()

    line = make_line(text=EVIL, name=EVIL.replace("x", "y"))
    for page in (*PAGES[:3], f"lines/{line.pk}/"):
        told = desk.get(f"{BANK}{page}").content.decode()
        assert "<img src=x onerror" not in told
        assert "<img src=y onerror" not in told


def test_a_file_is_read_and_the_page_says_what_came_of_it(desk: Client) -> None:
    make_account()
    gift = make_promise()

    answer = _send(desk, content("camt053_02_savings_bank_de.xml"))

    page = answer.content.decode()
    assert "4 lines read, 4 of them new. 1 promised gifts have come." in page
    assert "Jörg Müller" in page
    assert "Ann Salt" not in page  # settled: what waits is shown
    gift.refresh_from_db()
    assert gift.state == GiftState.RECEIVED
    statements = desk.get(f"{BANK}statements/").content.decode()
    assert "€1,061.10" in statements
    assert "march.xml" in statements


def test_a_file_that_is_refused_says_why_beside_the_field(desk: Client) -> None:
    make_account()

    for file, sentence in (
        (b"", "The submitted file is empty."),
        (b"hello", "This is no statement that we can read."),
        (camt053(entry(), closing="24.00"), "does not add up"),
        (camt053(entry(), closing="25.00")[:-20], "ends before its end"),
        (camt053(closing="0.00", iban="DE02120300000000202051"), "of another account, which ends in 2051"),
    ):
        answer = _send(desk, file)
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert not BankStatement.objects.exists()


def test_the_same_file_twice_says_so(desk: Client) -> None:
    make_account()
    file = camt053(entry(), closing="25.00")
    _send(desk, file)

    assert "This very file was read on" in _send(desk, file).content.decode()
    assert "Every line of this file was here already" in _send(desk, file + b"\n").content.decode()


def test_a_large_file_comes_through_a_file_on_disk(desk: Client, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    make_account()

    _send(desk, camt053(entry(), closing="25.00"))

    assert BankLine.objects.count() == 1
    assert TemporaryUploadedFile.__name__ in settings.FILE_UPLOAD_HANDLERS[1].replace(
        "FileUploadHandler", "UploadedFile"
    )


def test_a_new_kind_of_csv_file_asks_once_for_its_columns(desk: Client) -> None:
    account, file = make_account(), content("csv_wise.csv")

    asked = _send(desk, file, account=account.pk)
    page = asked.content.decode()
    assert "Please say once which of them holds what" in page
    assert "RF74 7K2M 9QX4 TB" in page
    assert not BankStatement.objects.exists()

    facts = asked.context["form"].initial | {"account": account.pk}
    headings = re.search(r'name="headings" value="([^"]+)"', page)
    assert headings
    facts["headings"] = headings[1].replace("&quot;", '"')
    answer = desk.post(f"{BANK}columns/", {**facts, "file": SimpleUploadedFile("m.csv", file)}, follow=True)
    assert "2 lines read, 2 of them new." in answer.content.decode()
    assert CsvMapping.objects.get().columns["amount"] == "Amount"

    again = _send(desk, file.replace(b"Fees", b"More fees").replace(b"Received", b"Got"), account=account.pk)
    assert "2 lines read" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"column_amount": ""},
        {"column_text": "Amount"},
        {"headings": "{"},
        {"encoding": "zip"},
        {"column_booked_on": "None of these"},
        {"skipped_lines": "-1"},
    ],
)
def test_columns_that_make_no_sense_are_asked_again(desk: Client, wrong: dict[str, str]) -> None:
    account, file = make_account(), content("csv_wise.csv")
    asked = _send(desk, file, account=account.pk)
    facts = asked.context["form"].initial | {"account": account.pk}
    facts["headings"] = (
        '["Date", "Amount", "Description", "Payment Reference", "Payer Name", "Currency", "Running Balance"]'
    )

    answer = desk.post(f"{BANK}columns/", {**facts, **wrong, "file": SimpleUploadedFile("m.csv", file)})

    assert answer.status_code == 400
    assert not CsvMapping.objects.exists()


def test_a_suggestion_is_taken_in_one_click_and_the_list_stays_as_it_was(desk: Client) -> None:
    gift, line = make_promise(giver_name="Ann Salt"), make_line()
    page = desk.get(BANK).content.decode()
    form = re.search(rf'action="(/admin/funding/bank/lines/{line.pk}/settle/[^"]*)"', page)
    assert form
    assert "The sum is the promised one." in page

    answer = desk.post(form[1].replace("&amp;", "&"), {"gift": gift.pk})

    assert answer["Location"] == f"{BANK}?state=open&side=came"
    assert f"Booked: €25, gift {gift.reference}." in desk.get(BANK).content.decode()
    assert LedgerEntry.objects.get().gift == gift


def test_a_new_gift_is_made_in_one_click_with_the_remitters_name(desk: Client) -> None:
    campaign, line = make_campaign(currency="EUR"), make_line(name="Ann Salt")
    assert f'<option value="{campaign.pk}">' in desk.get(BANK).content.decode()

    desk.post(f"{BANK}lines/{line.pk}/gift/", {"campaign": campaign.pk, "giver_name": "Ann Salt"})

    gift = Gift.objects.get()
    assert (gift.giver_name, gift.campaign, gift.entered_by) == (
        "Ann Salt",
        campaign,
        BankLine.objects.get().settled_by,
    )


@pytest.mark.parametrize("wrong", [{"campaign": "999"}, {"giver_email": "nobody"}, {"giver_name": "x" * 121}])
def test_what_is_wrong_with_a_new_gift_is_said_and_kept(desk: Client, wrong: dict[str, str]) -> None:
    campaign, line = make_campaign(currency="EUR"), make_line()

    answer = desk.post(f"{BANK}lines/{line.pk}/gift/", {"campaign": campaign.pk, "note": "kept words", **wrong})

    assert answer.status_code == 400
    assert "kept words" in answer.content.decode()
    assert not Gift.objects.exists()


def test_no_gift_and_back_again(desk: Client) -> None:
    line = make_line()
    desk.post(f"{BANK}lines/{line.pk}/aside/", {"note": "Sale of the bicycle"})
    assert "Sale of the bicycle" in desk.get(f"{BANK}?state=no_gift").content.decode()

    desk.post(f"{BANK}lines/{line.pk}/reopen/")

    assert BankLine.objects.get().state == "open"


def test_a_settled_line_is_opened_again_with_a_reason_only(desk: Client) -> None:
    make_promise()
    line = make_line(text="RF747K2M9QX4TB")
    address = f"{BANK}lines/{line.pk}/reopen/"

    assert desk.get(address).status_code == 200
    assert desk.post(address, {"reason": ""}).status_code == 400
    desk.post(address, {"reason": "Wrong giver"})

    assert BankLine.objects.get().state == "open"
    assert LedgerEntry.objects.get(kind="reversal").reason == "Wrong giver"


def test_all_money_that_left_goes_aside_with_one_button(desk: Client) -> None:
    make_line(amount="-3.90")
    page = desk.get(BANK).content.decode()
    assert "1 line of money that left" in page

    answer = desk.post(f"{BANK}debits/aside/", follow=True)

    assert "1 line put aside." in answer.content.decode()


def test_what_somebody_else_settled_meanwhile_is_said(desk: Client) -> None:
    gift, line = make_promise(), make_line()
    BankLine.objects.update(state="no_gift")

    answer = desk.post(f"{BANK}lines/{line.pk}/settle/", {"gift": gift.pk}, follow=True)

    assert "Somebody settled this line meanwhile." in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?state=open&words=%00", "?account=x", "?side=sideways", "?page=-1", "?page=x&state=settled"]
)
def test_odd_filters_filter_nothing(desk: Client, query: str) -> None:
    make_line()

    assert desk.get(f"{BANK}{query}").status_code == 200


def test_lines_are_found_by_name_text_and_the_gifts_reference(desk: Client) -> None:
    make_promise()
    make_line(text="RF747K2M9QX4TB", name="Ann Salt")
    make_line(name="Bo Reed", text="bicycle")

    for words, wanted in (("ann", "Ann Salt"), ("BICYCLE", "Bo Reed"), ("7k2m9qx4tb", "Ann Salt")):
        page = desk.get(f"{BANK}?words={words}").content.decode()
        assert wanted in page
        assert page.count('class="bank__line"') == 1


def test_the_list_asks_as_often_for_many_lines_as_for_few(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_promise()
    for number in range(8):
        make_line(name=f"Giver {number}")
    desk.get(BANK)

    with django_assert_max_num_queries(22) as few:
        desk.get(f"{BANK}?words=Giver%207")
    with django_assert_max_num_queries(22) as many:
        desk.get(f"{BANK}?words=Giver")

    assert len(many) == len(few)


def test_i04_no_cell_of_the_download_is_a_formula_and_who_took_it_is_written_down(desk: Client) -> None:
    make_line(name='=HYPERLINK("http://198.51.100.7")', text="@SUM(1+1)*cmd|' /C calc'!A0")
    make_line(amount="-3.90", name="+49 30 1234")

    answer = desk.get(f"{BANK}lines.csv")

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["-3.90", "25.00"]
    assert [row[4][:2] for row in rows[1:]] == ["'+", "'="]
    assert rows[2][5].startswith("'@")
    assert ModelLogEntry.objects.filter(action="funding.export_gifts").count() == 1


def test_a_page_of_a_line_shows_every_reference(desk: Client) -> None:
    make_account(iban="NL91ABNA0417164300")
    _send(desk, content("camt053_02_cooperative_nl.xml"))

    page = desk.get(f"{BANK}lines/{BankLine.objects.get().pk}/").content.decode()

    for reference in ("OO9T001234567", "INSTR-9", "E2E-NL-7", "MNDT-3", "RF747K2M9QX4TB"):
        assert reference in page


def _account(**changed: str) -> dict[str, str]:
    facts = {
        "holder": "Die Laterne e.V.",
        "iban": "de89 3704 0044 0532 0130 00",
        "bic": "cobadeffxxx",
        "other_number": "",
        "bank_name": "",
        "currency": "eur",
        "is_offered": "on",
    }
    return {**facts, **changed}


def test_an_account_is_typed_as_it_is_printed_and_kept_as_banks_do(desk: Client) -> None:
    desk.post("/admin/funding/accounts/new/", _account())

    account = BankAccount.objects.get()
    assert (account.iban, account.bic, account.currency) == ("DE89370400440532013000", "COBADEFFXXX", "EUR")
    assert "DE89 3704 0044 0532 0130 00" in desk.get("/admin/funding/accounts/").content.decode()
    assert "DE89 3704 0044 0532 0130 00" in desk.get(f"/admin/funding/accounts/edit/{account.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"iban": "DE89370400440532013001"}, "This is no IBAN"),
        ({"bic": "COBA"}, "A BIC has 8 or 11"),
        ({"currency": "EUX"}, "There is no such currency"),
        ({"iban": ""}, "An account needs an IBAN or another number."),
    ],
)
def test_a_slip_of_a_finger_is_noticed_before_money_goes_there(
    desk: Client, wrong: dict[str, str], sentence: str
) -> None:
    answer = desk.post("/admin/funding/accounts/new/", _account(**wrong))

    assert sentence in answer.content.decode()
    assert not BankAccount.objects.exists()


def test_an_account_with_statements_is_not_deleted_but_says_why(desk: Client) -> None:
    line = make_line()

    answer = desk.post(f"/admin/funding/accounts/delete/{line.account_id}/", follow=True)

    assert "This account has statements, which must be kept." in answer.content.decode()
    assert BankAccount.objects.exists()


def test_accounts_are_for_those_who_may(desk: Client) -> None:
    client = Client()
    client.force_login(make_reader(may=[*ADMIN, "record_gift"]))

    assert client.get("/admin/funding/accounts/").status_code == 302
    assert desk.get("/admin/funding/accounts/").status_code == 200
