"""A mail server on this machine that behaves as badly as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.fixtures import Settings

from tests.serving.running import free_port


@dataclass
class Server:
    """`refuses`: address → answer to it. `answer`: to every mail. `goes_away_after`: takes so many more, then drops
    the connection at each mail's end, with the mail in its hands (`keeps`) or without."""

    letters: list[tuple[str, str]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    tries: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    greeting: str = ""
    pause: float = 0.0
    goes_away_after: int | None = None

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries += 1
        if self.greeting:
            return self.greeting
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        self.sessions.add(id(session))
        if self.answer.startswith("250"):
            self.letters.append((str(envelope.rcpt_tos[0]), _subject(envelope)))
        if self.goes_away_after is not None and len(self.letters) > self.goes_away_after:
            assert server.transport
            server.transport.close()
        return self.answer

    @property
    def subjects(self) -> list[str]:
        return [subject for _to, subject in self.letters]


def _subject(envelope: Envelope) -> str:
    content = envelope.content
    assert isinstance(content, bytes)
    line = next(line for line in content.decode().splitlines() if line.startswith("Subject: "))
    return line.removeprefix("Subject: ")


@contextmanager
def running(settings: Settings, server: Server) -> Iterator[None]:
    """`server` on a free port, with the settings that lead there."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_BACKEND = "readership.outbox.smtp.SmtpBackend"
    settings.EMAIL_USE_TLS = False
    with listening(settings, server):
        yield


@contextmanager
def listening(settings: Settings, server: Server) -> Iterator[None]:
    """Between two of these nobody listens there."""
    controller = Controller(server, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
