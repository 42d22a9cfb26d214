"""What arrived by mail: the newsroom of the journeys writes its mail into files."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage

from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import within

BETWEEN = re.compile(r"\n-{79}\n")
CODE = re.compile(r"^    (\S+)$", re.MULTILINE)
PATIENCE = 20


def mails_to(newsroom: Newsroom, address: str) -> list[EmailMessage]:
    """In the order in which they were sent."""
    folder = newsroom.server.home / "mail"
    files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime) if folder.exists() else []
    texts = [text for file in files for text in BETWEEN.split(file.read_text(encoding="utf-8")) if text.strip()]
    mails = [email.message_from_string(text.strip() + "\n", policy=policy.default) for text in texts]
    return [mail for mail in mails if mail["To"] == address]


def wait_for_mail(newsroom: Newsroom, address: str, *, nth: int = 1) -> str:
    """The text of the n-th mail to this address."""
    assert within(PATIENCE, lambda: len(mails_to(newsroom, address)) >= nth), f"No mail number {nth} came to {address}."
    body = mails_to(newsroom, address)[nth - 1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def mail_saying(newsroom: Newsroom, address: str, says: str) -> EmailMessage:
    """The newest mail to this address with these words; it comes from the outbox a moment later."""
    found: list[EmailMessage] = []

    def came() -> bool:
        found[:] = [mail for mail in mails_to(newsroom, address) if says in words_of(mail)]
        return bool(found)

    assert within(PATIENCE, came), f"No mail to {address} says “{says}”."
    return found[-1]


def words_of(mail: EmailMessage) -> str:
    """Subject and text."""
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body else ''}"


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[1]


def link_in(text: str, path: str) -> str:
    """The path of the link that begins with `path`."""
    found = re.search(rf"{re.escape(path)}\S+", text)
    assert found, text
    return found[0]
