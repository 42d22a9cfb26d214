"""F-05: kill -9 in the middle of five hundred mails, again and again: each arrives, and one more at most for each kill."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.serving.running import environment, free_port, wait_until

MAILS = 500
NEVER = 10 * MAILS
PROBE = [sys.executable, "-m", "tests.serving.probes.pumping"]


@dataclass
class Box:
    """Takes mail, and holds one back after each count of `holds`: not yet taken, or taken and not yet said so."""

    holds: list[tuple[int, bool]]
    addresses: list[str] = field(default_factory=list)
    is_holding: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        count, is_taken = self.holds[0] if self.holds else (NEVER, True)
        is_held = len(self.addresses) >= count
        if is_taken or not is_held:
            self.addresses.append(envelope.rcpt_tos[0])
        if is_held:
            self.is_holding.set()
            # Until the sender is dead, which ends this as well.
            await asyncio.sleep(20)
        return "250 OK"

    def go_on(self) -> None:
        self.is_holding.clear()
        self.holds.pop(0)


@pytest.mark.sqlite
def test_f05_killed_in_the_middle_of_500_mails_each_arrives_and_no_more_than_one_a_kill_arrives_twice(
    home: Path,
) -> None:
    box, port = Box(holds=[(100, False), (200, True), (300, False), (400, True)]), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    surroundings = environment(
        home,
        free_port(),
        READERSHIP_MAIL_SERVER="127.0.0.1",
        READERSHIP_MAIL_PORT=str(port),
        READERSHIP_MAIL_TLS="no",
        READERSHIP_LOG_LEVEL="ERROR",
    )
    subprocess.run([*PROBE, "put", str(MAILS)], env=surroundings, check=True)
    try:
        while box.holds:
            with subprocess.Popen([*PROBE, "pump"], env=surroundings) as pump:
                assert box.is_holding.wait(30)
                pump.kill()
            box.go_on()
        with subprocess.Popen([*PROBE, "pump"], env=surroundings) as pump:
            try:
                wait_until(lambda: len(box.addresses) == MAILS + 2, within=40)
            finally:
                pump.kill()
    finally:
        server.stop()

    counted = Counter(box.addresses)
    assert len(counted) == MAILS
    assert sorted(counted.values())[-3:] == [1, 2, 2]
