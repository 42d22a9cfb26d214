from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from readership.outbox.mail import Picture, message, put_mail
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
def test_a_mail_put_by_an_earlier_version_is_still_sent() -> None:
    put_a_mail()
    payload = OutboxItem.objects.get().payload
    del payload["html"], payload["pictures"]

    assert message(payload).message().get_content_type() == "text/plain"
