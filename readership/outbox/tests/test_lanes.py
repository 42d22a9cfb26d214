"""A mail server that is slow or away keeps mail waiting and nothing else; many mails go over one connection (F-18)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from pytest_django.fixtures import Settings

from readership.outbox import postbox, put, registry
from readership.outbox.mail import put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.postbox import postbox_at_hand
from readership.outbox.pump import Pump
from readership.outbox.registry import Lane
from tests.serving.running import free_port, wait_until


class Box:
    """Takes mail, each after `pause` seconds; drops the connection before the mails whose number is in `drops`."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.sessions: set[int] = set()
        self.pause = 0.0
        self.drops: set[int] = set()

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        number = len(self.subjects) + 1
        if number in self.drops:
            self.drops.remove(number)
            assert server.transport
            server.transport.close()
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        self.sessions.add(id(session))
        self.subjects.append(str(envelope.rcpt_tos[0]))
        return "250 OK"


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    found, port = Box(), free_port()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield found
    server.stop()


def put_mails(count: int) -> None:
    for number in range(count):
        put_mail(key=f"mail-{number}", to=f"reader{number}@example.org", subject="News", text="There are some.")


@pytest.mark.django_db
def test_each_lane_does_its_own_and_together_they_do_all(monkeypatch: pytest.MonkeyPatch, box: Box) -> None:
    done: list[dict[str, Any]] = []
    monkeypatch.setitem(registry._handlers, "probe", done.append)
    put_mails(2)
    put("probe", key="one", payload={"number": 1})

    assert Pump(lane=Lane.WORK).do_due() == 1
    assert (len(done), box.subjects) == (1, [])
    assert Pump(lane=Lane.MAIL).do_due() == 2
    assert len(box.subjects) == 2
    assert not OutboxItem.objects.waiting().exists()


@pytest.mark.django_db
def test_many_mails_go_over_one_connection_and_no_server_is_asked_for_too_many(
    monkeypatch: pytest.MonkeyPatch, box: Box
) -> None:
    monkeypatch.setattr(postbox, "MOST_MAILS", 4)
    put_mails(10)

    with postbox_at_hand():
        Pump(lane=Lane.MAIL).do_due()

    assert len(box.subjects) == 10
    assert len(box.sessions) == 3


@pytest.mark.django_db
def test_a_connection_that_the_server_ended_costs_no_mail_and_no_try(box: Box) -> None:
    put_mails(5)
    box.drops = {3}

    with postbox_at_hand():
        Pump(lane=Lane.MAIL).do_due()

    assert sorted(set(box.subjects)) == sorted(box.subjects)
    assert len(box.subjects) == 5
    assert set(OutboxItem.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_f18_while_a_slow_server_takes_its_time_other_work_is_done_at_once(
    monkeypatch: pytest.MonkeyPatch, box: Box
) -> None:
    done: list[float] = []
    monkeypatch.setitem(registry._handlers, "probe", lambda _payload: done.append(time.monotonic()))
    box.pause = 2.0
    put_mails(2)
    pumps = [Pump(lane=lane) for lane in Lane]
    threads = [threading.Thread(target=_run, args=(pump,)) for pump in pumps]
    for thread in threads:
        thread.start()
    try:
        time.sleep(0.5)  # The first mail is under way.
        put_at = time.monotonic()
        put("probe", key="one", payload={})

        wait_until(lambda: bool(done), within=10)

        assert box.subjects == []
        assert done[0] - put_at < 1.5
    finally:
        for pump in pumps:
            pump.stop()
        for thread in threads:
            thread.join(20)


def _run(pump: Pump) -> None:
    try:
        pump.run()
    finally:
        connection.close()
