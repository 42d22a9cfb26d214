from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from readership.outbox.mail import LARGEST_ATTACHMENT, Attachment, Picture, message, put_mail, was_put_since
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump


def put_a_mail(*, to: str = "reader@example.org", subject: str = "Thank you", reply_to: str = "") -> None:
    put_mail(key="receipt-7", to=to, subject=subject, text="We received $25.", reply_to=reply_to)


@pytest.mark.django_db
def test_a_mail_is_sent_by_the_pump_and_says_that_a_program_wrote_it() -> None:
    put_a_mail()
    sent_before = len(mail.outbox)

    Pump().do_due()

    (sent,) = mail.outbox
    assert sent_before == 0
    assert (sent.to, sent.subject, sent.body) == (["reader@example.org"], "Thank you", "We received $25.")
    assert sent.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_a_mail_sent_twice_after_a_crash_is_the_same_message() -> None:
    put_a_mail()
    payload = OutboxItem.objects.get().payload

    first, second = (message(payload).message()["Message-ID"] for _ in range(2))
    other = message({**payload, "key": "receipt-8"}).message()["Message-ID"]

    assert first == second != other
    assert "receipt" not in first


@pytest.mark.django_db
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0"])
def test_g01_no_sign_in_a_subject_begins_a_header_of_the_sender(line_end: str) -> None:
    put_a_mail(subject=f"Story{line_end}Bcc: everybody@example.org")
    Pump().do_due()

    written = mail.outbox[0].message()

    assert written["Subject"] == "Story Bcc: everybody@example.org"
    assert written["Bcc"] is None
    assert sum(line.startswith("Bcc") for line in written.as_string().splitlines()) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["a@x.org\nBcc: b@x.org", "a@x.org,b@x.org", "a@x.org%0a", "a@x.org\u2028", "no address", "a@x.org "],
)
def test_g01_g02_a_mail_goes_to_one_address_that_is_one(address: str) -> None:
    with pytest.raises(ValidationError):
        put_a_mail(to=address)
    with pytest.raises(ValidationError):
        put_a_mail(reply_to=address)

    assert not OutboxItem.objects.exists()


@pytest.mark.django_db
def test_a_mail_may_have_html_and_pictures_that_come_with_it() -> None:
    put_mail(
        key="receipt-7",
        to="reader@example.org",
        subject="Thank you",
        text="We received $25.",
        html='<p>We received <b>$25</b>.</p><img src="cid:code">',
        pictures=(Picture(name="code", png=b"\x89PNG\r\n\x1a\n"),),
    )

    Pump().do_due()

    written = mail.outbox[0].message()
    kinds = [part.get_content_type() for part in written.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "image/png"]
    picture = list(written.walk())[-1]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<code>", "inline")


@pytest.mark.django_db
def test_html_and_files_go_along_and_the_text_says_the_same() -> None:
    receipt = Attachment("receipt-7.pdf", "application/pdf", b"%PDF-1.3 \x00\xff")
    put_mail(key="7", to="a@example.org", subject="Hi", text="Köln", html="<p>Köln</p>", attachments=(receipt,))
    Pump().do_due()

    written = mail.outbox[0].message()

    kinds = [part.get_content_type() for part in written.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    (attached,) = [part for part in written.walk() if part.get_content_type() == "application/pdf"]
    assert attached.get_filename() == "receipt-7.pdf"
    assert attached.get_payload(decode=True) == receipt.content


@pytest.mark.django_db
def test_a_mail_that_was_put_before_there_was_html_is_still_sent() -> None:
    put_a_mail()
    payload = OutboxItem.objects.get().payload
    older = {name: value for name, value in payload.items() if name not in {"html", "attachments", "pictures"}}

    assert message(older).message().get_content_type() == "text/plain"


@pytest.mark.parametrize("name", ["../a.pdf", "a\r\nBcc: b.pdf", 'a".pdf', "", ".pdf", "a" * 90])
def test_g01_the_name_of_a_file_begins_no_header(name: str) -> None:
    with pytest.raises(ValueError, match="No name"):
        Attachment(name, "application/pdf", b"")


def test_a_file_of_any_size_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too large"):
        Attachment("a.pdf", "application/pdf", bytes(LARGEST_ATTACHMENT + 1))


@pytest.mark.django_db
def test_what_was_put_lately_is_known_by_how_its_key_begins() -> None:
    put_mail(key="behind-7-1", to="a@example.org", subject="Hi", text="Hi")
    an_hour_ago = timezone.now() - timedelta(hours=1)

    assert was_put_since(an_hour_ago, key_begins="behind-7-")
    assert not was_put_since(an_hour_ago, key_begins="behind-70-")
    assert not was_put_since(timezone.now() + timedelta(seconds=1), key_begins="behind-7-")
