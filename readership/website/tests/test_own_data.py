"""Seeing, taking along and erasing what is held about oneself: the way of a reader, through every app (E01, L07, L08)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from readership.discussion.models import Comment
from readership.discussion.posting import Submission, post_comment
from readership.discussion.tests.makers import make_reader, make_thread, write
from readership.funding.tests.makers import make_giver, make_own_gift
from readership.outbox import put
from readership.outbox.mail import put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump
from readership.readers import erasure_log
from readership.readers.addresses import address_known_by, confirm_address, give_address_to_guest
from readership.readers.guests import welcome_guest
from readership.readers.models import Guest, MailAddress, Reader
from readership.readers.speaking import NOBODY, Speaker

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
ANN = "ann@example.org"


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


@pytest.fixture(autouse=True)
def _log_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_log, "log_file", lambda: tmp_path / "erasures.jsonl")


def ask(browser: Client, address: str = ANN) -> None:
    answer = browser.post("/own-data/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (303, "/own-data/?sent=1")
    while Pump().do_due():
        pass


def link() -> str:
    found = re.search(r"http\S+/own-data/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0].removeprefix(settings.SITE_URL)


def make_ann() -> Reader:
    """With an account, a device from before, a comment on each, and a gift."""
    reader, guest = make_reader(name="Ann Uncommon", email=ANN), welcome_guest(name="Ann before").guest
    address = address_known_by(ANN)
    confirm_address(address, now=timezone.now())
    thread = make_thread()
    write(thread, text="With the account", speaker=Speaker(reader=reader))
    write(thread, text="From the device", speaker=Speaker(guest=guest), name="Ann before")
    give_address_to_guest(address, guest)
    submission = Submission(text="With the address", name="A. U.", email="Ann@Example.org")
    post_comment(thread=thread, speaker=NOBODY, submission=submission, now=timezone.now())
    write(thread, text="By somebody else", name="Bob")
    make_own_gift(make_giver(email=ANN, name="Ann Uncommon"))
    return reader


def test_l08_the_link_goes_to_the_address_and_everything_held_is_in_the_zip(browser: Client) -> None:
    make_ann()
    ask(browser)
    assert mail.outbox[-1].to == [ANN]

    page = browser.get(link())
    answer = browser.post(f"{link()}download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]

    assert "Comments" in page.content.decode()
    told = json.loads(archive.read("everything.json"))
    said = {comment["text_source"] for comment in told["discussion.Comment"]}
    assert said == {"With the account", "From the device", "With the address"}
    assert told["readers.Reader"][0]["email"] == ANN
    assert told["funding.Gift"][0]["amount_minor"] == 2_500
    assert "password" not in told["readers.Reader"][0]
    readable = archive.read("everything.html").decode()
    assert "With the account" in readable
    assert "By somebody else" not in readable


def test_e01_for_a_stranger_the_answer_is_the_same_and_no_mail_goes_out(browser: Client) -> None:
    ask(browser, "nobody@example.org")

    assert mail.outbox == []
    assert not MailAddress.objects.exists()


def test_g03_one_address_gets_one_mail_however_often_somebody_asks(browser: Client) -> None:
    make_ann()
    for _time in range(4):
        ask(browser)

    assert [sent.subject for sent in mail.outbox].count(f"What {settings.SITE_NAME} holds about you") == 1


def test_l07_whoever_leaves_is_found_nowhere_but_in_the_books(browser: Client) -> None:
    make_ann()
    put("follow", key="asked", payload={"address": ANN, "wants": []})
    OutboxItem.objects.filter(key="asked").update(next_at=timezone.now() + timedelta(days=1))
    ask(browser)
    way = link()
    put_mail(key="waiting", to=ANN, subject="For Ann", text="…")

    answer = browser.post(f"{way}leave/", {"words": "take", "is_sure": "on"})

    assert answer.status_code == 200
    assert not Reader.objects.filter(email=ANN).exists()
    assert not MailAddress.objects.exists()
    assert not Guest.objects.filter(name="Ann before").exists()
    assert not OutboxItem.objects.filter(key__in=["waiting", "asked"]).exists()
    assert ANN not in str(list(OutboxItem.objects.values_list("payload", flat=True)))
    assert set(Comment.objects.values_list("text_source", flat=True)) == {"", "By somebody else"}
    assert browser.get(way).status_code == 404


def test_leaving_asks_whether_one_is_sure(browser: Client) -> None:
    make_ann()
    ask(browser)

    answer = browser.post(f"{link()}leave/", {"words": "keep"})

    assert answer.status_code == 400
    assert "tick this" in answer.content.decode()
    assert Reader.objects.filter(email=ANN).exists()


def test_looking_at_the_link_changes_nothing(browser: Client) -> None:
    make_ann()
    ask(browser)

    for path in ("", "leave/", "download/"):
        browser.get(f"{link()}{path}")

    assert Reader.objects.filter(email=ANN).exists()


@pytest.mark.parametrize("path", ["leave/", "download/"])
def test_d01_no_other_site_can_send_the_forms(path: str, browser: Client) -> None:
    make_ann()
    ask(browser)

    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).post(
        f"{link()}{path}", {"words": "take", "is_sure": "on"}
    )

    assert answer.status_code == 403
    assert Reader.objects.filter(email=ANN).exists()


def test_l09_l11_the_page_is_kept_by_nobody_and_found_by_nobody(browser: Client) -> None:
    make_ann()
    ask(browser)

    answer = browser.get(link())

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_somebody_of_the_newsroom_is_told_whom_to_ask(browser: Client) -> None:
    make_reader(email=ANN, is_staff=True)
    ask(browser)

    answer = browser.post(f"{link()}leave/", {"words": "keep", "is_sure": "on"})

    assert answer.status_code == 409
    assert "works for the newsroom" in answer.content.decode()
    assert Reader.objects.filter(email=ANN).exists()


def test_a_device_without_an_address_sees_and_erases_its_own(browser: Client) -> None:
    new = welcome_guest(name="Old Salt")
    write(make_thread(), text="From this device", speaker=Speaker(guest=new.guest))
    answer = browser.get("/own-data/")
    assert "this device" not in answer.content.decode()
    browser.cookies[settings.GUEST_COOKIE_NAME] = new.secret

    assert "/own-data/device/" in browser.get("/own-data/").content.decode()
    gone = browser.post("/own-data/device/leave/", {"words": "take", "is_sure": "on"})

    assert gone.status_code == 200
    assert not Guest.objects.exists()
    assert Comment.objects.get().text_source == ""
    assert browser.get("/own-data/device/").status_code == 404


def test_l07_after_a_restore_whoever_had_left_leaves_again(browser: Client, capsys: pytest.CaptureFixture[str]) -> None:
    make_ann()
    call_command("erase", ANN)
    make_reader(name="Ann Uncommon", email=ANN)  # as an older backup has it
    make_reader(name="Bob", email="bob@example.org")

    call_command("erase", "--again")

    assert not Reader.objects.filter(email=ANN).exists()
    assert Reader.objects.filter(email="bob@example.org").exists()
    assert ANN not in erasure_log.log_file().read_text()
    assert "1 had left" in capsys.readouterr().out


def test_the_command_says_when_nothing_is_held() -> None:
    with pytest.raises(CommandError, match="Nothing is held"):
        call_command("erase", "nobody@example.org")
