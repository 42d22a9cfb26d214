"""By hand: `python -m tests.fake_stripe --port 12111 --webhook http://127.0.0.1:8000/…/`. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import signal
import threading

from tests.fake_stripe.fake import KEY
from tests.fake_stripe.running import running


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook", metavar="URL", help="where events are sent, on this machine")
    parser.add_argument("--secret", default="whsec_fake", help="what signs them (%(default)s)")
    parser.add_argument("--api-version", help="the version of the API that the endpoint is written in")
    chosen = parser.parse_args()
    # Whoever starts this in the background of a shell would else have it ignore Ctrl-C for good.
    is_over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: is_over.set())
    with running(port=chosen.port) as fake:
        print(f"Fake Stripe at {fake.url} with the key {KEY}. Its desk: {fake.url}/", flush=True)
        if chosen.webhook:
            fake.listen(chosen.webhook, secret=chosen.secret, api_version=chosen.api_version)
            fake.webhooks.start()
            print(f"Events go to {chosen.webhook}, signed with {chosen.secret}.", flush=True)
        is_over.wait()
    print("Ended.")


if __name__ == "__main__":
    main()
