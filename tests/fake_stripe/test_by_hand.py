"""`python -m tests.fake_stripe`, as somebody starts it to try giving in a browser."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from tests.fake_stripe.makers import gift_session, receiving
from tests.fake_stripe.posting import post
from tests.serving.running import free_port, wait_until

ROOT = Path(__file__).parents[2]


def test_it_serves_sends_events_and_ends_on_ctrl_c() -> None:
    port = free_port()
    with receiving() as receiver:
        command = [sys.executable, "-m", "tests.fake_stripe", "--port", str(port), "--webhook", receiver.url]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = process.stdout.readline() + process.stdout.readline()
            client = stripe.StripeClient("sk_test_fake", base_addresses={"api": f"http://127.0.0.1:{port}"})
            client.v1.customers.create({"email": "ann@example.com"})
            session = gift_session(client)
            client.v1.checkout.sessions.expire(session.id)

            wait_until(lambda: len(receiver.bodies) == 2, within=10)
            process.send_signal(signal.SIGINT)
            code = _code_of(process)

    assert code == 0
    assert "sk_test_fake" in said
    assert "whsec_fake" in said
    assert receiver.types == ["customer.created", "checkout.session.expired"]
    stripe.Webhook.construct_event(receiver.bodies[0], receiver.signatures[0], "whsec_fake")


def _code_of(process: subprocess.Popen[str]) -> int:
    try:
        return process.wait(20)
    finally:
        process.kill()  # Whatever goes wrong above, nobody waits for it for ever.


def test_a_receiver_elsewhere_is_refused() -> None:
    from_far = "https://hooks.example.org/stripe/"
    with pytest.raises(AssertionError, match="not on this machine"):
        post(from_far, "{}", None)
