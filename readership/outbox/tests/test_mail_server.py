"""Through a real mail server on this machine: what arrives is what was put (attacks G01, G09)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.fixtures import Settings

from readership.outbox.mail import Attachment, put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump
from tests.serving.running import free_port

pytestmark = pytest.mark.django_db


class Box:
    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.answer


def letter_in(box: Box) -> EmailMessage:
    content = box.envelopes[-1].content
    assert isinstance(content, bytes)
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    found = Box()
    port = free_port()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield found
    server.stop()


def put_receipt() -> bytes:
    content = bytes(range(256)) * 40
    put_mail(
        key="receipt-7",
        to="zsofia@example.org",
        subject="Danke, Zsófia\r\nBcc: everybody@example.org",
        text="Es kamen 25 €.\n",
        html="<p>Es kamen 25 €.</p>",
        attachments=(Attachment("receipt.pdf", "application/pdf", content),),
    )
    return content


def test_g01_text_html_and_file_arrive_whole_at_one_address(box: Box) -> None:
    content = put_receipt()

    Pump().do_due()

    (envelope,) = box.envelopes
    assert envelope.rcpt_tos == ["zsofia@example.org"]
    letter = letter_in(box)
    assert letter["Subject"] == "Danke, Zsófia Bcc: everybody@example.org"
    assert letter["Bcc"] is None
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip() == "Es kamen 25 €."
    assert "25 €" in html.get_content()
    (attached,) = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("receipt.pdf", content)


def test_what_the_server_refuses_is_kept_and_sent_later(box: Box) -> None:
    put_receipt()
    box.answer = "451 try again"
    Pump().do_due()
    waiting = OutboxItem.objects.get()
    assert (waiting.done_at, "451" in waiting.last_error) == (None, True)

    box.answer = "250 OK"
    OutboxItem.objects.update(next_at=waiting.created_at)
    Pump().do_due()

    assert len(box.envelopes) == 1
