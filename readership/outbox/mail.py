"""Mail goes out through the outbox: put in the transaction, sent after it, tried again when that fails.

    put_mail(key=f"receipt-{gift.pk}", to=gift.email, subject=…, text=…)

The Message-ID comes from the key. Should a crash make a mail go out twice, both copies are one message to
whoever receives them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from email.mime.image import MIMEImage
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from readership.outbox.models import OutboxItem
from readership.outbox.postbox import deliver
from readership.outbox.putting import put
from readership.outbox.registry import Lane, handles

MAIL = "mail"
# Every character after which some mail program begins a new line, and every other control character (attack
# G01).
LINE_ENDS = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")
LONGEST_SUBJECT = 200
# Programs do not answer ours, and out-of-office notes are not sent (RFC 3834).
MADE_BY_A_PROGRAM = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
ALLOWED_HEADERS = {
    "In-Reply-To",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Precedence",
    "References",
}


@dataclass(frozen=True)
class Picture:
    """Comes with the mail, so that nothing is fetched when it is read. In its HTML: `<img src="cid:name">`."""

    name: str
    png: bytes


# It lies in the database until it is sent, and goes into somebody's mailbox.
LARGEST_ATTACHMENT = 1_000_000
KIND = re.compile(r"[a-z]+/[a-z0-9.+-]+")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


@dataclass(frozen=True)
class Attachment:
    """A file of ours that goes along. `name` is plain ASCII, `kind` such as "application/pdf"."""

    name: str
    kind: str
    content: bytes

    def __post_init__(self) -> None:
        if not FILE_NAME.fullmatch(self.name) or not KIND.fullmatch(self.kind):
            raise ValueError(f"No name and kind of a file to send: {self.name!r}, {self.kind!r}")
        if len(self.content) > LARGEST_ATTACHMENT:
            raise ValueError(f"{self.name} is too large to go by mail.")


def put_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    pictures: tuple[Picture, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    in_line: bool = True,
) -> None:
    """Have one mail sent to one address, after commit. Raises ValidationError if it is none.

    `text` says everything; `html`, where there is some, says the same again. Pictures are small, and PNG. The same
    `key` again: nothing. It waits for earlier mail to the same person, unless it is not `in_line`.
    """
    validate_address(to)
    if reply_to:
        validate_address(reply_to)
    unknown = set(headers or {}) - ALLOWED_HEADERS
    if unknown:
        raise ValueError(f"Mail of ours has no header {sorted(unknown)}.")
    put(
        MAIL,
        key=key,
        payload={
            "key": key,
            "to": to,
            "subject": one_line(subject)[:LONGEST_SUBJECT],
            "text": text,
            "html": html,
            "pictures": {picture.name: base64.b64encode(picture.png).decode() for picture in pictures},
            "attachments": [_packed(attachment) for attachment in attachments],
            "reply_to": reply_to,
            "headers": {name: one_line(value) for name, value in (headers or {}).items()},
        },
        line=line_of(to) if in_line else "",
    )


def was_put_since(moment: datetime, *, key_begins: str) -> bool:
    """Whether a mail of that kind was put since `moment`, which may be up to pump.KEPT_WHEN_DONE ago."""
    return OutboxItem.objects.filter(kind=MAIL, key__startswith=key_begins, created_at__gte=moment).exists()


def _packed(attachment: Attachment) -> dict[str, str]:
    content = base64.b64encode(attachment.content).decode("ascii")
    return {"name": attachment.name, "kind": attachment.kind, "content": content}


def validate_address(address: str) -> None:
    """Django's own check lets some line ends through in names of hosts that are not ASCII."""
    validate_email(address)
    if address != one_line(address):
        raise ValidationError(validate_email.message, code=validate_email.code)


@handles(MAIL, lane=Lane.MAIL)
def send(payload: dict[str, Any]) -> None:
    deliver(message(payload))


def message(payload: dict[str, Any]) -> EmailMultiAlternatives:
    # What was put before there were files and HTML has neither.
    written = EmailMultiAlternatives(
        subject=payload["subject"],
        body=payload["text"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[payload["to"]],
        reply_to=[payload["reply_to"]] if payload["reply_to"] else None,
        headers={**payload["headers"], **MADE_BY_A_PROGRAM, "Message-ID": message_id(payload["key"])},
    )
    if payload.get("html"):
        written.attach_alternative(payload["html"], "text/html")
    for name, png in payload.get("pictures", {}).items():
        written.attach(_picture(name, base64.b64decode(png)))
    for packed in payload.get("attachments", ()):
        written.attach(packed["name"], base64.b64decode(packed["content"]), packed["kind"])
    return written


def _picture(name: str, png: bytes) -> MIMEImage:
    picture = MIMEImage(png, "png")
    picture.add_header("Content-ID", f"<{name}>")
    picture.add_header("Content-Disposition", "inline", filename=f"{name}.png")
    return picture


def message_id(key: str) -> str:
    """The same for the same key, on every machine and at every attempt; it tells nothing of the key."""
    return f"<{_keyed('mail', key)}@{settings.SITE_HOST}>"


def line_of(address: str) -> str:
    """The line of all letters to one person: they arrive in the order they were put. It tells no address."""
    return _keyed("line", address.strip().lower())


def _keyed(purpose: str, what: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose} {what}".encode(), hashlib.sha256).hexdigest()[:40]


def one_line(text: str) -> str:
    return " ".join(text.translate(LINE_ENDS).split())
