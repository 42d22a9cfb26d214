"""`python -m bench.storm [GIFTS]`: 10,000 deliveries of 3,000 events of payments, shuffled, repeated, several at once,
on PostgreSQL, while the server's processes are killed with -9 at random. At the end every cent is where it belongs.

Takes about ten minutes: an item that a killed process had taken up waits five minutes for its lease to run out.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil

from bench.homes import CONSOLE, ask
from bench.servers import environment_of, readership
from tests import postgresql
from tests.fake_stripe.fake import LIVE_KEY, FakeStripe
from tests.fake_stripe.running import running
from tests.fake_stripe.things import CheckoutSession

GIFTS, REPEATS, THREADS, KILLS = 540, 3, 8, 12
REFUNDED_MINOR = 700
SECRET = "whsec_storm"  # noqa: S105 - of a fake
LONGEST = 900
# Granian takes a worker that dies within 5.5 seconds for one that cannot live, and ends; systemd would start it again.
CRASH_LOOP = 6


def main() -> None:
    gifts = int(sys.argv[1]) if len(sys.argv) > 1 else GIFTS
    with postgresql.server() as database, running() as fake, tempfile.TemporaryDirectory() as folder:
        settings = {
            "READERSHIP_DATABASE": database,
            "READERSHIP_STRIPE_KEY": LIVE_KEY,
            "READERSHIP_STRIPE_ADDRESS": fake.url,
            "READERSHIP_STRIPE_WEBHOOK_SECRETS": SECRET,
        }
        home = Path(folder) / "home"
        told = _rage(home, fake, gifts, settings)
    print(json.dumps(told, indent=2))
    sys.exit(0 if told["is_exact"] else 1)


def _rage(home: Path, fake: FakeStripe, gifts: int, settings: dict[str, str]) -> dict[str, Any]:
    surroundings = environment_of(home) | settings
    init = [str(CONSOLE), "init", "--no-input", "--name", "Storm", "--url", "http://127.0.0.1:8000"]
    subprocess.run(init, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    refunded = _pay(fake, ask(home, "begin_gifts", gifts, **settings).split())
    with readership(home, path="", **settings) as (ours, pid):
        fake.listen(f"{ours}/gifts/webhooks/stripe/", secret=SECRET, world=fake.live)
        # They all happened before anybody listened.
        for event in fake.events(world=fake.live):
            for hear in fake.live.heard_by:
                hear(event)
        started, is_over = time.monotonic(), threading.Event()
        killer = threading.Thread(target=_kill, args=(pid, is_over))
        killer.start()
        statuses = fake.webhooks.deliver(is_shuffled=True, repeat=REPEATS, threads=THREADS)
        is_over.set()
        killer.join()
        delivered = time.monotonic() - started
        # What met a dead process is sent again, as the processor does for three days.
        while fake.webhooks.next_due() is not None:
            fake.clock.turn_to(fake.webhooks.next_due() or 0)
            statuses += fake.webhooks.deliver(threads=THREADS)
        told = _settled(home, settings, len(fake.events(world=fake.live)))
    expected = gifts * 2_500 - refunded * REFUNDED_MINOR
    is_exact = (told["raised_minor"], told["gifts"], told["refunds"]) == (expected, gifts, refunded)
    return {
        **told,
        "expected_minor": expected,
        "deliveries": len(statuses),
        "answers": {str(status): count for status, count in Counter(statuses).most_common()},
        "deliveries_per_second": round(len(statuses) / delivered),
        "is_exact": is_exact and not told["differences"] and not told["open"] and told["thanks"] == gifts,
    }


def _pay(fake: FakeStripe, sessions: list[str]) -> int:
    for number, session in enumerate(sessions):
        fake.pay(session, email=f"giver{number}@example.org", world=fake.live)
    refunded = sessions[: len(sessions) // 4]
    for session in refunded:
        payment = fake.live.get(CheckoutSession, session).payment_intent or ""
        fake.refund_by_hand(payment, amount=REFUNDED_MINOR, world=fake.live)
    return len(refunded)


def _kill(pid: int, is_over: threading.Event) -> None:
    """One of the server's children after another: workers, and the process that works the events through."""
    chance = random.Random(11)
    for _time in range(KILLS):
        if is_over.wait(chance.uniform(0.5, 3)):
            return
        settled_in = time.time() - CRASH_LOOP
        children = [child for child in psutil.Process(pid).children() if child.create_time() < settled_in]
        if children:
            chance.choice(children).kill()


def _settled(home: Path, settings: dict[str, str], events: int) -> dict[str, Any]:
    until = time.monotonic() + LONGEST
    while True:
        told: dict[str, Any] = json.loads(ask(home, "count_money", **settings))
        if (told["open"] == 0 and told["events"] >= events) or time.monotonic() > until:
            return told
        time.sleep(5)


if __name__ == "__main__":
    main()
