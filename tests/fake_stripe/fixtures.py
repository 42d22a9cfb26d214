"""Import the two fixtures into a conftest.py, in `readership/funding/tests` as in `tests/journeys`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stripe

from tests.fake_stripe.fake import KEY, FakeStripe
from tests.fake_stripe.running import running


@pytest.fixture
def fake_stripe() -> Iterator[FakeStripe]:
    with running() as started:
        yield started


@pytest.fixture
def stripe_client(fake_stripe: FakeStripe) -> stripe.StripeClient:
    """The unmodified SDK, pointed at the fake."""
    return client_of(fake_stripe)


def client_of(fake: FakeStripe, key: str = KEY, *, version: str | None = None) -> stripe.StripeClient:
    # A StripeClient tries nothing again unless told so: the module's own max_network_retries = 2 is not its default.
    return stripe.StripeClient(key, base_addresses={"api": fake.url}, stripe_version=version, max_network_retries=2)
