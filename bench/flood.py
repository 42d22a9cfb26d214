"""`python -m bench.flood`: forged events of a processor as fast as they can be sent, real ones among them (F-09).

Tells how many forged ones were answered a second, and how long a real one waited for its “Stored.” meanwhile.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from bench import wrk
from bench.homes import CONSOLE
from bench.servers import environment_of, readership
from tests.fake_stripe.fake import LIVE_KEY
from tests.fake_stripe.signing import header

SECONDS, REAL_PER_SECOND = 15, 4
SECRET = "whsec_flood"  # noqa: S105 - of nobody
WAY = "/gifts/webhooks/stripe/"
SETTINGS = {"READERSHIP_STRIPE_KEY": LIVE_KEY, "READERSHIP_STRIPE_WEBHOOK_SECRETS": SECRET}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        init = [str(CONSOLE), "init", "--no-input", "--name", "Flood", "--url", "http://127.0.0.1:8000"]
        subprocess.run(init, env=environment_of(home) | SETTINGS, check=True, stdout=subprocess.DEVNULL)
        with readership(home, path="", **SETTINGS) as (ours, pid):
            told = _flooded(ours, pid)
    print(json.dumps(told, indent=2))
    sys.exit(0 if told["real_lost"] == 0 else 1)


def _flooded(ours: str, pid: int) -> dict[str, Any]:
    waits: list[float] = []
    lost: list[int] = []
    is_over = threading.Event()
    real = threading.Thread(target=_send_real, args=(urlsplit(ours).netloc, waits, lost, is_over))
    before = _processor_seconds(pid)
    real.start()
    flood = wrk.run(f"{ours}{WAY}", seconds=SECONDS, script="forged.lua")
    is_over.set()
    real.join()
    return {
        "forged_per_second": round(flood.per_second),
        "forged_p99_ms": round(flood.p99, 1),
        "processor_ms_each": round(1_000 * (_processor_seconds(pid) - before) / flood.count, 3),
        "real_sent": len(waits),
        "real_lost": len(lost),
        "real_median_ms": round(statistics.median(waits)),
        "real_longest_ms": round(max(waits)),
    }


def _send_real(host: str, waits: list[float], lost: list[int], is_over: threading.Event) -> None:
    number = 0
    while not is_over.wait(1 / REAL_PER_SECOND):
        number += 1
        event = {"id": f"evt_{number}", "object": "event", "type": "customer.updated", "livemode": True}
        body = json.dumps({**event, "api_version": "", "data": {"object": {"id": "cus_1", "object": "customer"}}})
        started = time.monotonic()
        connection = http.client.HTTPConnection(host, timeout=30)
        sent = {"Content-Type": "application/json", "Stripe-Signature": header(body, [SECRET])}
        connection.request("POST", WAY, body, sent)
        status = connection.getresponse().status
        connection.close()
        waits.append(1_000 * (time.monotonic() - started))
        if status != 200:
            lost.append(status)


def _processor_seconds(pid: int) -> float:
    server = psutil.Process(pid)
    return sum(sum(process.cpu_times()[:2]) for process in [server, *server.children(recursive=True)])


if __name__ == "__main__":
    main()
