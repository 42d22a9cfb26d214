"""One mail to one address, now. Whatever fails is raised, and the outbox tries again."""

from __future__ import annotations

from readership.outbox.mail import LONGEST_SUBJECT, message, one_line
from readership.outbox.postbox import deliver


def deliver_mail(*, key: str, to: str, subject: str, text: str, html: str, headers: dict[str, str]) -> None:
    written = message(
        {
            "key": key,
            "to": to,
            "subject": one_line(subject)[:LONGEST_SUBJECT],
            "text": text,
            "html": html,
            "reply_to": "",
            "headers": {name: one_line(value) for name, value in headers.items()},
        }
    )
    deliver(written)
